//! The body of all requests of GN2, and the message that answers most of them.

use crate::error::ApiError;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use shared::problem::Slug;
use uuid::Uuid;

/// Each call uses some of these fields. GN2 sends others too.
#[derive(Deserialize)]
pub(super) struct Gn2Body {
    pub(super) anon_id: Option<Uuid>,
    pub(super) client_id: Option<String>,
    pub(super) client_secret: Option<SecretString>,
    pub(super) name: Option<String>,
    pub(super) new_name: Option<String>,
    pub(super) traits: Option<Vec<String>>,
    pub(super) collection_ids: Option<Vec<Uuid>>,
}

/// Returns the value of a field that a call needs.
pub(super) fn required<T>(value: Option<T>, name: &str) -> Result<T, ApiError> {
    value.ok_or_else(|| ApiError::request(Slug::InvalidRequest, name, "it is missing"))
}

/// GN2 shows the message to the visitor.
#[derive(Serialize)]
pub(super) struct Message<T> {
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    collection: Option<T>,
}

impl<T> Message<T> {
    pub(super) fn new(message: impl Into<String>, collection: Option<T>) -> Self {
        Self {
            message: message.into(),
            collection,
        }
    }
}
