//! The public configuration of this deployment.

use crate::state::providers::ConfigContext;
use crate::state::remote::Remote;
use shared::api::ClientConfig;
use yew::prelude::*;

/// How to sign in here, and where to link to.
///
/// # Panics
/// Outside of `Providers`.
#[hook]
pub fn use_config() -> Remote<ClientConfig> {
    use_context::<ConfigContext>()
        .expect("ConfigContext comes from Providers")
        .0
}
