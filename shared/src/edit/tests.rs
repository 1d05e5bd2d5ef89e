use super::delete::Kept;
use super::*;
use crate::api::Action;
use crate::collection::entry_hash;

const FOREIGN: &str = r#"{"id": "11111111-1111-4111-8111-111111111111",  "name":"Gr\u00f6\u00dfe","created":"Nov 12 2019 03:27PM","changed":"Nov 12 2019 03:27PM","num_members": 1,"members":["a:b"],"big":12345678901234567890123}"#;
const OURS: &str = r#"{"id": "22222222-2222-4222-8222-222222222222", "name": "two", "created": "Nov 12 2019 03:27PM", "changed": "Nov 12 2019 03:27PM", "num_members": 2, "members": ["a:b", "c:d"], "tiny": 1.50, "x": {"y": [1, null]}}"#;

fn id() -> Uuid {
    Uuid::from_u128(0x2222_2222_2222_4222_8222_2222_2222_2222)
}

fn now() -> Timestamp {
    Timestamp::parse_stored("Jan 02 2026 03:04AM").expect("a time")
}

fn list(entries: &[&str]) -> Vec<u8> {
    format!(" [{}] ", entries.join(" ,\n")).into_bytes()
}

fn request(name: Option<&str>, add: &[&str], remove: &[&str]) -> PatchCollection {
    let own = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    PatchCollection {
        name: name.map(ToOwned::to_owned),
        add: own(add),
        remove: own(remove),
    }
}

