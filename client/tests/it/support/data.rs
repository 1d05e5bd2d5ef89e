//! JSON bodies of responses.

use serde_json::{Value, json};
use shared::api::{Links, OauthConfig, OauthMode, StatePolicy};

pub(crate) const TOKEN_URL: &str = "https://id.example/token";
pub(crate) const REVOKE_URL: &str = "https://id.example/revoke";

/// A public client of `https://id.example`, with this page's own callback address.
pub(crate) fn oauth() -> OauthConfig {
    let location = web_sys::window().expect("a window").location();
    let origin = location.origin().expect("an origin");
    OauthConfig {
        mode: OauthMode::Direct,
        state: StatePolicy::Required,
        client_id: "gn-collections-spa".into(),
        scopes: vec!["profile".into(), "user".into()],
        issuer: Some("https://id.example".into()),
        iss_required: true,
        silent_sign_in: false,
        authorize_url: "https://id.example/auth".into(),
        token_url: Some(TOKEN_URL.into()),
        revoke_url: Some(REVOKE_URL.into()),
        end_session_url: None,
        redirect_uri: format!("{origin}/callback"),
    }
}

pub(crate) fn config() -> Value {
    let config = shared::api::ClientConfig {
        oauth: oauth(),
        links: Links::default(),
        anonymous_sessions: false,
        signed_exports: false,
        claim_by_password: false,
        version: "0.0.0".into(),
    };
    serde_json::to_value(config).expect("JSON")
}

/// A response of the token endpoint; the tokens contain the number.
pub(crate) fn tokens(number: u32, expires_in: u32) -> Value {
    json!({
        "access_token": format!("access-{number}"),
        "refresh_token": format!("refresh-{number}"),
        "token_type": "Bearer",
        "expires_in": expires_in,
    })
}

pub(crate) fn me() -> Value {
    json!({
        "user_id": "5f0c8e8e-2a64-4e53-9f0c-0d6c3e5b7a10",
        "email": "ada@example.org", "email_verified": true, "name": "Ada", "group": null,
    })
}

/// A plan with one item for each source id, all `new`.
pub(crate) fn plan(fingerprint: &str, source_ids: &[&str]) -> Value {
    let item = |(position, id): (usize, &&str)| {
        json!({
            "key": format!("0:{position}"), "source_id": id, "name": format!("Name of {id}"),
            "num_members": 2, "created": null, "changed": null, "relation": "new",
            "target_id": null, "action": "move", "allowed": ["move", "skip"], "new_name": null,
            "overlap": 0, "repairs": [], "dropped_members": 0,
        })
    };
    let items: Vec<Value> = source_ids.iter().enumerate().map(item).collect();
    json!({
        "offer": true, "fingerprint": fingerprint,
        "accounts": [{
            "legacy_user_id": null, "email": null, "full_name": null, "since": null,
            "copied_by_gn_auth": false, "items": items,
        }],
    })
}

/// A receipt of these source ids and actions.
pub(crate) fn receipt(actions: &[(&str, &str)]) -> Value {
    let item = |(position, (id, action)): (usize, &(&str, &str))| {
        json!({
            "key": format!("0:{position}"), "source_owner": null, "source_id": id,
            "source_name": format!("Name of {id}"), "action": action, "target_id": id,
            "target_name": null, "num_members": 2, "repairs": [],
            "source_hash": null, "target_hash": null,
        })
    };
    let items: Vec<Value> = actions.iter().enumerate().map(item).collect();
    json!({
        "id": "7d1f0b5e-0000-4000-8000-000000000001", "kind": "import",
        "at": "2026-01-01T00:00:00Z", "request_id": "r",
        "target_owner": "5f0c8e8e-2a64-4e53-9f0c-0d6c3e5b7a10",
        "undoable_until": "2026-01-31T00:00:00Z", "undone_by": null,
        "moved": actions.len(), "merged": 0, "renamed": 0, "already_present": 0, "skipped": 0,
        "unreadable": 0, "members": 2, "items": items,
    })
}
