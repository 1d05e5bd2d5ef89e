//! The settings of the endpoints for GN2.

use super::client::non_empty;
use super::gn2_arguments::Gn2Arguments;
use super::http::address;
use super::{ConfigError, ConfigErrors};
use ipnet::IpNet;
use secrecy::SecretString;
use std::net::{IpAddr, SocketAddr};

pub struct Gn2Settings {
    pub bind: SocketAddr,
    /// Callers who may read and change anonymous collections.
    pub networks: Vec<IpNet>,
    /// The client whose id and secret changes of anonymous collections must carry.
    pub client: Option<Gn2Client>,
}

pub struct Gn2Client {
    pub id: String,
    pub secret: SecretString,
}

impl Gn2Settings {
    /// Returns `None` if the endpoints are off or a setting is wrong. All settings are checked.
    pub(super) fn parse(arguments: &Gn2Arguments, errors: &mut ConfigErrors) -> Option<Self> {
        let networks = networks(&arguments.gn2_addresses).ok_or(ConfigError::invalid(
            "GNC_GN2_ADDRESSES",
            "it is not a list of addresses and networks",
            "write e.g. 192.0.2.7,2001:db8::/32",
        ));
        let networks = errors.value(networks);
        let client = errors.value(Gn2Client::parse(arguments));
        let bind = arguments.gn2_bind.as_deref();
        let bind = bind.filter(|bind| !bind.is_empty());
        let bind = bind.map(|bind| address("GNC_GN2_BIND", bind)).transpose();
        let bind = errors.value(bind);
        Some(Self {
            bind: bind??,
            networks: networks?,
            client: client?,
        })
    }

    pub fn is_gn2(&self, caller: IpAddr) -> bool {
        let caller = caller.to_canonical();
        self.networks
            .iter()
            .any(|network| network.contains(&caller))
    }
}

impl Gn2Client {
    fn parse(arguments: &Gn2Arguments) -> Result<Option<Self>, ConfigError> {
        let id = arguments.gn2_client_id.clone().filter(|id| !id.is_empty());
        let advice = "set both to those of GN2's client at gn-auth, or neither";
        match (id, non_empty(arguments.gn2_client_secret.as_ref())) {
            (Some(id), Some(secret)) => Ok(Some(Self { id, secret })),
            (None, None) => Ok(None),
            (Some(_), None) => Err(ConfigError::missing("GNC_GN2_CLIENT_SECRET", advice)),
            (None, Some(_)) => Err(ConfigError::missing("GNC_GN2_CLIENT_ID", advice)),
        }
    }
}

fn networks(text: &str) -> Option<Vec<IpNet>> {
    let network = |text: &str| {
        let text = text.trim();
        let single = text.parse::<IpAddr>().map(|address| address.to_canonical());
        text.parse().ok().or_else(|| single.ok().map(IpNet::from))
    };
    text.split(',').map(network).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_gn2(addresses: &str, caller: &str) -> bool {
        let settings = Gn2Settings {
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
            networks: networks(addresses).expect("a list"),
            client: None,
        };
        settings.is_gn2(caller.parse().expect("an address"))
    }

    #[test]
    fn caller_is_compared_with_addresses_and_networks() {
        let list = "192.0.2.7, 10.0.0.0/8,2001:db8::/32,::ffff:198.51.100.1";
        for caller in [
            "192.0.2.7",
            "::ffff:192.0.2.7",
            "10.255.0.1",
            "2001:db8::9",
            "198.51.100.1",
        ] {
            assert!(is_gn2(list, caller), "{caller}");
        }
        for caller in ["192.0.2.8", "11.0.0.1", "2001:db9::1", "127.0.0.1", "::1"] {
            assert!(!is_gn2(list, caller), "{caller}");
        }
    }

    #[test]
    fn list_with_anything_else_is_refused() {
        for text in [
            "",
            "localhost",
            "10.0.0.0/33",
            "192.0.2.7,",
            "192.0.2.7;10.0.0.1",
        ] {
            assert!(networks(text).is_none(), "{text}");
        }
    }
}
