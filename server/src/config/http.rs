//! The HTTP settings.

use super::endpoints::is_private;
use super::{Arguments, ConfigError, ConfigErrors};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

pub struct HttpConfig {
    pub bind: SocketAddr,
    pub metrics_bind: Option<SocketAddr>,
    /// The origin under which browsers reach this server.
    pub public_url: Url,
    /// Folder of the built page; contains an `index.html`.
    pub static_dir: PathBuf,
    pub header_timeout: Duration,
    pub body_timeout: Duration,
    pub pace: Pace,
    /// How long running requests may take after the signal to stop.
    pub shutdown_timeout: Duration,
}

/// The pace at which clients must send bodies and read answers.
#[derive(Clone, Copy)]
pub struct Pace {
    /// How long a client may be slower.
    pub stall: Duration,
    pub bytes_per_second: u32,
}

impl Pace {
    /// The longest time in which this many bytes are transferred.
    fn time_for(&self, bytes: usize) -> Duration {
        #[expect(
            clippy::cast_precision_loss,
            reason = "bodies are smaller than 2^52 bytes"
        )]
        Duration::from_secs_f64(bytes as f64 / f64::from(self.bytes_per_second))
    }

    /// Returns the end of a client's time after it has transferred more bytes.
    pub fn extended(&self, deadline: Instant, bytes: usize) -> Instant {
        (deadline + self.time_for(bytes)).min(Instant::now() + self.stall)
    }
}

impl HttpConfig {
    pub(super) fn parse(arguments: &Arguments, errors: &mut ConfigErrors) -> Option<Self> {
        let bind = errors.value(address("GNC_BIND", &arguments.bind));
        let metrics_bind = arguments
            .metrics_bind
            .as_deref()
            .filter(|bind| !bind.is_empty())
            .map(|bind| address("GNC_METRICS_BIND", bind))
            .transpose();
        let metrics_bind = errors.value(metrics_bind);
        let public_url = errors.value(public_url(arguments));
        let static_dir = errors.value(static_dir(arguments));
        let header_timeout = errors.value(seconds(
            "GNC_HEADER_TIMEOUT_SECONDS",
            &arguments.header_timeout_seconds,
        ));
        let body_timeout = errors.value(seconds(
            "GNC_BODY_TIMEOUT_SECONDS",
            &arguments.body_timeout_seconds,
        ));
        let stall = errors.value(seconds(
            "GNC_STALL_TIMEOUT_SECONDS",
            &arguments.stall_timeout_seconds,
        ));
        let rate = errors.value(rate(&arguments.min_kb_per_second));
        let shutdown_timeout = errors.value(seconds(
            "GNC_SHUTDOWN_TIMEOUT_SECONDS",
            &arguments.shutdown_timeout_seconds,
        ));
        Some(Self {
            pace: Pace {
                stall: stall?,
                bytes_per_second: rate?,
            },
            shutdown_timeout: shutdown_timeout?,
            bind: bind?,
            metrics_bind: metrics_bind?,
            public_url: public_url?,
            static_dir: static_dir?,
            header_timeout: header_timeout?,
            body_timeout: body_timeout?,
        })
    }
}

pub(super) fn public_url(arguments: &Arguments) -> Result<Url, ConfigError> {
    let advice = "set it to the URL that browsers use, e.g. https://collections.genenetwork.org";
    let url = arguments
        .public_url
        .as_deref()
        .ok_or(ConfigError::missing("GNC_PUBLIC_URL", advice))?;
    let url = Url::parse(url)
        .ok()
        .filter(|url| {
            matches!(url.scheme(), "http" | "https") && url.path() == "/" && url.query().is_none()
        })
        .ok_or(ConfigError::invalid(
            "GNC_PUBLIC_URL",
            "it is not an http(s) URL without a path",
            advice,
        ))?;
    if !is_private(&url) {
        return Err(ConfigError::invalid(
            "GNC_PUBLIC_URL",
            "browsers would reach this server without TLS",
            "put a TLS proxy in front, and name its https:// URL",
        ));
    }
    Ok(url)
}

fn static_dir(arguments: &Arguments) -> Result<PathBuf, ConfigError> {
    let advice = "build the page with `cargo xtask page` and name its folder dist";
    let dir = arguments
        .static_dir
        .as_deref()
        .map(PathBuf::from)
        .ok_or(ConfigError::missing("GNC_STATIC_DIR", advice))?;
    if !dir.join("index.html").is_file() {
        return Err(ConfigError::invalid(
            "GNC_STATIC_DIR",
            "there is no index.html in it",
            advice,
        ));
    }
    Ok(dir)
}

pub(super) fn address(variable: &'static str, text: &str) -> Result<SocketAddr, ConfigError> {
    text.parse().map_err(|_| {
        ConfigError::invalid(
            variable,
            "it is not an address and port",
            "write e.g. 127.0.0.1:8787",
        )
    })
}

fn rate(kilobytes: &str) -> Result<u32, ConfigError> {
    let rate = kilobytes.parse().ok();
    rate.filter(|rate| (1..=10_000).contains(rate))
        .map(|rate: u32| rate * 1024)
        .ok_or(ConfigError::invalid(
            "GNC_MIN_KB_PER_SECOND",
            "it is not a whole number from 1 to 10000",
            "set it to e.g. 16",
        ))
}

fn seconds(variable: &'static str, text: &str) -> Result<Duration, ConfigError> {
    text.parse()
        .ok()
        .filter(|seconds| (0.1..=3600.0).contains(seconds))
        .map(Duration::from_secs_f64)
        .ok_or(ConfigError::invalid(
            variable,
            "it is not a number of seconds from 0.1 to 3600",
            "set it to e.g. 60",
        ))
}
