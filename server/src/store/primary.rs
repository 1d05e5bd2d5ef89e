//! Where the Redis is that takes writes: at a fixed address, or where Sentinel says.

use super::StoreError;
use crate::config::{RedisServer, StoreConfig};
use redis::{AsyncConnectionConfig, Client, RedisError, RedisResult, TlsCertificates};
use secrecy::ExposeSecret;
use std::time::Duration;

/// How long a Sentinel may take to answer.
const PATIENCE: Duration = Duration::from_millis(500);

/// Finds the primary.
pub(super) struct Primary {
    place: Place,
    /// What a server's certificate must be signed by; without it, what the system trusts.
    authorities: Option<Vec<u8>>,
}

enum Place {
    Fixed(Client),
    Elected {
        sentinels: Vec<Client>,
        service: String,
        /// The primary's URL up to its host, and behind its port.
        url: (String, String),
    },
}

impl Primary {
    /// # Errors
    /// When a URL or the certificates cannot be used.
    pub(super) fn new(config: &StoreConfig) -> Result<Self, StoreError> {
        let authorities = config.redis_ca.clone();
        let place = match &config.redis {
            RedisServer::Fixed(url) => {
                Place::Fixed(open(url.expose_secret(), authorities.as_deref())?)
            }
            RedisServer::Elected(elected) => Place::Elected {
                sentinels: elected
                    .sentinels
                    .iter()
                    .map(|host| {
                        open(
                            &format!("{}://{host}", elected.scheme),
                            authorities.as_deref(),
                        )
                    })
                    .collect::<Result<_, _>>()?,
                service: elected.service.clone(),
                url: (
                    format!(
                        "{}://{}",
                        elected.scheme,
                        elected.credentials.expose_secret()
                    ),
                    format!("/{}", elected.database),
                ),
            },
        };
        Ok(Self { place, authorities })
    }

    /// The client of a primary that does not move.
    pub(super) fn fixed(&self) -> Option<&Client> {
        match &self.place {
            Place::Fixed(client) => Some(client),
            Place::Elected { .. } => None,
        }
    }

    /// The primary's host and port, as the first Sentinel that answers says.
    ///
    /// # Errors
    /// When none answers, or none knows the service.
    pub(super) async fn ask(&self) -> RedisResult<(String, u16)> {
        let Place::Elected {
            sentinels, service, ..
        } = &self.place
        else {
            return Err(nobody());
        };
        let mut failure = nobody();
        for sentinel in sentinels {
            match address(sentinel, service).await {
                Ok(address) => return Ok(address),
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    /// A client of the primary at this address.
    ///
    /// # Errors
    /// When the certificates cannot be used.
    pub(super) fn at(&self, (host, port): &(String, u16)) -> RedisResult<Client> {
        match &self.place {
            Place::Fixed(client) => Ok(client.clone()),
            Place::Elected {
                url: (before, behind),
                ..
            } => {
                let host = if host.contains(':') {
                    format!("[{host}]")
                } else {
                    host.clone()
                };
                open(
                    &format!("{before}{host}:{port}{behind}"),
                    self.authorities.as_deref(),
                )
            }
        }
    }
}

fn open(url: &str, authorities: Option<&[u8]>) -> RedisResult<Client> {
    let client = match authorities {
        Some(authorities) if url.starts_with("rediss:") => Client::build_with_tls(
            url,
            TlsCertificates {
                client_tls: None,
                root_cert: Some(authorities.to_vec()),
            },
        )?,
        _ => Client::open(url)?,
    };
    Ok(client)
}

async fn address(sentinel: &Client, service: &str) -> RedisResult<(String, u16)> {
    let settings = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE));
    let mut connection = sentinel
        .get_multiplexed_async_connection_with_config(&settings)
        .await?;
    let mut ask = redis::cmd("SENTINEL");
    ask.arg("GET-MASTER-ADDR-BY-NAME").arg(service);
    let address: Option<(String, u16)> = ask.query_async(&mut connection).await?;
    address.ok_or_else(nobody)
}

fn nobody() -> RedisError {
    std::io::Error::new(
        std::io::ErrorKind::NotConnected,
        "no Sentinel names a primary",
    )
    .into()
}
