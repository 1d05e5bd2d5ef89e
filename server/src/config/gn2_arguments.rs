//! The settings of the endpoints for GN2 as text, documented for `--help`.

use clap::Args;
use secrecy::SecretString;

#[derive(Args)]
#[expect(
    clippy::struct_field_names,
    reason = "clap names the flags after the fields"
)]
pub struct Gn2Arguments {
    /// Address and port of gn-auth's collection endpoints for GN2, under `/auth/user/collections`.
    /// Off by default. See docs/gn2.md before you set it.
    #[arg(long, env = "GNC_GN2_BIND")]
    pub gn2_bind: Option<String>,

    /// Addresses and networks of GN2, separated by commas, e.g. `192.0.2.7,2001:db8::/32`. Only
    /// these may read and change anonymous collections of GN2. Behind a proxy, set
    /// `GNC_TRUSTED_PROXY_HEADER` too.
    #[arg(long, env = "GNC_GN2_ADDRESSES", default_value = "127.0.0.0/8,::1")]
    pub gn2_addresses: String,

    /// Id of GN2's client at gn-auth (GN2's `OAUTH2_CLIENT_ID`). With it and the secret, changes of
    /// anonymous collections must carry both, as GN2 sends them.
    #[arg(long, env = "GNC_GN2_CLIENT_ID")]
    pub gn2_client_id: Option<String>,

    /// Secret of GN2's client (GN2's `OAUTH2_CLIENT_SECRET`).
    #[arg(long, env = "GNC_GN2_CLIENT_SECRET", hide_env_values = true)]
    pub gn2_client_secret: Option<SecretString>,
}
