//! The trace of a request (W3C Trace Context), as the page or a proxy names it.

use http::HeaderMap;

const HEADER: &str = "traceparent";

/// Returns the trace's id, 32 hex digits, of a valid header: `00-<trace>-<parent>-<flags>`.
pub(super) fn trace_id(headers: &HeaderMap) -> Option<&str> {
    let parts: Vec<&str> = headers.get(HEADER)?.to_str().ok()?.split('-').collect();
    let [version, trace, parent, flags, ..] = *parts.as_slice() else {
        return None;
    };
    let hex = |text: &str, length: usize| {
        let digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
        text.len() == length && text.bytes().all(digit)
    };
    let present = |text: &str| text.bytes().any(|byte| byte != b'0');
    // Later versions may add parts. Version 00 has none, and ff is forbidden.
    let sound = hex(version, 2) && version != "ff" && (version != "00" || parts.len() == 4);
    let named = hex(trace, 32) && present(trace) && hex(parent, 16) && present(parent);
    (sound && named && hex(flags, 2)).then_some(trace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, header.parse().expect("a value"));
        trace_id(&headers).map(ToOwned::to_owned)
    }

    #[test]
    fn only_a_well_formed_header_names_a_trace() {
        let trace = "0af7651916cd43dd8448eb211c80319c";
        let parent = "b7ad6b7169203331";
        for sound in [
            format!("00-{trace}-{parent}-01"),
            format!("01-{trace}-{parent}-00-later"),
        ] {
            assert_eq!(of(&sound).as_deref(), Some(trace), "{sound}");
        }
        for odd in [
            String::new(),
            format!("00-{trace}-{parent}"),
            format!("00-{trace}-{parent}-01-more"),
            format!("ff-{trace}-{parent}-01"),
            format!("00-{}-{parent}-01", "0".repeat(32)),
            format!("00-{trace}-{}-01", "0".repeat(16)),
            format!("00-{}-{parent}-01", trace.to_uppercase()),
            format!("00-{trace}x-{parent}-01"),
        ] {
            assert_eq!(of(&odd), None, "{odd}");
        }
    }
}
