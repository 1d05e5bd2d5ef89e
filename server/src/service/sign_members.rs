//! Signs the members of an account's collection as GN2 does.
//!
//! The request names a collection, never a text to sign: the members are read from the account's
//! own list.

use super::collections::{self, CollectionError};
use crate::blocking::run_blocking;
use crate::store::Store;
use shared::trait_signature::TraitSigner;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Returns the members that can be signed, with their signatures.
pub async fn sign_members(
    store: &Store,
    signer: TraitSigner,
    owner: Uuid,
    id: Uuid,
) -> Result<BTreeMap<String, String>, CollectionError> {
    let members = collections::one(store, owner, id).await?.value.members;
    let bytes = members.iter().map(String::len).sum();
    Ok(run_blocking(bytes, move || signer.sign_all(members)).await)
}
