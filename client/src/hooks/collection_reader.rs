//! Whole collections, wherever they are stored, to write them into a file or to combine them.

use super::account_collection::edit_error;
use super::config::use_config;
use super::local_collections::{LocalCollections, use_local_collections};
use super::session::use_session;
use crate::api::{ApiError, AuthorisedApi, retry};
use crate::browser::clock::now;
use crate::browser::worker::{WorkerUnavailable, run};
use crate::edit::EditError;
use crate::state::collection_row::{CollectionLocation, CollectionRow};
use crate::state::session::SessionStatus;
use shared::formats::{Export, FileCollection, Format};
use shared::setops::{Operation, Region};
use std::collections::BTreeMap;
use uuid::Uuid;
use worker::{WorkerJob, WorkerResult};
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct CollectionReader {
    local: LocalCollections,
    api: Option<AuthorisedApi>,
    email: Option<String>,
    /// Whether the server signs members for GN2.
    has_signatures: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ReadError {
    /// The collection of this name cannot be read now.
    Unreadable(AttrValue, EditError),
    /// The worker cannot be loaded.
    WorkerUnavailable,
    /// There are more collections than can be compared.
    TooMany,
}

impl From<WorkerUnavailable> for ReadError {
    fn from(WorkerUnavailable: WorkerUnavailable) -> Self {
        Self::WorkerUnavailable
    }
}

impl CollectionReader {
    /// Reads the collections of these rows, in their order.
    pub async fn read(&self, rows: &[CollectionRow]) -> Result<Vec<FileCollection>, ReadError> {
        let mut collections = Vec::with_capacity(rows.len());
        for CollectionRow { location, name, .. } in rows {
            let collection = match location {
                CollectionLocation::Browser { id, .. } => self.read_from_browser(id),
                CollectionLocation::Account(id) => {
                    self.read_from_account(*id).await.map_err(edit_error)
                }
            };
            let unreadable = |error| ReadError::Unreadable(name.clone(), error);
            collections.push(collection.map_err(unreadable)?);
        }
        Ok(collections)
    }

    async fn read_from_account(&self, id: Uuid) -> Result<FileCollection, ApiError> {
        let api = self.api.as_ref().ok_or(ApiError::Expired)?;
        let collection = retry::with_retry(
            async || api.collection(id).await,
            ApiError::is_transient,
            retry::interactive_delays(),
            |_| (),
        );
        let collection = collection.await?.value;
        Ok(FileCollection {
            name: collection.summary.name,
            note: collection.note,
            created: Some(collection.summary.created),
            changed: Some(collection.summary.changed),
            members: collection.members,
        })
    }

    fn read_from_browser(&self, id: &str) -> Result<FileCollection, EditError> {
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

    /// Returns the text of a file with the collections of these rows.
    pub async fn export(
        &self,
        format: Format,
        rows: &[CollectionRow],
    ) -> Result<String, ReadError> {
        let job = WorkerJob::Write {
            format,
            collections: self.read(rows).await?,
            export: Export {
                email: self.email.clone(),
                at: now(),
                signatures: self.signatures(format, rows).await,
            },
        };
        match run(&job).await? {
            WorkerResult::Written(text) => Ok(text),
            _ => Err(ReadError::WorkerUnavailable),
        }
    }

    /// Returns GN2's signatures of the members of these rows. Collections of this browser have
    /// none, and neither have those whose signatures cannot be fetched: they are exported without.
    async fn signatures(&self, format: Format, rows: &[CollectionRow]) -> BTreeMap<String, String> {
        let mut signatures = BTreeMap::new();
        let is_needed = self.has_signatures && format == Format::Gn2Csv;
        let Some(api) = self.api.as_ref().filter(|_| is_needed) else {
            return signatures;
        };
        for row in rows {
            let CollectionLocation::Account(id) = row.location else {
                continue;
            };
            let signed = retry::with_retry(
                async || api.signatures(id).await,
                ApiError::is_transient,
                retry::interactive_delays(),
                |_| (),
            );
            match signed.await {
                Ok(signed) => signatures.extend(signed.signatures),
                // The server is away, so the others would only keep the person waiting.
                Err(error) if error.is_transient() => break,
                Err(_) => {}
            }
        }
        signatures
    }

    /// Counts the members that each subset of these sets has in common.
    pub async fn regions(&self, sets: Vec<Vec<String>>) -> Result<Vec<Region>, ReadError> {
        match run(&WorkerJob::Regions(sets)).await? {
            WorkerResult::Regions(regions) => regions.ok_or(ReadError::TooMany),
            _ => Err(ReadError::WorkerUnavailable),
        }
    }

    pub async fn combine(
        &self,
        operation: Operation,
        sets: Vec<Vec<String>>,
    ) -> Result<Vec<String>, ReadError> {
        match run(&WorkerJob::Combine(operation, sets)).await? {
            WorkerResult::Members(members) => members.ok_or(ReadError::TooMany),
            _ => Err(ReadError::WorkerUnavailable),
        }
    }
}

#[hook]
pub fn use_collection_reader() -> CollectionReader {
    let session = use_session();
    let config = use_config();
    let email = match &session.status {
        SessionStatus::SignedIn(me) | SessionStatus::Expired(me) => Some(me.email.clone()),
        _ => None,
    };
    CollectionReader {
        local: use_local_collections(),
        api: session.api,
        email,
        has_signatures: config.ready().is_some_and(|config| config.signed_exports),
    }
}
