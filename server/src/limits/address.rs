//! The address a request comes from.

use http::{HeaderMap, HeaderName};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The client's address: the last one in the proxy's header, or the connection's. Earlier addresses
/// in the header are written by clients and do not count.
pub fn client_address(
    headers: &HeaderMap,
    proxy_header: Option<&HeaderName>,
    connection: IpAddr,
) -> IpAddr {
    let forwarded = proxy_header.and_then(|name| forwarded_address(headers, name));
    network(forwarded.unwrap_or(connection))
}

/// The last address in the proxy's header, if it is one.
pub fn forwarded_address(headers: &HeaderMap, proxy_header: &HeaderName) -> Option<IpAddr> {
    let last = headers.get_all(proxy_header).iter().next_back()?;
    read(last.to_str().ok()?.rsplit(',').next()?.trim())
}

/// Reads an address, also with a port or in brackets.
fn read(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| {
        text.parse::<SocketAddr>()
            .ok()
            .map(|with_port| with_port.ip())
    })
}

/// An IPv6 user owns a network of 2^64 addresses, which counts as one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(values: &[&str], trusted: bool) -> String {
        let name = HeaderName::from_static("x-forwarded-for");
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(&name, value.parse().expect("a value"));
        }
        let connection = IpAddr::from([10, 0, 0, 1]);
        client_address(&headers, trusted.then_some(&name), connection).to_string()
    }

    #[test]
    fn only_the_trusted_proxys_address_counts() {
        for (values, expected) in [
            (&["1.2.3.4"][..], "1.2.3.4"),
            (&["6.6.6.6, 1.2.3.4"], "1.2.3.4"),
            (&["6.6.6.6", "1.2.3.4"], "1.2.3.4"),
            (&["1.2.3.4:5678"], "1.2.3.4"),
            (&["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::"),
            (&["[2001:db8:1:2::9]:443"], "2001:db8:1:2::"),
            (&["::ffff:1.2.3.4"], "1.2.3.4"),
            (&["1.2.3.4, unknown"], "10.0.0.1"),
            (&[], "10.0.0.1"),
        ] {
            assert_eq!(address(values, true), expected, "{values:?}");
            assert_eq!(address(values, false), "10.0.0.1", "{values:?}");
        }
    }
}
