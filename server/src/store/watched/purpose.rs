//! What is watched.

use crate::store::keys::Keys;
use uuid::Uuid;

/// What a list is watched for: it says what else the commit is decided on, or writes to.
#[derive(Debug, Clone, Copy)]
pub enum Purpose<'a> {
    /// A transfer under this idempotency key.
    Transfer {
        /// The client's key for the request.
        idempotency_key: &'a str,
    },
    /// Taking back what this receipt records.
    Undo {
        /// The client's key for the request.
        idempotency_key: &'a str,
        /// The receipt.
        receipt: Uuid,
    },
    /// An edit, of this collection if it is there already.
    Edit {
        /// The collection's id.
        collection: Option<Uuid>,
    },
}

impl Purpose<'_> {
    /// Every key that such a commit reads or writes, but for the new receipt's image, which nobody else knows. What an image
    /// keeps apart is watched when it is known how many values that are.
    pub(super) fn keys(self, keys: &Keys, owner: Uuid) -> Vec<String> {
        let mut all = vec![
            keys.collections().to_owned(),
            keys.receipts(owner),
            keys.audit(),
        ];
        let mut transfer = |idempotency_key: &str| {
            all.push(keys.legacy_collections().to_owned());
            all.push(keys.migratable().to_owned());
            all.push(keys.idempotency(owner, idempotency_key));
        };
        match self {
            Self::Transfer { idempotency_key } => transfer(idempotency_key),
            Self::Undo {
                idempotency_key,
                receipt,
            } => {
                transfer(idempotency_key);
                all.push(keys.before_image(receipt));
            }
            Self::Edit { collection } => {
                all.extend(collection.map(|collection| keys.history(owner, collection)));
            }
        }
        all
    }
}
