//! `gn-collections undo <receipt>`.

use super::{OperatorError, open_store, print_json};
use crate::config::StoreArguments;
use crate::service::idempotency::RequestMutex;
use crate::service::undo::{UndoRequest, undo};
use crate::store::ActorKind;
use uuid::Uuid;

pub async fn run(store: StoreArguments, receipt: Uuid) -> Result<(), OperatorError> {
    let store = open_store(store).await?;
    let owner = store.receipt_owner(receipt).await?;
    let owner = owner.ok_or(OperatorError::NoReceipt(receipt))?;
    let this_run = format!("operator-{}", Uuid::new_v4());
    let request = UndoRequest {
        actor: ActorKind::Operator,
        owner,
        receipt,
        idempotency_key: this_run.clone(),
        request_id: this_run,
    };
    print_json(&undo(&store, &RequestMutex::default(), &request).await?)
}
