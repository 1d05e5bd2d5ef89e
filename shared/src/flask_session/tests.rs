//! Sessions that Flask-Session wrote itself (`e2e/data/flask_sessions.py`), and malicious ones.

use super::cookie::verify;
use super::{MAX_BYTES, UnreadableSession, anonymous_id};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

const WRITTEN: [&str; 2] = [
    include_str!("../../../e2e/data/flask-sessions-0.5.0.json"),
    include_str!("../../../e2e/data/flask-sessions-0.8.0.json"),
];

#[derive(Deserialize)]
struct Written {
    secret_key: String,
    sessions: Vec<WrittenSession>,
}

#[derive(Deserialize)]
struct WrittenSession {
    name: String,
    cookie: String,
    key: String,
    value: String,
    /// `None` for a session that must not be accepted.
    anon_id: Option<String>,
}

impl WrittenSession {
    fn value(&self) -> Vec<u8> {
        STANDARD.decode(&self.value).expect("base64")
    }
}

fn written() -> impl Iterator<Item = (String, WrittenSession)> {
    WRITTEN.into_iter().flat_map(|file| {
        let written: Written = serde_json::from_str(file).expect("JSON");
        let secret_key = written.secret_key;
        let sessions = written.sessions.into_iter();
        sessions.map(move |session| (secret_key.clone(), session))
    })
}

fn stored(file: &str, name: &str) -> Vec<u8> {
    let written: Written = serde_json::from_str(file).expect("JSON");
    let mut sessions = written.sessions.iter();
    let session = sessions.find(|session| session.name == name);
    session.expect(name).value()
}

#[test]
fn sessions_of_flask_session_are_read() {
    for (_, session) in written() {
        let read = anonymous_id(&session.value()).unwrap_or_default();
        let read = read.map(|id| id.to_string());
        assert_eq!(read, session.anon_id, "{}", session.name);
    }
}

#[test]
fn a_session_that_calls_something_is_unreadable() {
    for name in ["runs a command", "runs a command for the id"] {
        let read = anonymous_id(&stored(WRITTEN[0], name));
        assert_eq!(read, Err(UnreadableSession::Pickle), "{name}");
    }
}

#[test]
fn cookies_of_flask_session_are_accepted() {
    for (secret_key, session) in written() {
        let id = verify(secret_key.as_bytes(), &session.cookie).expect("signed");
        assert_eq!(format!("session:{}", id.as_str()), session.key);
        assert!(!format!("{id:?}").contains(id.as_str()));
    }
}

#[test]
fn any_other_cookie_is_refused() {
    let (secret_key, session) = written().next().expect("a session");
    let secret_key = secret_key.as_bytes();
    let (id, signature) = session.cookie.split_once('.').expect("two parts");
    let (_, other) = written().nth(1).expect("a session");
    let (other_id, other_signature) = other.cookie.split_once('.').expect("two parts");
    for value in [
        String::new(),
        id.to_owned(),
        format!("{id}."),
        format!(".{signature}"),
        format!("{id}.{}", &signature[1..]),
        format!("{id}.{signature}="),
        format!("{id}.{signature}A"),
        format!("{id}.{other_signature}"),
        format!("{other_id}.{signature}"),
        format!("{}.{signature}", id.to_uppercase()),
        format!("{id}.{}", signature.to_uppercase()),
        format!("{id}:{signature}"),
        format!(" {id}.{signature}"),
    ] {
        assert_eq!(verify(secret_key, &value), None, "{value}");
    }
    assert_eq!(verify(b"another key", &session.cookie), None);
    assert_eq!(verify(b"", &session.cookie), None);
}

#[test]
fn cut_and_extended_sessions_are_refused() {
    for (_, session) in written() {
        let value = session.value();
        for length in 0..value.len() {
            let read = anonymous_id(&value[..length]).unwrap_or_default();
            assert_eq!(read, None, "{}", session.name);
        }
        let extended = [&value[..], b"N"].concat();
        assert!(anonymous_id(&extended).is_err(), "{}", session.name);
    }
}

/// Puts something into the place of a value that no visitor has: `masquerading`, which is `None`.
fn with_value(session: &[u8], none: &[u8], value: &[u8]) -> Vec<u8> {
    let key = b"masquerading";
    let key_end = session
        .windows(key.len())
        .position(|window| window == key)
        .expect("the key")
        + key.len();
    let rest = &session[key_end..];
    let at = rest.windows(none.len()).position(|window| window == none);
    let at = at.expect("the value");
    let after = &rest[at + none.len()..];
    [&session[..key_end], &rest[..at], value, after].concat()
}

