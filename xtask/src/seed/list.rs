//! Lists of collections, as GN2 and as gn-auth write them.

use super::text;
use fastrand::Rng;
use std::fmt::Write;

/// A collection. Name and members are as they stand inside of JSON's quotes.
pub(crate) struct Collection {
    /// Its id.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// When it was made and changed.
    pub(crate) created: String,
    /// Its members.
    pub(crate) members: Vec<String>,
}

/// What somebody saved over the years: most have one or two collections, some dozens.
pub(super) fn random(rng: &mut Rng) -> Vec<Collection> {
    let mut collections = vec![one(rng)];
    while rng.u8(..100) < 55 && collections.len() < 40 {
        collections.push(one(rng));
    }
    collections
}

fn one(rng: &mut Rng) -> Collection {
    // Few are large, most are small.
    let size = match rng.u8(..100) {
        0..5 => 0,
        5..80 => rng.usize(1..12),
        80..98 => rng.usize(12..40),
        _ => rng.usize(40..150),
    };
    of(rng, size)
}

/// A collection of so many members.
pub(crate) fn of(rng: &mut Rng, members: usize) -> Collection {
    Collection {
        id: text::uuid(rng),
        name: text::collection_name(rng),
        created: text::collection_time(rng),
        members: (0..members).map(|_| text::member(rng)).collect(),
    }
}

/// As GN2 writes it into `collections`.
pub(crate) fn as_gn2(collections: &[Collection]) -> String {
    json(collections, "created_timestamp", "changed_timestamp")
}

/// As gn-auth writes it into `collections2`.
pub(crate) fn as_gn_auth(collections: &[Collection]) -> String {
    json(collections, "created", "changed")
}

fn json(collections: &[Collection], created: &str, changed: &str) -> String {
    let mut list = String::with_capacity(collections.len() * 512);
    list.push('[');
    for (position, collection) in collections.iter().enumerate() {
        let Collection {
            id,
            name,
            created: time,
            members,
        } = collection;
        // Writing to a string cannot fail.
        let _ = write!(
            list,
            r#"{}{{"id": "{id}", "name": "{name}", "{created}": "{time}", "{changed}": "{time}", "num_members": {}, "members": ["#,
            if position == 0 { "" } else { ", " },
            members.len(),
        );
        for (position, member) in members.iter().enumerate() {
            list.push_str(if position == 0 { "\"" } else { ", \"" });
            list.push_str(member);
            list.push('"');
        }
        list.push_str("]}");
    }
    list.push(']');
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn a_list_is_json_that_counts_its_members() {
        let mut rng = Rng::with_seed(5);
        for _ in 0..500 {
            let collections = random(&mut rng);
            let read: Vec<Value> = serde_json::from_str(&as_gn2(&collections)).unwrap();
            assert_eq!(read.len(), collections.len());
            for (read, written) in read.iter().zip(&collections) {
                assert_eq!(read["num_members"], written.members.len());
                assert_eq!(
                    read["members"].as_array().unwrap().len(),
                    written.members.len()
                );
                assert_eq!(read["created_timestamp"], written.created.as_str());
            }
        }
    }
}
