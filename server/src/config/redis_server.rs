//! Where Redis is, as its URL says.

use redis::IntoConnectionInfo;
use secrecy::SecretString;

/// A Redis at a fixed address, or one that Sentinel names.
#[derive(Clone)]
pub enum RedisServer {
    /// Its URL; it may hold a password.
    Fixed(SecretString),
    /// The primary of a service that Sentinel watches.
    Elected(Elected),
}

/// What is known of a primary that Sentinel names.
#[derive(Clone)]
pub struct Elected {
    /// `redis`, or `rediss` with TLS.
    pub scheme: &'static str,
    /// `host:port` of each Sentinel.
    pub sentinels: Vec<String>,
    /// The name under which they know it.
    pub service: String,
    /// `user:password@` of the primary, or empty.
    pub credentials: SecretString,
    /// Number of the database.
    pub database: u32,
}

impl RedisServer {
    /// Reads `redis://…`, `rediss://…`, or `redis+sentinel://[user:password@]host:port[,host:port]/service[/database]`,
    /// with `rediss+sentinel` for TLS. `None` if it is neither.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let sentinel = [
            ("redis+sentinel://", "redis"),
            ("rediss+sentinel://", "rediss"),
        ];
        for (prefix, scheme) in sentinel {
            if let Some(rest) = url.strip_prefix(prefix) {
                return Elected::parse(scheme, rest).map(Self::Elected);
            }
        }
        url.into_connection_info().ok()?;
        Some(Self::Fixed(url.into()))
    }
}

impl Elected {
    fn parse(scheme: &'static str, rest: &str) -> Option<Self> {
        let (credentials, rest) = match rest.rsplit_once('@') {
            Some((credentials, rest)) => (format!("{credentials}@"), rest),
            None => (String::new(), rest),
        };
        let mut parts = rest.trim_end_matches('/').split('/');
        let sentinels: Vec<String> = parts.next()?.split(',').map(ToOwned::to_owned).collect();
        let service = parts.next().filter(|service| !service.is_empty())?;
        let database = parts.next().map_or(Some(0), |number| number.parse().ok())?;
        // The library says whether hosts and credentials can be used.
        for sentinel in &sentinels {
            let has_port = sentinel
                .rsplit_once(':')
                .is_some_and(|(_, port)| port.parse::<u16>().is_ok());
            let url = format!("{scheme}://{credentials}{sentinel}/{database}");
            if !has_port || url.into_connection_info().is_err() {
                return None;
            }
        }
        parts.next().is_none().then(|| Self {
            scheme,
            sentinels,
            service: service.to_owned(),
            credentials: credentials.into(),
            database,
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
        let Some(RedisServer::Elected(elected)) = RedisServer::parse(url) else {
            panic!("not read");
        };
        assert_eq!(elected.sentinels, ["one:26379", "two:26380"]);
        assert_eq!((elected.scheme, elected.database), ("rediss", 3));
        assert_eq!(elected.service, "genenetwork");
        assert_eq!(elected.credentials.expose_secret(), "gnc:s%40cret@");
        let short = RedisServer::parse("redis+sentinel://one:26379/genenetwork");
        assert!(matches!(short, Some(RedisServer::Elected(elected)) if elected.database == 0));
    }

    #[test]
    fn what_names_no_server_is_refused() {
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
