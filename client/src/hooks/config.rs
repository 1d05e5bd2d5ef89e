//! The public configuration of this deployment.

use crate::state::remote::Remote;
use shared::api::ClientConfig;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ConfigContext(pub(crate) Remote<ClientConfig>);

/// # Panics
/// Outside of `Providers`.
#[hook]
pub fn use_config() -> Remote<ClientConfig> {
    use_context::<ConfigContext>()
        .expect("ConfigContext comes from Providers")
        .0
}
