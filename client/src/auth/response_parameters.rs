//! The parameters of an authorization response in a query string.

/// Parameters of an authorization response. They are removed from the address bar.
const RESPONSE_PARAMETERS: [&str; 8] = [
    "code",
    "state",
    "iss",
    "error",
    "error_description",
    "error_uri",
    "session_state",
    // Sent by gn-auth, and never read: whoever trusts it signs in anybody as anybody.
    "user_id",
];

/// Removes the parameters of an authorization response from a query string. The result is empty or
/// starts with `?`; the other parameters keep their spelling.
pub(super) fn without_response(query: &str) -> String {
    let is_other = |pair: &&str| {
        let mut names = parse_pairs(pair).map(|(name, _)| name);
        names.all(|name| !RESPONSE_PARAMETERS.contains(&&*name))
    };
    let pairs = query.trim_start_matches('?').split('&').filter(is_other);
    let rest = pairs.collect::<Vec<_>>().join("&");
    if rest.is_empty() {
        rest
    } else {
        format!("?{rest}")
    }
}

/// The parameters of a query string, decoded.
pub(super) fn parse_pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_response_parameters_are_removed_from_the_address() {
        assert_eq!(without_response("?code=c&state=s&iss=i"), "");
        assert_eq!(
            without_response("?lang=de&code=c&q=a%26b&state=s"),
            "?lang=de&q=a%26b"
        );
        assert_eq!(
            without_response("?a+b&user_id=u&session_state=x&%63ode=c"),
            "?a+b"
        );
        assert_eq!(without_response(""), "");
    }
}
