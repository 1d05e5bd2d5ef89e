use super::*;
use crate::api::{Action, CreateCollection, PatchCollection, ShownCollection};
use crate::collection::{entry_hash, version};
use crate::legacy::StoredList;
use crate::timestamp::Timestamp;
use std::collections::HashMap;
use uuid::Uuid;

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
fn edit_preserves_other_entries_and_unknown_fields() {
    let stored = list(&[FOREIGN, OURS, "NaN"]);
    let request = request(
        Some(" zwei "),
        &["e:f", "c:d", "e:f"],
        &["a:b", "not:there"],
    );
    let edited = patch(Some(&stored), None, id(), &version(OURS), &request, now()).expect("edited");
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
fn edit_without_a_change_writes_nothing() {
    let stored = list(&[FOREIGN, OURS]);
    let request = request(Some("two"), &["a:b"], &["x:y"]);
    let edited = patch(Some(&stored), None, id(), &version(OURS), &request, now()).expect("read");
    assert_eq!((edited.list, edited.version), (None, version(OURS)));
}

#[test]
fn wrong_version_and_wrong_id_are_different_errors() {
    let stored = list(&[FOREIGN, OURS]);
    let rename = request(Some("x"), &[], &[]);
    let patch = |id, version: &str| patch(Some(&stored), None, id, version, &rename, now()).err();
    assert_eq!(patch(id(), "old"), Some(CannotEdit::Changed));
    assert_eq!(patch(Uuid::nil(), "old"), Some(CannotEdit::NotFound));
    let odd = super::patch(Some(b"oops"), None, id(), "old", &rename, now());
    assert!(matches!(odd, Err(CannotEdit::Unreadable(_))));
}

#[test]
fn invalid_values_are_named_by_path() {
    let long = "x".repeat(501);
    let request = request(
        Some(&long),
        &["a:b", "a", ":b", "a:", "a::b"],
        &["whatever"],
    );
    let Err(CannotEdit::Invalid(invalid)) = patch(None, None, id(), "", &request, now()) else {
        panic!("valid");
    };
    let paths: Vec<&str> = invalid
        .iter()
        .map(|invalid| invalid.path.as_str())
        .collect();
    assert_eq!(paths, ["name", "add[1]", "add[2]", "add[3]", "add[4]"]);
}

#[test]
fn new_collection_has_the_format_of_gn_auth_and_is_created_once() {
    let stored = list(&[FOREIGN]);
    let request = CreateCollection {
        name: " n\"ew ".to_owned(),
        members: vec![
            " a:b".to_owned(),
            "c_1_BXD:Temp".to_owned(),
            "a:b".to_owned(),
        ],
        note: None,
    };
    let made = create(Some(&stored), id(), &request, now()).expect("made");
    let entry = r#"{"id": "22222222-2222-4222-8222-222222222222", "name": "n\"ew", "created": "Jan 02 2026 03:04AM", "changed": "Jan 02 2026 03:04AM", "num_members": 2, "members": ["a:b", "c_1_BXD:Temp"]}"#;
    let list = made.list.expect("a list");
    assert_eq!(list, format!("[{FOREIGN}, {entry}]"));
    let again = create(Some(list.as_bytes()), id(), &request, now()).expect("found");
    assert_eq!((again.list, again.version), (None, made.version));
    let first = create(None, id(), &request, now()).expect("made");
    assert_eq!(first.list, Some(format!("[{entry}]")));
}

#[test]
fn note_is_stored_beside_the_list_and_has_a_limit() {
    let mut request = CreateCollection {
        name: "new".to_owned(),
        members: vec!["a:b".to_owned()],
        note: Some("Union of “A”, “B”".to_owned()),
    };
    let made = create(None, id(), &request, now()).expect("made");
    assert_eq!(made.note, request.note);
    assert!(!made.list.expect("a list").contains("note"));
    request.note = Some("x".repeat(check::MAX_NOTE + 1));
    let refused = create(None, id(), &request, now()).expect_err("too long");
    assert!(matches!(refused, CannotEdit::Invalid(invalid) if invalid[0].path == "note"));
}

#[test]
fn edited_entry_loses_its_note_and_others_are_copied() {
    let with_note = |raw: &str, note: &str| raw.replacen('{', &format!(r#"{{"note": {note}, "#), 1);
    let theirs = with_note(FOREIGN, r#""theirs""#);
    let stored = list(&[&theirs, &with_note(OURS, r#""ours""#)]);
    let rename = request(Some("x"), &[], &[]);
    let entry = with_note(OURS, r#""ours""#);
    let edited = patch(Some(&stored), None, id(), &version(entry), &rename, now());
    let edited = edited.expect("edited");
    assert_eq!(edited.note.as_deref(), Some("ours"));
    let foreign = Uuid::from_u128(0x1111_1111_1111_4111_8111_1111_1111_1111);
    let copied = &edited.other_notes[0];
    assert_eq!((copied.collection, &*copied.note), (foreign, "theirs"));
    let written = edited.list.expect("a list");
    assert!(written.contains(&theirs) && !written.contains("ours"));
    // A note that is not text is no note, and stays like any unknown field.
    let entry = with_note(OURS, "7");
    let stored = list(&[&entry]);
    let edited = patch(Some(&stored), None, id(), &version(entry), &rename, now());
    let edited = edited.expect("edited");
    assert!(edited.note.is_none() && edited.list.expect("a list").contains(r#""note": 7"#));
}

#[test]
fn removed_member_may_be_added_again_whatever_it_is() {
    let old = OURS.replace("\"c:d\"", "\"PC1\"");
    let stored = list(&[&old]);
    let remove = request(None, &[], &["PC1"]);
    let removed = patch(Some(&stored), None, id(), &version(&old), &remove, now());
    let removed = removed.expect("removed");
    let before = history::current(Some(&stored), None, id(), now()).expect("a history");
    let hash = history::RequestHash::patch("", &remove);
    let history = history::record(&removed, before, now(), hash).expect("a history");
    let list = removed.list.expect("a list");
    let add = |members: &[&str], history: Option<&[u8]>| {
        let request = request(None, members, &[]);
        patch(
            Some(list.as_bytes()),
            history,
            id(),
            &removed.version,
            &request,
            now(),
        )
    };
    let history = Some(history.as_bytes());
    let back = add(&["PC1"], history).expect("added").list.expect("a list");
    assert!(back.contains(r#"["a:b", "PC1"]"#), "{back}");
    for refused in [add(&["PC1"], None), add(&["PC2"], history)] {
        assert!(matches!(refused, Err(CannotEdit::Invalid(_))));
    }
}

fn deletion(id: Uuid, seen: Seen) -> Deletion {
    Deletion { id, seen }
}

/// Returns the content of the before-image of a deletion.
fn deleted_entries(deletion: &DeleteOutput) -> DeletedEntries {
    DeletedEntries {
        removed: deletion.removed.clone(),
        after: entry_hash(&deletion.list),
        notes: HashMap::from([(id(), "a note".to_owned())]),
    }
}

/// Deletes [`OURS`].
fn delete_ours(stored: &[u8]) -> DeleteOutput {
    let deletion = deletion(id(), Seen::Version(version(OURS)));
    delete(Some(stored), Uuid::nil(), &[deletion]).expect("deleted")
}

#[test]
fn each_set_of_collections_is_deleted_and_restored_byte_for_byte() {
    let numbered = |number: u128| {
        let entry = OURS.replace("22222222-2222-4222-8222-222222222222", "{id}");
        entry.replace("{id}", &Uuid::from_u128(number).to_string())
    };
    let collections = [1, 2, 3, 4].map(numbered);
    let [a, b, c, d] = collections.each_ref().map(String::as_str);
    for entries in [&[a, b, c, d][..], &["null", a, b, FOREIGN, c, d, "NaN"]] {
        let stored = list(entries);
        for set in 1_u128..16 {
            let is_chosen = |number: &u128| set & (1 << (number - 1)) != 0;
            let ids: Vec<Uuid> = (1..=4).filter(is_chosen).map(Uuid::from_u128).collect();
            let deletions: Vec<Deletion> =
                ids.iter().map(|id| deletion(*id, Seen::Nothing)).collect();
            let deleted = delete(Some(&stored), Uuid::nil(), &deletions).expect("deleted");
            let left = StoredList::read(Some(deleted.list.as_bytes())).expect("a list");
            let left: Vec<&str> = left.entries.iter().map(|entry| entry.raw).collect();
            let is_left = |entry: &&str| !ids.iter().any(|id| entry.contains(&id.to_string()));
            let expected: Vec<&str> = entries.iter().copied().filter(is_left).collect();
            assert_eq!(left, expected, "{ids:?}");
            assert_eq!(deleted.items.len(), ids.len());
            let kept = deleted_entries(&deleted);
            let back = restore(Some(deleted.list.as_bytes()), Uuid::nil(), &kept, now());
            assert_eq!(back.expect("back").list.as_ref(), Some(&stored), "{ids:?}");

            // Beside what another program has written meanwhile.
            let back = restore(Some(b"[null]"), Uuid::nil(), &kept, now()).expect("back");
            let removed = entries.iter().filter(|entry| !is_left(entry));
            let expected: Vec<&str> = ["null"].into_iter().chain(removed.copied()).collect();
            let expected = format!("[{}]", expected.join(", "));
            assert_eq!(back.list, Some(expected.into_bytes()), "{ids:?}");
        }
    }
}

#[test]
fn collections_are_deleted_all_or_none() {
    let stored = list(&[OURS, FOREIGN]);
    let other = Uuid::from_u128(0x1111_1111_1111_4111_8111_1111_1111_1111);
    let read = StoredList::read(Some(&stored)).expect("a list");
    let ours = read.entries[0].collection.as_ref().expect("ours");
    let ours = ShownCollection {
        id: id(),
        name: ours.name.clone(),
        changed: ours.changed.expect("a time"),
        num_members: 2,
    };
    let delete = |deletions: &[Deletion]| delete(Some(&stored), Uuid::nil(), deletions);
    let as_listed = deletion(id(), Seen::Shown(ours.clone()));
    assert!(delete(&[as_listed.clone(), deletion(other, Seen::Nothing)]).is_ok());

    let mut longer = ours.clone();
    longer.num_members += 1;
    let renamed = ShownCollection {
        name: "other".to_owned(),
        ..ours.clone()
    };
    let older = ShownCollection {
        changed: now(),
        ..ours
    };
    for seen in [longer, renamed, older] {
        let changed = deletion(id(), Seen::Shown(seen));
        let refused = delete(&[deletion(other, Seen::Nothing), changed]);
        assert_eq!(refused, Err(CannotEdit::Changed));
    }
    let missing = deletion(Uuid::nil(), Seen::Nothing);
    assert_eq!(delete(&[as_listed, missing]), Err(CannotEdit::NotFound));
}

#[test]
fn note_of_a_restored_collection_comes_back() {
    let stored = list(&[FOREIGN, OURS]);
    let deleted = delete_ours(&stored);
    assert_eq!(deleted.items[0].action, Action::Delete);
    let list = Some(deleted.list.as_bytes());
    let back = restore(list, Uuid::nil(), &deleted_entries(&deleted), now()).expect("back");
    assert_eq!(back.notes.len(), 1);
    assert_eq!(
        (back.notes[0].collection, &*back.notes[0].note),
        (id(), "a note")
    );
}

#[test]
fn restored_collection_joins_a_changed_list() {
    let deleted = delete_ours(&list(&[OURS, FOREIGN]));
    let back = |current: Option<&str>| {
        let current = current.map(str::as_bytes);
        restore(current, Uuid::nil(), &deleted_entries(&deleted), now()).expect("back")
    };
    let appended = back(Some("[{\"a\": 1}]")).list.expect("a list");
    assert_eq!(appended, format!("[{{\"a\": 1}}, {OURS}]").into_bytes());
    assert_eq!(back(None).list, Some(format!("[{OURS}]").into_bytes()));
    let there = back(Some(&format!("[{}]", OURS.replace(": ", ":"))));
    assert_eq!(
        (there.list, there.items[0].action),
        (None, Action::AlreadyPresent)
    );
    let other = OURS.replace("two", "three");
    let beside = back(Some(&format!("[{other}]")));
    let list = String::from_utf8(beside.list.expect("a list")).expect("text");
    let fresh = beside.items[0].target_id.clone().expect("an id");
    assert_eq!(
        (
            beside.notes[0].collection.to_string(),
            &*beside.notes[0].note
        ),
        (fresh.clone(), "a note")
    );
    assert_ne!(fresh, id().to_string());
    assert_eq!(
        list,
        format!("[{other}, {}]", OURS.replace(&id().to_string(), &fresh))
    );
}
