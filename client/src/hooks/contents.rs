//! Whole collections, wherever they are kept: to be written into a file, or combined.

use super::{Local, use_local, use_session};
use crate::api::{ApiError, AuthorisedApi};
use crate::browser::clock::now;
use crate::browser::worker::{CannotWork, ask};
use crate::components::collection_list::row::Place;
use crate::state::editing::EditError;
use crate::state::session::SessionStatus;
use shared::formats::{Export, FileCollection, Format};
use shared::setops::{Operation, Region};
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
    /// One of them cannot be read now.
    Unread(EditError),
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
    /// The collections at these places, in their order.
    pub async fn of(&self, places: &[Place]) -> Result<Vec<FileCollection>, ContentsError> {
        let mut collections = Vec::with_capacity(places.len());
        for place in places {
            let collection = match place {
                Place::Browser { id, .. } => self.here(id),
                Place::Account(id) => match &self.api {
                    Some(api) => api.collection(*id).await.map(|found| {
                        let found = found.value;
                        FileCollection {
                            name: found.summary.name,
                            note: found.note,
                            created: Some(found.summary.created),
                            changed: Some(found.summary.changed),
                            members: found.members,
                        }
                    }),
                    None => Err(ApiError::Expired),
                }
                .map_err(EditError::Api),
            };
            collections.push(collection.map_err(ContentsError::Unread)?);
        }
        Ok(collections)
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

    /// A file with the collections at these places.
    pub async fn write(&self, format: Format, places: &[Place]) -> Result<String, ContentsError> {
        let job = Job::Write {
            format,
            collections: self.of(places).await?,
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
