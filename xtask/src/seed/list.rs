//! Lists of collections, as GN2 and as gn-auth write them.

use super::values;
use fastrand::Rng;

/// A collection. Name and members are escaped as in a JSON string.
pub(crate) struct Collection {
    pub(crate) id: String,
    pub(crate) name: String,
    /// The time of creation and of the last change.
    pub(crate) created: String,
    pub(crate) members: Vec<String>,
}

/// Returns the collections of one person: mostly one or two, sometimes dozens.
pub(super) fn random(rng: &mut Rng) -> Vec<Collection> {
    let mut collections = vec![random_sized(rng)];
    while rng.u8(..100) < 55 && collections.len() < 40 {
        collections.push(random_sized(rng));
    }
    collections
}

fn random_sized(rng: &mut Rng) -> Collection {
    let size = match rng.u8(..100) {
        0..5 => 0,
        5..80 => rng.usize(1..12),
        80..98 => rng.usize(12..40),
        _ => rng.usize(40..150),
    };
    random_collection(rng, size)
}

/// Returns a collection with this number of members.
pub(crate) fn random_collection(rng: &mut Rng, members: usize) -> Collection {
    Collection {
        id: values::uuid(rng),
        name: values::collection_name(rng),
        created: values::collection_time(rng),
        members: (0..members).map(|_| values::member(rng)).collect(),
    }
}

/// Returns the list as GN2 writes it into `collections`.
pub(crate) fn as_gn2(collections: &[Collection]) -> String {
    to_json(collections, "created_timestamp", "changed_timestamp")
}

/// Returns the list as gn-auth writes it into `collections2`.
pub(crate) fn as_gn_auth(collections: &[Collection]) -> String {
    to_json(collections, "created", "changed")
}

fn to_json(collections: &[Collection], created: &str, changed: &str) -> String {
    let json = |collection: &Collection| {
        let Collection {
            id,
            name,
            created: time,
            members,
        } = collection;
        let count = members.len();
        let members: Vec<String> = members.iter().map(|text| format!("\"{text}\"")).collect();
        let members = members.join(", ");
        format!(
            r#"{{"id": "{id}", "name": "{name}", "{created}": "{time}", "{changed}": "{time}", "num_members": {count}, "members": [{members}]}}"#
        )
    };
    let collections: Vec<String> = collections.iter().map(json).collect();
    format!("[{}]", collections.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn list_is_json_that_counts_its_members() {
        let mut rng = Rng::with_seed(5);
        for _ in 0..500 {
            let collections = random(&mut rng);
            let read: Vec<Value> = serde_json::from_str(&as_gn2(&collections)).unwrap();
            assert_eq!(read.len(), collections.len());
            for (read, written) in read.iter().zip(&collections) {
                assert_eq!(read["num_members"], written.members.len());
                let members = read["members"].as_array().unwrap();
                assert_eq!(members.len(), written.members.len());
                assert_eq!(read["created_timestamp"], written.created.as_str());
            }
        }
    }
}