fn pickle(value: &[u8]) -> Vec<u8> {
    with_value(&stored(WRITTEN[0], "anonymous, protocol 3"), b"N", value)
}

#[test]
fn malicious_pickles_are_unreadable() {
    assert!(anonymous_id(&pickle(b"N")).is_ok_and(|id| id.is_some()));
    for (what, value) in [
        ("a command", &b"cposix\nsystem\nX\x02\0\0\0id\x85R"[..]),
        (
            "a command by another name",
            b"cbuiltins\neval\nX\x01\0\0\x001\x85R",
        ),
        ("an import", b"cbuiltins\n__import__\nX\x02\0\0\0os\x85R"),
        ("an instance of a function", b"X\x02\0\0\0id)\x81"),
        ("an old instruction", b"(iposix\nsystem\n"),
        ("an object from outside", b"NQ"),
        ("an extension", b"\x82\x01"),
        ("a text longer than the bytes", b"X\xff\xff\xff\x7fa"),
        ("a longer text", b"\x8d\xff\xff\xff\xff\xff\xff\xff\xffa"),
        ("a longer number", b"\x8b\xff\xff\xff\xffa"),
        ("an unknown memo", b"j\xff\xff\xff\xff"),
        ("more than the stack holds", b"0000000000000000"),
        ("items without a mark", b"tttttttt"),
        ("a key without a value", b"}(Nu"),
    ] {
        let read = anonymous_id(&pickle(value));
        assert_eq!(read, Err(UnreadableSession::Pickle), "{what}");
    }
}

#[test]
fn sessions_that_would_grow_are_read_in_their_own_size() {
    let deep = [[b']'].repeat(30_000), [b'a'].repeat(29_999)].concat();
    // Each list holds the one before it ten times: 10^900 elements in all.
    let mut laughs = b"]r\0\0\x01\0".to_vec();
    for level in 0x1_0000_u32..0x1_0000 + 900 {
        let get = [&b"j"[..], &level.to_le_bytes()].concat().repeat(10);
        let put = [&b"r"[..], &(level + 1).to_le_bytes()].concat();
        laughs.extend([&b"0]("[..], &get, b"e", &put].concat());
    }
    for value in [deep, laughs] {
        assert!(anonymous_id(&pickle(&value)).is_ok_and(|id| id.is_some()));
    }
}

#[test]
fn malicious_messagepack_is_unreadable() {
    let session = stored(WRITTEN[1], "anonymous");
    let messagepack = |value: &[u8]| with_value(&session, b"\xc0", value);
    assert!(anonymous_id(&messagepack(b"\xc0")).is_ok_and(|id| id.is_some()));
    for (what, value) in [
        ("a longer text", &b"\xdb\xff\xff\xff\xffa"[..]),
        ("longer bytes", b"\xc6\xff\xff\xff\xffa"),
        ("a longer extension", b"\xc9\xff\xff\xff\xff\x01a"),
        ("a longer list", b"\xdd\xff\xff\xff\xff\xc0"),
        ("a longer map", b"\xdf\xff\xff\xff\xff\xc0\xc0"),
        (
            "deep lists",
            &[&[0x91].repeat(60_000)[..], b"\xc0"].concat(),
        ),
        (
            "deep maps",
            &[&b"\x81\xc0".repeat(30_000)[..], b"\xc0"].concat(),
        ),
    ] {
        let read = anonymous_id(&messagepack(value));
        assert_eq!(read, Err(UnreadableSession::MessagePack), "{what}");
    }
    for other in [&b""[..], b"\x80", b"\xc0", b"\x90", b"{}", b"(dp0\n."] {
        assert!(!anonymous_id(other).is_ok_and(|id| id.is_some()));
    }
}

#[test]
fn a_large_session_is_not_read() {
    let fill = |length: u16| {
        [
            &b"X"[..],
            &u32::from(length).to_le_bytes(),
            &vec![b'x'; length.into()],
        ]
        .concat()
    };
    let overhead = pickle(&fill(0)).len();
    let length = u16::try_from(MAX_BYTES - overhead).expect("less than 64 KiB");
    assert!(anonymous_id(&pickle(&fill(length))).is_ok_and(|id| id.is_some()));
    let larger = anonymous_id(&pickle(&fill(length + 1)));
    assert_eq!(larger, Err(UnreadableSession::TooLarge));
}
