//! What takes the page too long is done here, in a Web Worker: typing and scrolling go on meanwhile.
//!
//! A second WebAssembly module, which the page loads when it first needs it and no sooner. It knows neither Yew nor the
//! network nor the database: bytes in, bytes out.
//!
//! - [`Job`], [`Answer`]: what is asked, and what comes of it
//! - [`pack`], [`unpack`]: both as the bytes that are handed over, not copied, between page and worker
//! - [`work`]: does it
//!
//! The page and the worker are two files of one build: `cargo xtask page` names the worker by its content, and the page asks for it
//! by that name. Built by trunk alone, a page that was opened before a deployment finds the worker of the new one; so the worker
//! says first which [`PROTOCOL`] it speaks.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::formats::pasted::{self, Pasted};
use shared::formats::{self, Export, FileCollection, Format, Reading, Refused};
use shared::setops::{self, Operation, Region};

/// To be raised with every change of [`Job`] and [`Answer`], and of all that is in them.
pub const PROTOCOL: u32 = 1;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Job {
    /// Traits as people paste them.
    Paste {
        /// The text.
        text: String,
        /// What the collection has already.
        members: Vec<String>,
    },
    /// A file of any format.
    Read {
        /// Its name.
        name: String,
        /// Its content.
        #[serde(with = "serde_bytes")]
        content: Vec<u8>,
    },
    /// A file to be made.
    Write {
        /// Its format.
        format: Format,
        /// What it is to hold.
        collections: Vec<FileCollection>,
        /// What else it says.
        export: Export,
    },
    /// How many members are in which of these collections.
    Regions(Vec<Vec<String>>),
    /// The members of a combination.
    Combine(Operation, Vec<Vec<String>>),
}

/// What comes of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// Of [`Job::Paste`].
    Pasted(Pasted),
    /// Of [`Job::Read`].
    Read(Result<Reading, Refused>),
    /// Of [`Job::Write`].
    Written(String),
    /// Of [`Job::Regions`]; `None` for more collections than can be compared.
    Regions(Option<Vec<Region>>),
    /// Of [`Job::Combine`]; `None` as above.
    Members(Option<Vec<String>>),
}

/// Does it.
pub fn work(job: Job) -> Answer {
    match job {
        Job::Paste { text, members } => Answer::Pasted(pasted::read(&text, &members)),
        Job::Read { name, content } => Answer::Read(formats::read(&name, &content)),
        Job::Write {
            format,
            collections,
            export,
        } => Answer::Written(formats::write(format, &collections, &export)),
        Job::Regions(collections) => Answer::Regions(setops::regions(&collections).ok()),
        Job::Combine(operation, collections) => {
            let members = setops::combine(operation, &collections).ok();
            let owned = |members: Vec<&str>| members.into_iter().map(str::to_owned).collect();
            Answer::Members(members.map(owned))
        }
    }
}

/// A message as bytes; `None` never happens for what is sent here.
pub fn pack(message: &impl Serialize) -> Option<Vec<u8>> {
    postcard::to_allocvec(message).ok()
}

/// The message that these bytes are; `None` when they are none of this type.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(job: &Job) -> Answer {
        let bytes = pack(job).expect("bytes");
        let answer = work(unpack(&bytes).expect("a job"));
        unpack(&pack(&answer).expect("bytes")).expect("an answer")
    }

    #[test]
    fn every_job_has_its_answer() {
        let members = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        let Answer::Pasted(pasted) = ask(&Job::Paste {
            text: "a:D b:D x".to_owned(),
            members: members(&["a:D"]),
        }) else {
            panic!("another answer")
        };
        assert_eq!(pasted.new, ["b:D"]);
        let Answer::Written(content) = ask(&Job::Write {
            format: Format::Tsv,
            collections: vec![FileCollection {
                name: "n".to_owned(),
                members: members(&["a:D"]),
                ..FileCollection::default()
            }],
            export: Export {
                email: None,
                at: shared::timestamp::Timestamp::EPOCH,
            },
        }) else {
            panic!("another answer")
        };
        let Answer::Read(Ok(reading)) = ask(&Job::Read {
            name: "n.tsv".to_owned(),
            content: content.into_bytes(),
        }) else {
            panic!("another answer")
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
            ask(&Job::Regions(sets.clone())),
            Answer::Regions(Some(regions))
        );
        assert_eq!(
            ask(&Job::Combine(Operation::Difference, sets)),
            Answer::Members(Some(members(&["a:D"])))
        );
        let too_many = vec![Vec::new(); setops::MAX_SETS + 1];
        assert_eq!(ask(&Job::Regions(too_many)), Answer::Regions(None));
    }

    #[test]
    fn foreign_bytes_are_no_message() {
        assert_eq!(unpack::<Job>(&[9, 9, 9]), None);
    }
}
