//! Long computations of the page, run in a Web Worker so that typing and scrolling go on.
//!
//! This is a second WebAssembly module, which the page loads when it first needs it. It uses
//! neither Yew nor the network nor the database: bytes in, bytes out.
//!
//! - [`WorkerJob`], [`WorkerResult`]: a computation and its result
//! - [`encode`], [`decode`]: both as bytes, which page and worker transfer without copying
//! - [`run`]: computes the result
//! - `workbook`: opens `.xlsx` and `.ods`
//!
//! `cargo xtask page` adds a hash to the name of the worker, so a page always loads the worker of
//! its own build. A build by trunk alone has no such names: after a deployment, an open page would
//! load the new worker. Therefore the worker first sends its [`PROTOCOL`].

mod workbook;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::formats::pasted::PastedTraits;
use shared::formats::{self, Export, FileCollection, FileError, Format, ParsedFile};
use shared::setops::{self, Operation, Region};

/// The version of the messages. It must rise with every change of [`WorkerJob`] and
/// [`WorkerResult`], and of the types in them.
pub const PROTOCOL: u32 = 2;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum WorkerJob {
    /// Parses pasted traits.
    Paste {
        text: String,
        /// The present members of the collection.
        members: Vec<String>,
        /// The dataset of ids without one, or nothing.
        dataset: String,
    },
    /// Reads a file of any format, or a workbook.
    Read {
        name: String,
        /// The dataset of ids without one, or nothing.
        dataset: String,
        #[serde(with = "serde_bytes")]
        content: Vec<u8>,
    },
    /// Writes a file.
    Write {
        format: Format,
        collections: Vec<FileCollection>,
        export: Export,
    },
    /// Counts the members of each region of the Venn diagram.
    Regions(Vec<Vec<String>>),
    /// Combines collections by a set operation.
    Combine(Operation, Vec<Vec<String>>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum WorkerResult {
    Pasted(PastedTraits),
    Read(Result<ParsedFile, FileError>),
    Written(String),
    /// `None` for more collections than can be compared.
    Regions(Option<Vec<Region>>),
    /// `None` for more collections than can be compared.
    Members(Option<Vec<String>>),
}

pub fn run(job: WorkerJob) -> WorkerResult {
    match job {
        WorkerJob::Paste {
            text,
            members,
            dataset,
        } => WorkerResult::Pasted(formats::read_text(&text, &members, &dataset)),
        WorkerJob::Read {
            name,
            dataset,
            content,
        } => WorkerResult::Read(read_file(&name, content, &dataset)),
        WorkerJob::Write {
            format,
            collections,
            export,
        } => WorkerResult::Written(formats::write(format, &collections, &export)),
        WorkerJob::Regions(collections) => {
            WorkerResult::Regions(setops::regions(&collections).ok())
        }
        WorkerJob::Combine(operation, collections) => {
            let members = setops::combine(operation, &collections).ok();
            let owned = |members: Vec<&str>| members.into_iter().map(str::to_owned).collect();
            WorkerResult::Members(members.map(owned))
        }
    }
}

fn read_file(name: &str, content: Vec<u8>, dataset: &str) -> Result<ParsedFile, FileError> {
    if workbook::is_workbook(&content) {
        workbook::read(content, dataset)
    } else {
        formats::read(name, &content, dataset)
    }
}

/// Encodes a message. Fails for no message of this module.
pub fn encode(message: &impl Serialize) -> Option<Vec<u8>> {
    postcard::to_allocvec(message).ok()
}

/// Decodes a message. `None` for bytes of another type.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_encoded(job: &WorkerJob) -> WorkerResult {
        let bytes = encode(job).expect("bytes");
        let result = run(decode(&bytes).expect("a job"));
        decode(&encode(&result).expect("bytes")).expect("a result")
    }

    #[test]
    fn every_job_returns_its_kind_of_result() {
        let members = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        let WorkerResult::Pasted(pasted) = run_encoded(&WorkerJob::Paste {
            text: "a:D b:D x".to_owned(),
            members: members(&["a:D"]),
            dataset: String::new(),
        }) else {
            panic!("another result")
        };
        assert_eq!(pasted.new, ["b:D"]);
        let WorkerResult::Written(content) = run_encoded(&WorkerJob::Write {
            format: Format::Tsv,
            collections: vec![FileCollection {
                name: "n".to_owned(),
                members: members(&["a:D"]),
                ..FileCollection::default()
            }],
            export: Export {
                email: None,
                at: shared::timestamp::Timestamp::EPOCH,
                signatures: std::collections::BTreeMap::new(),
            },
        }) else {
            panic!("another result")
        };
        let WorkerResult::Read(Ok(reading)) = run_encoded(&WorkerJob::Read {
            name: "n.tsv".to_owned(),
            dataset: String::new(),
            content: content.into_bytes(),
        }) else {
            panic!("another result")
        };
        assert_eq!(reading.collections[0].members, ["a:D"]);
        let sets = vec![members(&["a:D", "b:D"]), members(&["b:D"])];
        let regions = vec![
            Region {
                sets: 0b01,
                members: 1,
            },
            Region {
                sets: 0b11,
                members: 1,
            },
        ];
        assert_eq!(
            run_encoded(&WorkerJob::Regions(sets.clone())),
            WorkerResult::Regions(Some(regions))
        );
        assert_eq!(
            run_encoded(&WorkerJob::Combine(Operation::Difference, sets)),
            WorkerResult::Members(Some(members(&["a:D"])))
        );
        let too_many = vec![Vec::new(); setops::MAX_SETS + 1];
        assert_eq!(
            run_encoded(&WorkerJob::Regions(too_many)),
            WorkerResult::Regions(None)
        );
    }

    #[test]
    fn foreign_bytes_are_refused() {
        assert_eq!(decode::<WorkerJob>(&[9, 9, 9]), None);
    }
}
