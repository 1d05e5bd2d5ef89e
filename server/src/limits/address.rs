//! Which address a request comes from.

use http::{HeaderMap, HeaderName};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The client's address: what the proxy in front appended, or the connection's. What clients themselves
/// write into the header stands before it, and does not count.
pub fn client_address(
    headers: &HeaderMap,
    proxy_header: Option<&HeaderName>,
    connection: IpAddr,
) -> IpAddr {
    let told = proxy_header.and_then(|name| {
        let last = headers.get_all(name).iter().next_back()?.to_str().ok()?;
        read(last.rsplit(',').next()?.trim())
    });
    network(told.unwrap_or(connection))
}

/// With a port, in brackets, or as it is.
fn read(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| {
        text.parse::<SocketAddr>()
            .ok()
            .map(|with_port| with_port.ip())
    })
}

/// A visitor with IPv6 has a whole network of 2^64 addresses, which counts as one.
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
    fn only_the_trusted_proxys_own_word_counts() {
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
