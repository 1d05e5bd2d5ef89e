//! The Redis clients: of a fixed address, or of Sentinel.

use super::StoreError;
use crate::config::SentinelService;
use redis::sentinel::{SentinelClient, SentinelClientBuilder, SentinelServerType};
use redis::{Client, ConnectionAddr, ConnectionInfo, IntoConnectionInfo, TlsCertificates, TlsMode};
use secrecy::ExposeSecret;

/// Prepares a client of the Redis at this URL. `authorities` are trusted PEM certificates; without
/// them those of the system are trusted.
pub(super) fn fixed(url: &str, authorities: Option<&[u8]>) -> Result<Client, StoreError> {
    let info = url.into_connection_info()?;
    // The name of the library helps nobody, and our user may not set it.
    let settings = info.redis_settings().clone().set_skip_set_lib_name();
    let info = info.set_redis_settings(settings);
    Ok(match authorities {
        Some(authorities) if url.starts_with("rediss:") => {
            Client::build_with_tls(info, certificates(authorities))?
        }
        _ => Client::open(info)?,
    })
}

/// Prepares a client that asks the Sentinels for the primary.
pub(super) fn sentinel(
    service: &SentinelService,
    authorities: Option<&[u8]>,
) -> Result<SentinelClient, StoreError> {
    let infos = service.urls.iter();
    let infos = infos.map(|url| url.expose_secret().into_connection_info());
    let infos: Vec<ConnectionInfo> = infos.collect::<Result<_, _>>()?;
    let addresses = infos.iter().map(|info| info.addr().clone());
    let kind = SentinelServerType::Master;
    let mut builder = SentinelClientBuilder::new(addresses, &service.name, kind)?;
    if let Some(info) = infos.first() {
        let primary = info.redis_settings();
        builder = builder.set_client_to_redis_db(primary.db());
        if let Some(username) = primary.username() {
            builder = builder.set_client_to_redis_username(username);
        }
        if let Some(password) = primary.password() {
            builder = builder.set_client_to_redis_password(password);
        }
        if matches!(info.addr(), ConnectionAddr::TcpTls { .. }) {
            builder = builder.set_client_to_redis_tls_mode(TlsMode::Secure);
            if let Some(authorities) = authorities {
                builder = builder
                    .set_client_to_redis_certificates(certificates(authorities))
                    .set_client_to_sentinel_certificates(certificates(authorities));
            }
        }
    }
    Ok(builder.build()?)
}

fn certificates(authorities: &[u8]) -> TlsCertificates {
    TlsCertificates {
        client_tls: None,
        root_cert: Some(authorities.to_vec()),
    }
}
