//! The address of Redis, read from `GNC_REDIS_URL`.

use redis::IntoConnectionInfo;
use secrecy::SecretString;

/// A Redis at a fixed address, or one that Sentinel names.
#[derive(Clone)]
pub enum RedisServer {
    /// A URL, which may hold a password.
    Fixed(SecretString),
    Sentinel(SentinelService),
}

/// A service whose primary Sentinel names.
#[derive(Clone)]
pub struct SentinelService {
    /// A URL for each Sentinel, with user, password and database of the primary.
    pub urls: Vec<SecretString>,
    pub name: String,
}

impl RedisServer {
    /// Reads `redis://…`, `rediss://…`, or
    /// `redis+sentinel://[user:password@]host:port[,host:port]/service[/database]`, with
    /// `rediss+sentinel` for TLS. Returns `None` for any other text.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let sentinel_schemes = [
            ("redis+sentinel://", "redis"),
            ("rediss+sentinel://", "rediss"),
        ];
        for (prefix, scheme) in sentinel_schemes {
            if let Some(rest) = url.strip_prefix(prefix) {
                return SentinelService::parse(scheme, rest).map(Self::Sentinel);
            }
        }
        url.into_connection_info().ok()?;
        Some(Self::Fixed(url.into()))
    }
}

impl SentinelService {
    fn parse(scheme: &str, rest: &str) -> Option<Self> {
        let (credentials, rest) = match rest.rsplit_once('@') {
            Some((credentials, rest)) => (format!("{credentials}@"), rest),
            None => (String::new(), rest),
        };
        let mut parts = rest.trim_end_matches('/').split('/');
        let hosts = parts.next()?;
        let name = parts.next().filter(|name| !name.is_empty())?;
        let database: u32 = parts.next().map_or(Some(0), |number| number.parse().ok())?;
        if parts.next().is_some() {
            return None;
        }
        // The port has no default: that of Redis would be wrong for a Sentinel.
        let url = |host: &str| -> Option<SecretString> {
            host.rsplit_once(':')?.1.parse::<u16>().ok()?;
            let url = format!("{scheme}://{credentials}{host}/{database}");
            url.as_str().into_connection_info().ok()?;
            Some(url.into())
        };
        Some(Self {
            urls: hosts.split(',').map(url).collect::<Option<_>>()?,
            name: name.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn sentinels_service_and_database_are_read() {
        let url = "rediss+sentinel://gnc:s%40cret@one:26379,two:26380/genenetwork/3";
        let Some(RedisServer::Sentinel(service)) = RedisServer::parse(url) else {
            panic!("not read");
        };
        let urls: Vec<_> = service
            .urls
            .iter()
            .map(ExposeSecret::expose_secret)
            .collect();
        assert_eq!(
            urls,
            [
                "rediss://gnc:s%40cret@one:26379/3",
                "rediss://gnc:s%40cret@two:26380/3"
            ]
        );
        assert_eq!(service.name, "genenetwork");
        let short = RedisServer::parse("redis+sentinel://one:26379/genenetwork");
        assert!(
            matches!(short, Some(RedisServer::Sentinel(service)) if service.urls[0].expose_secret().ends_with("/0"))
        );
    }

    #[test]
    fn url_without_a_server_is_refused() {
        for url in [
            "",
            "http://127.0.0.1",
            "redis+sentinel://one:26379",
            "redis+sentinel://one:26379/",
            "redis+sentinel://one/genenetwork",
            "redis+sentinel:///genenetwork",
            "redis+sentinel://one:26379/genenetwork/x",
            "redis+sentinel://one:26379/genenetwork/0/more",
        ] {
            assert!(RedisServer::parse(url).is_none(), "{url}");
        }
    }
}