#[test]
fn an_edit_leaves_other_entries_and_unknown_fields_as_they_are() {
    let stored = list(&[FOREIGN, OURS, "NaN"]);
    let request = request(
        Some(" zwei "),
        &["e:f", "c:d", "e:f"],
        &["a:b", "not:there"],
    );
    let edited = patch(Some(&stored), id(), &version(OURS), &request, now()).expect("edited");
    let expected = OURS
        .replace("\"two\"", "\"zwei\"")
        .replace(
            r#""changed": "Nov 12 2019 03:27PM""#,
            r#""changed": "Jan 02 2026 03:04AM""#,
        )
        .replace(r#"["a:b", "c:d"]"#, r#"["c:d", "e:f"]"#);
    assert_eq!(edited.list, Some(format!("[{FOREIGN}, {expected}, NaN]")));
    assert_eq!(edited.version, version(&expected));
    assert_eq!(
        (edited.summary.name.as_str(), edited.summary.num_members),
        ("zwei", 2)
    );
}

#[test]
fn an_edit_that_changes_nothing_writes_nothing() {
    let stored = list(&[FOREIGN, OURS]);
    let request = request(Some("two"), &["a:b"], &["x:y"]);
    let edited = patch(Some(&stored), id(), &version(OURS), &request, now()).expect("read");
    assert_eq!((edited.list, edited.version), (None, version(OURS)));
}

#[test]
fn another_version_and_another_id_are_told_apart() {
    let stored = list(&[FOREIGN, OURS]);
    let rename = request(Some("x"), &[], &[]);
    let patch = |id, seen: &str| patch(Some(&stored), id, seen, &rename, now()).err();
    assert_eq!(patch(id(), "old"), Some(CannotEdit::Changed));
    assert_eq!(patch(Uuid::nil(), "old"), Some(CannotEdit::NotFound));
    let odd = super::patch(Some(b"oops"), id(), "old", &rename, now());
    assert!(matches!(odd, Err(CannotEdit::Unreadable(_))));
}

#[test]
fn what_cannot_be_stored_is_named() {
    let long = "x".repeat(501);
    let request = request(
        Some(&long),
        &["a:b", "a", ":b", "a:", "a::b"],
        &["whatever"],
    );
    let Err(CannotEdit::Invalid(invalid)) = patch(None, id(), "", &request, now()) else {
        panic!("valid");
    };
    let paths: Vec<&str> = invalid
        .iter()
        .map(|invalid| invalid.path.as_str())
        .collect();
    assert_eq!(paths, ["name", "add[1]", "add[2]", "add[3]", "add[4]"]);
}

#[test]
fn a_new_collection_is_as_gn_auth_writes_it_and_is_made_once() {
    let stored = list(&[FOREIGN]);
    let request = CreateCollection {
        name: " n\"ew ".to_owned(),
        members: vec![" a:b".to_owned(), "c:d:Temp".to_owned(), "a:b".to_owned()],
        note: None,
    };
    let made = create(Some(&stored), id(), &request, now()).expect("made");
    let entry = r#"{"id": "22222222-2222-4222-8222-222222222222", "name": "n\"ew", "created": "Jan 02 2026 03:04AM", "changed": "Jan 02 2026 03:04AM", "num_members": 2, "members": ["a:b", "c:d:Temp"]}"#;
    let list = made.list.expect("a list");
    assert_eq!(list, format!("[{FOREIGN}, {entry}]"));
    let again = create(Some(list.as_bytes()), id(), &request, now()).expect("found");
    assert_eq!((again.list, again.version), (None, made.version));
    let first = create(None, id(), &request, now()).expect("made");
    assert_eq!(first.list, Some(format!("[{entry}]")));
}

#[test]
fn where_a_collection_came_from_stays_with_it() {
    let mut request = CreateCollection {
        name: "new".to_owned(),
        members: vec!["a:b".to_owned()],
        note: Some("Union of “A”, “B”".to_owned()),
    };
    let made = create(None, id(), &request, now()).expect("made");
    let patch_name = PatchCollection {
        name: Some("newer".to_owned()),
        ..PatchCollection::default()
    };
    let list = made.list.expect("a list");
    let list = patch(
        Some(list.as_bytes()),
        id(),
        &made.version,
        &patch_name,
        now(),
    )
    .expect("patched");
    let list = list.list.expect("a list");
    let stored = StoredList::read(Some(list.as_bytes())).expect("a list");
    let collection = stored.entries[0].collection.as_ref().expect("a collection");
    assert_eq!(collection.note(), request.note);
    request.note = Some("x".repeat(check::MAX_NOTE + 1));
    let refused = create(None, id(), &request, now()).expect_err("too long");
    assert!(matches!(refused, CannotEdit::Invalid(invalid) if invalid[0].path == "note"));
}

fn kept(cut: &Cut) -> Kept {
    Kept {
        removed: cut.removed.clone().into_bytes(),
        offset: cut.offset,
        after: entry_hash(&cut.list),
    }
}

#[test]
fn what_was_deleted_comes_back_byte_for_byte() {
    for entries in [
        &[OURS][..],
        &[OURS, FOREIGN],
        &[FOREIGN, OURS],
        &["null", OURS, FOREIGN],
    ] {
        let stored = list(entries);
        let cut = delete(Some(&stored), Uuid::nil(), id(), &version(OURS)).expect("deleted");
        let left = StoredList::read(Some(cut.list.as_bytes())).expect("a list");
        let left: Vec<&str> = left.entries.iter().map(|entry| entry.raw).collect();
        let others: Vec<&str> = entries
            .iter()
            .copied()
            .filter(|entry| *entry != OURS)
            .collect();
        assert_eq!(left, others);
        assert_eq!(cut.item.action, Action::Delete);
        let back = put_back(Some(cut.list.as_bytes()), Uuid::nil(), &kept(&cut), now());
        assert_eq!(back.expect("back").list, Some(stored));
    }
}

#[test]
fn what_was_deleted_comes_back_beside_what_changed_since() {
    let stored = list(&[OURS, FOREIGN]);
    let cut = delete(Some(&stored), Uuid::nil(), id(), &version(OURS)).expect("deleted");
    let back = |current: Option<&str>| {
        put_back(current.map(str::as_bytes), Uuid::nil(), &kept(&cut), now()).expect("back")
    };
    let appended = back(Some("[{\"a\": 1}]")).list.expect("a list");
    assert_eq!(appended, format!("[{{\"a\": 1}}, {OURS}]").into_bytes());
    assert_eq!(back(None).list, Some(format!("[{OURS}]").into_bytes()));
    let there = back(Some(&format!("[{}]", OURS.replace(": ", ":"))));
    assert_eq!(
        (there.list, there.item.action),
        (None, Action::AlreadyPresent)
    );
    let other = OURS.replace("two", "three");
    let beside = back(Some(&format!("[{other}]")));
    let list = String::from_utf8(beside.list.expect("a list")).expect("text");
    let fresh = beside.item.target_id.expect("an id");
    assert_ne!(fresh, id().to_string());
    assert_eq!(
        list,
        format!("[{other}, {}]", OURS.replace(&id().to_string(), &fresh))
    );
}
