//! Whole collections, wherever they are kept: to be written into a file, or combined.

use super::account_collection::refusal;
use super::{Local, use_local, use_session};
use crate::api::{ApiError, AuthorisedApi, retry};
use crate::browser::clock::now;
use crate::browser::worker::{CannotWork, ask};
use crate::components::collection_list::row::{Place, Row};
use crate::state::editing::EditError;
use crate::state::session::SessionStatus;
use shared::formats::{Export, FileCollection, Format};
use shared::setops::{Operation, Region};
use uuid::Uuid;
use worker::{Answer, Job};
use yew::prelude::*;

/// The means to get at whole collections and to make something of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    local: Local,
    api: Option<AuthorisedApi>,
    email: Option<String>,
}

/// Why nothing was made of collections. They are as they were.
#[derive(Debug, Clone, PartialEq)]
pub enum ContentsError {
    /// The one of this name cannot be read now.
    Unread(AttrValue, EditError),
    /// The worker cannot be had.
    CannotWork,
    /// There are more than can be compared.
    TooMany,
}

impl From<CannotWork> for ContentsError {
    fn from(CannotWork: CannotWork) -> Self {
        Self::CannotWork
    }
}

impl Contents {
    /// The collections of these rows, in their order.
    pub async fn of(&self, rows: &[Row]) -> Result<Vec<FileCollection>, ContentsError> {
        let mut collections = Vec::with_capacity(rows.len());
        for Row { place, name, .. } in rows {
            let collection = match place {
                Place::Browser { id, .. } => self.here(id),
                Place::Account(id) => self.there(*id).await.map_err(refusal),
            };
            collections.push(collection.map_err(|why| ContentsError::Unread(name.clone(), why))?);
        }
        Ok(collections)
    }

    async fn there(&self, id: Uuid) -> Result<FileCollection, ApiError> {
        let api = self.api.as_ref().ok_or(ApiError::Expired)?;
        let found = retry::persist(
            async || api.collection(id).await,
            ApiError::is_passing,
            retry::brief(),
            |_| (),
        );
        let found = found.await?.value;
        Ok(FileCollection {
            name: found.summary.name,
            note: found.note,
            created: Some(found.summary.created),
            changed: Some(found.summary.changed),
            members: found.members,
        })
    }

    fn here(&self, id: &str) -> Result<FileCollection, EditError> {
        let mut entries = self.local.entries.iter();
        let entry = entries.find(|entry| entry.collection.id == id);
        let collection = &entry.ok_or(EditError::Gone)?.collection;
        Ok(FileCollection {
            name: collection.name.clone(),
            note: collection.note.clone(),
            created: Some(collection.created),
            changed: Some(collection.changed),
            members: collection.members.clone(),
        })
    }

    /// A file with the collections of these rows.
    pub async fn write(&self, format: Format, rows: &[Row]) -> Result<String, ContentsError> {
        let job = Job::Write {
            format,
            collections: self.of(rows).await?,
            export: Export {
                email: self.email.clone(),
                at: now(),
            },
        };
        match ask(&job).await? {
            Answer::Written(text) => Ok(text),
            _ => Err(ContentsError::CannotWork),
        }
    }

    /// How many members are in which of these collections.
    pub async fn regions(&self, sets: Vec<Vec<String>>) -> Result<Vec<Region>, ContentsError> {
        match ask(&Job::Regions(sets)).await? {
            Answer::Regions(regions) => regions.ok_or(ContentsError::TooMany),
            _ => Err(ContentsError::CannotWork),
        }
    }

    /// The members of a combination of these collections.
    pub async fn combine(
        &self,
        operation: Operation,
        sets: Vec<Vec<String>>,
    ) -> Result<Vec<String>, ContentsError> {
        match ask(&Job::Combine(operation, sets)).await? {
            Answer::Members(members) => members.ok_or(ContentsError::TooMany),
            _ => Err(ContentsError::CannotWork),
        }
    }
}

/// The means to get at whole collections.
#[hook]
pub fn use_contents() -> Contents {
    let session = use_session();
    let email = match &session.status {
        SessionStatus::SignedIn(me) | SessionStatus::Expired(me) => Some(me.email.clone()),
        _ => None,
    };
    Contents {
        local: use_local(),
        api: session.api,
        email,
    }
}
