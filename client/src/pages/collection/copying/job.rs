//! One copy.

use super::target::Target;
use crate::components::new_collection::Keep;
use crate::hooks::{EditError, Editing, Kept};
use shared::api::CreateCollection;
use uuid::Uuid;

/// What is copied, and how.
pub(super) struct Job {
    /// The means to do it.
    pub(super) editing: Editing,
    /// The traits.
    pub(super) members: Vec<String>,
    /// Name of the new collection, if it is to be one.
    pub(super) name: String,
    /// Where that is kept.
    pub(super) keep: Keep,
    /// Names the attempt, so that no second one is made.
    pub(super) key: Uuid,
}

impl Job {
    /// Copies, and says how many traits were new there, and whether they are stored.
    pub(super) async fn run(self, target: Target) -> Result<Kept, EditError> {
        let Self {
            editing,
            members,
            name,
            keep,
            key,
        } = self;
        let mut added = members.len() as u64;
        let mut stored = true;
        match (target, keep) {
            (Target::Browser(id), _) => return editing.add_here(&id, members).await,
            (Target::Account(id), _) => added = editing.add_in_account(id, members).await?,
            (Target::New, Keep::InBrowser) => stored = editing.create_here(&name, members).await?,
            (Target::New, Keep::InAccount) => {
                let request = CreateCollection {
                    name,
                    members,
                    note: None,
                };
                editing.create_in_account(&request, key, |_| ()).await?;
            }
        }
        Ok(Kept { added, stored })
    }
}
