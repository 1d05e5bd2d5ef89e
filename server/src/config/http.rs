//! Where the server listens and what it serves.

use super::{Arguments, ConfigError};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// The HTTP side of the configuration.
pub struct HttpConfig {
    /// Address to listen on.
    pub bind: SocketAddr,
    /// Where the metrics are served, if at all.
    pub metrics_bind: Option<SocketAddr>,
    /// The origin under which browsers reach this server.
    pub public_url: Url,
    /// Folder with the built page; it has an `index.html`.
    pub static_dir: PathBuf,
    /// How long the head of a request may take to arrive.
    pub header_timeout: Duration,
    /// How long the body of a request may take to arrive.
    pub body_timeout: Duration,
}

impl HttpConfig {
    pub(super) fn parse(arguments: &Arguments) -> Result<Self, ConfigError> {
        let bind = address("GNC_BIND", &arguments.bind)?;
        let metrics_bind = arguments
            .metrics_bind
            .as_deref()
            .filter(|bind| !bind.is_empty())
            .map(|bind| address("GNC_METRICS_BIND", bind))
            .transpose()?;
        let mend = "set it to the URL that browsers use, e.g. https://collections.genenetwork.org";
        let public_url = arguments
            .public_url
            .as_deref()
            .ok_or_else(|| ConfigError::missing("GNC_PUBLIC_URL", mend))?;
        let public_url = Url::parse(public_url)
            .ok()
            .filter(|url| {
                matches!(url.scheme(), "http" | "https")
                    && url.path() == "/"
                    && url.query().is_none()
            })
            .ok_or_else(|| {
                ConfigError::invalid(
                    "GNC_PUBLIC_URL",
                    "it is not an http(s) URL without a path",
                    mend,
                )
            })?;
        let mend = "build the page with `cargo xtask page` and name its folder dist";
        let static_dir = arguments
            .static_dir
            .as_deref()
            .map(PathBuf::from)
            .ok_or_else(|| ConfigError::missing("GNC_STATIC_DIR", mend))?;
        if !static_dir.join("index.html").is_file() {
            return Err(ConfigError::invalid(
                "GNC_STATIC_DIR",
                "there is no index.html in it",
                mend,
            ));
        }
        Ok(Self {
            bind,
            metrics_bind,
            public_url,
            static_dir,
            header_timeout: seconds(
                "GNC_HEADER_TIMEOUT_SECONDS",
                &arguments.header_timeout_seconds,
            )?,
            body_timeout: seconds("GNC_BODY_TIMEOUT_SECONDS", &arguments.body_timeout_seconds)?,
        })
    }
}

fn address(variable: &'static str, text: &str) -> Result<SocketAddr, ConfigError> {
    text.parse().map_err(|_| {
        ConfigError::invalid(
            variable,
            "it is not an address and port",
            "write e.g. 127.0.0.1:8787",
        )
    })
}

fn seconds(variable: &'static str, text: &str) -> Result<Duration, ConfigError> {
    text.parse()
        .ok()
        .filter(|seconds| (0.1..=3600.0).contains(seconds))
        .map(Duration::from_secs_f64)
        .ok_or_else(|| {
            ConfigError::invalid(
                variable,
                "it is not a number of seconds from 0.1 to 3600",
                "set it to e.g. 60",
            )
        })
}
