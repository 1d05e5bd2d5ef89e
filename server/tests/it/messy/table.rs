//! The assertion of each case of `messy.jsonl`, and the `expect` texts of each assertion. Tests of
//! the page cover the statements about the page.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Check {
    /// An account record; each `expect` has its own check.
    Account,
    /// The whole value is listed as unreadable and stays.
    ListUnreadable,
    /// Nothing is offered and nothing changes.
    NoCollections,
    /// The valid entry moves; the other is listed with a reason and stays byte for byte.
    EntryUnreadable,
    /// Both entries move, the first with this repair.
    Repaired(&'static str),
    /// The new spelling of the times takes precedence.
    NewSpellingWins,
    /// Both entries move, the first unchanged.
    Offered,
    /// Both entries move; unknown fields keep every digit.
    UnknownFields,
    /// The empty entry is listed and stays.
    EmptyNotTicked,
    /// The entry moves, or is listed and stays.
    NeverAFailure,
    /// Both entries move, with two ids.
    SameId,
    /// Both entries move, with two names.
    SameName,
    /// A single entry moves.
    TwiceTheSame,
    /// The new account's list cannot be read, so nothing is written.
    TargetUnreadable,
    /// An entry of the new account's list cannot be read and stays.
    TargetEntryUnreadable,
    /// The flag cannot be read and stays.
    Flag,
}

impl Check {
    /// The `expect` texts of the assertion.
    pub(super) fn meant_by(self) -> &'static [&'static str] {
        match self {
            Self::Account => &[
                "the sound account's person is served as if this record were not there; the operator's report lists it",
                "the hash field is the id: its collections are found",
                "collections under either id are found, listed once",
                "found for person@example.org",
                "found for person@xn--bcher-kva.example and the other way round",
                "found for the composed spelling of the same address",
                "found: the new server verified the address",
                "found",
                "found; nothing of the password is ever read, logged or returned",
                "found; the name is shown with a replacement character",
                "found, or listed for the operator as unreadable; never a failure for anybody",
            ],
            Self::ListUnreadable => &[
                "the account is listed with one unreadable value and its reason; the value stays byte for byte; nothing is offered",
            ],
            Self::NoCollections => &[
                "no collections: nothing is offered, the value stays as it is",
                "no collections: nothing is offered",
            ],
            Self::EntryUnreadable => &[
                "the sound one is offered; this entry is listed as unreadable with the reason, and stays in the old list byte for byte after the migration",
            ],
            Self::Repaired(_) => &[
                "offered together with the sound one, with this repair listed; readable by gn-auth afterwards",
                "offered together with the sound one, with this repair listed; readable by gn-auth afterwards; the date is kept",
                "offered together with the sound one, with this repair listed; readable by gn-auth afterwards; one member is left",
                "offered together with the sound one, with this repair listed; readable by gn-auth afterwards; two members",
                "offered together with the sound one, with this repair listed; readable by gn-auth afterwards; a name is made from the date",
                "offered together with the sound one, with this repair listed; readable by gn-auth afterwards; the name is \"42\"",
            ],
            Self::NewSpellingWins => &["offered; the new spelling wins, as in gn-auth"],
            Self::Offered => &[
                "offered; both members are kept",
                "offered; shown as text everywhere, exported unharmed",
                "offered; neutralised in CSV",
                "offered; does not disturb the text around it",
                "offered",
                "offered; the page stays usable",
            ],
            Self::UnknownFields => &["offered; unknown fields come through with the same digits"],
            Self::EmptyNotTicked => {
                &["the sound one is offered; the empty one is listed, not ticked"]
            }
            Self::NeverAFailure => &[
                "offered with a repair, or listed as unreadable and left; never a failure",
                "offered, or listed as unreadable and left; never a failure",
            ],
            Self::SameId => &["both are offered; one gets a fresh id"],
            Self::SameName => &["both are offered; one under a free name"],
            Self::TwiceTheSame => &["one is moved; the other is already present"],
            Self::TargetUnreadable => &[
                "503-like clear error on writing, nothing moved, nothing overwritten; the operator's report lists it",
            ],
            Self::TargetEntryUnreadable => {
                &["shown beside the good one as unreadable; a migration keeps it byte for byte"]
            }
            Self::Flag => &["ignored on reading; on writing left as it is; migration works"],
        }
    }
}

/// The assertion of every case.
pub(super) const CASES: &[(Check, &[&str])] = &[
    (
        Check::Account,
        &[
            "account: truncated JSON",
            "account: empty string",
            "account: null",
            "account: list",
            "account: number",
            "account: not UTF-8",
            "account: no user_id",
            "account: user_id differs from the field",
            "account: e-mail is a number",
            "account: e-mail null",
            "account: no e-mail (ORCID)",
            "account: capitals and spaces",
            "account: international domain",
            "account: decomposed accents",
            "account: not confirmed in GN2",
            "account: inactive",
            "account: password is a JSON string",
            "account: lone surrogate in the name",
            "account: NaN in an unused field",
        ],
    ),
    (
        Check::ListUnreadable,
        &[
            "list: not JSON",
            "list: object",
            "list: truncated",
            "list: not UTF-8",
            "list: nested 10,000 deep",
        ],
    ),
    (
        Check::NoCollections,
        &["list: null", "list: empty string", "list: empty"],
    ),
    (
        Check::EntryUnreadable,
        &[
            "entry: string",
            "entry: null",
            "entry: number",
            "entry: list",
            "entry: no members",
            "entry: members null",
            "entry: members is an object",
        ],
    ),
    (
        Check::Repaired("id"),
        &["entry: no id", "entry: id is not a UUID", "entry: id null"],
    ),
    (
        Check::Repaired("created"),
        &[
            "entry: no timestamps",
            "entry: timestamp null",
            "entry: ISO timestamp",
        ],
    ),
    (Check::Repaired("changed"), &["entry: epoch timestamp"]),
    (
        Check::NewSpellingWins,
        &["entry: both spellings of the timestamps"],
    ),
    (
        Check::Repaired("num_members"),
        &[
            "entry: num_members wrong",
            "entry: num_members is a string",
            "entry: num_members missing",
        ],
    ),
    (
        Check::Repaired("members"),
        &[
            "entry: blank and repeated members",
            "entry: members that are not strings",
            "entry: members as one comma-separated string",
        ],
    ),
    (
        Check::Offered,
        &[
            "entry: members without a colon",
            "entry: member with two colons",
            "entry: name with HTML",
            "entry: name with a spreadsheet formula",
            "entry: right-to-left and emoji name",
            "entry: NUL and control characters in the name",
            "entry: name of 100,000 characters",
        ],
    ),
    (
        Check::Repaired("name"),
        &[
            "entry: no name",
            "entry: name null",
            "entry: name is a number",
            "entry: name blank",
        ],
    ),
    (Check::UnknownFields, &["entry: unknown fields"]),
    (Check::EmptyNotTicked, &["entry: empty default collection"]),
    (
        Check::NeverAFailure,
        &[
            "entry: lone surrogate in a member",
            "list: NaN in one entry",
        ],
    ),
    (Check::SameId, &["list: the same id twice"]),
    (Check::SameName, &["list: the same name twice"]),
    (Check::TwiceTheSame, &["list: twice the same collection"]),
    (
        Check::TargetUnreadable,
        &["target: the new list is not JSON"],
    ),
    (
        Check::TargetEntryUnreadable,
        &["target: one bad entry in the new list"],
    ),
    (Check::Flag, &["flags: value is not JSON"]),
];
