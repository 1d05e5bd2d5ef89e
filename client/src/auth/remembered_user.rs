//! Remembers in this browser who was signed in, until the sign-out.
//!
//! A new page can then say so instead of looking empty, and can tell whether the session of a
//! cookie belongs to somebody else. Nothing here is a secret. The name is only shown.

use shared::api::{Me, OauthConfig, OauthMode};
use std::rc::Rc;
use uuid::Uuid;
use web_sys::Storage;

/// In localStorage: the id and the name of the person, as one value so that tabs never mix two.
const USER: &str = "gnc:signed-in-as";

/// In sessionStorage: whether this tab has tried to sign in silently since its last sign-in.
const TRIED: &str = "gnc:silent-sign-in";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RememberedUser {
    pub id: Uuid,
    pub name: Rc<str>,
    /// Whether this tab may ask the sign-in server for the session without a page of its own.
    pub sign_in_silently: bool,
}

pub fn is_present() -> bool {
    stored().is_some()
}

pub fn read(config: &OauthConfig) -> Option<RememberedUser> {
    let (id, name) = stored()?;
    let tried = session().is_none_or(|storage| storage.get_item(TRIED) != Ok(None));
    let can_be_silent = config.mode == OauthMode::Direct && config.silent_sign_in;
    Some(RememberedUser {
        id,
        name,
        sign_in_silently: can_be_silent && !tried,
    })
}

/// Remembers a person who is signed in now. A browser that forbids storage forgets.
pub fn remember(me: &Me) {
    if let Some(storage) = local() {
        let _ = storage.set_item(USER, &format!("{} {}", me.user_id, me.name));
    }
    if let Some(storage) = session() {
        let _ = storage.remove_item(TRIED);
    }
}

pub fn forget() {
    if let Some(storage) = local() {
        let _ = storage.remove_item(USER);
    }
}

/// Records a silent sign-in, so that its failure does not cause the next one.
pub(super) fn mark_tried() {
    if let Some(storage) = session() {
        let _ = storage.set_item(TRIED, "yes");
    }
}

fn stored() -> Option<(Uuid, Rc<str>)> {
    let stored = local()?.get_item(USER).ok()??;
    let (id, name) = stored.split_once(' ')?;
    Some((id.parse().ok()?, name.into()))
}

fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
