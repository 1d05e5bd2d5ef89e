//! Hashes in the names of built files.

/// Whether a file name contains trunk's hash, up to 16 hex digits without leading zeros:
/// `client-3ca940a41e5c82d3_bg.wasm`.
pub fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let hash = |part: &str| {
        (13..=16).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    name.contains('.') && name.split(['-', '_', '.']).any(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_cached_permanently() {
        assert!(has_hash("/client-3ca940a41e5c82d3_bg.wasm"));
        assert!(has_hash("/client-2b225e0a7926ef1.js"));
        assert!(!has_hash("/index.html"));
        assert!(!has_hash(
            "/collections/11111111-1111-4111-8111-111111111111"
        ));
    }
}
