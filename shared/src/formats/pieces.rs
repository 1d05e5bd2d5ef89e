//! Splits a line of a text into pieces that may be traits, without the quotes, brackets and
//! punctuation around them.

use super::formula::unescape_formula;
use super::link;

/// Characters between pieces, besides white space.
const SEPARATORS: [char; 7] = [',', ';', '|', '，', '、', '；', '،'];

/// Characters that are written for a colon.
const COLONS: [char; 3] = ['：', '﹕', '∶'];

const QUOTES: [char; 15] = [
    '"', '\'', '`', '´', '“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '‹', '›',
];

const BRACKETS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];

/// Characters that end a sentence.
const PUNCTUATION: [char; 4] = ['.', '!', '?', '…'];

/// Characters that begin an entry of a list.
const BULLETS: [&str; 7] = ["-", "–", "—", "•", "*", "·", "="];

/// A piece of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// The trait that a link leads to.
    Linked(String),
    /// Any other text.
    Text(String),
}

/// Returns the pieces of a line.
pub(super) fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    for word in line.split_whitespace() {
        let is_trait_page = link::has_trait_page(word);
        if !is_trait_page && !word.contains("://") {
            words.extend([word, " "]);
            continue;
        }
        pieces.extend(texts(&std::mem::take(&mut words)));
        let linked = link::traits_of_links(word);
        if linked.is_empty() {
            pieces.push(Piece::Text(undecorated(word).to_owned()));
        }
        pieces.extend(linked.into_iter().map(Piece::Linked));
    }
    pieces.extend(texts(&words));
    pieces
}

fn texts(words: &str) -> Vec<Piece> {
    if words.is_empty() {
        return Vec::new();
    }
    let words = words.replace(COLONS, ":");
    let groups = words.split(SEPARATORS);
    let pieces = groups.flat_map(joined_at_colons).map(|piece| plain(&piece));
    let is_piece = |piece: &String| !piece.is_empty() && !BULLETS.contains(&piece.as_str());
    pieces.filter(is_piece).map(Piece::Text).collect()
}

/// Returns the words of a group. `a : b` is one word, and so are `a: b` and `a :b` if they look
/// like an id and a dataset.
fn joined_at_colons(group: &str) -> Vec<String> {
    let words: Vec<&str> = group.split_whitespace().collect();
    if let [id, ":", dataset] = words[..]
        && !id.contains(':')
        && !dataset.contains(':')
    {
        return vec![format!("{id}:{dataset}")];
    }
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match joined.last_mut() {
            Some(last) if belongs_to(last, word) => last.push_str(word),
            _ => joined.push(word.to_owned()),
        }
    }
    joined
}

/// Whether a word continues the one before it, which ends with a colon if it does not begin with
/// one itself.
fn belongs_to(before: &str, word: &str) -> bool {
    let id = before.strip_suffix(':').unwrap_or(before);
    let dataset = word.strip_prefix(':').unwrap_or(word);
    let colons = before.len() - id.len() + word.len() - dataset.len();
    let is_id = !id.contains(':') && id.contains(|c: char| c.is_ascii_digit() || c == '_');
    let begins_dataset = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase());
    let is_dataset = !dataset.contains(':')
        && begins_dataset(undecorated(dataset))
        && (dataset.contains('_') || dataset.len() > 4);
    colons == 1 && is_id && (is_dataset || dataset.is_empty())
}

/// Returns a piece without the escapes of our files, and without decoration around it and around
/// its parts.
fn plain(piece: &str) -> String {
    let piece = unescape_formula(piece);
    let piece: &str = undecorated(piece.strip_prefix("c(").unwrap_or(&piece));
    let parts: Vec<&str> = piece
        .split(':')
        .map(|part| part.trim_matches(QUOTES))
        .collect();
    parts.join(":")
}

/// Returns a text without quotes, unpaired brackets, brackets around all of it, and punctuation at
/// its end.
fn undecorated(text: &str) -> &str {
    let mut text = text;
    loop {
        let before = text;
        text = text.trim_matches(QUOTES).trim_end_matches(PUNCTUATION);
        for (open, close) in BRACKETS {
            let has_open = text.starts_with(open);
            let has_close = text.ends_with(close);
            if has_open && (has_close || !text.contains(close)) {
                text = &text[1..];
            }
            if has_close && (has_open || !text.contains(open)) {
                text = text.strip_suffix(close).unwrap_or(text);
            }
        }
        if text == before {
            return text;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts_of(line: &str) -> Vec<String> {
        let texts = pieces(line).into_iter().map(|piece| match piece {
            Piece::Linked(text) => format!("link {text}"),
            Piece::Text(text) => text,
        });
        texts.collect()
    }

    #[test]
    fn decoration_is_removed() {
        for line in [
            "1_at:HC, 10710:BXDPublish.",
            "\"1_at:HC\" '10710:BXDPublish'",
            "“1_at:HC”, „10710:BXDPublish“!",
            "(1_at:HC; [10710:BXDPublish])",
            "c(\"1_at:HC\", \"10710:BXDPublish\")",
            "{1_at:HC} <10710:BXDPublish>",
            "• 1_at:HC | 10710:BXDPublish",
            "1_at：HC、10710：BXDPublish。".trim_end_matches('。'),
            "1_at : HC, 10710 : BXDPublish",
            "\"1_at\":\"HC\" 10710: BXDPublish",
            "1_at:HC 10710 :BXDPublish?",
            "1_at:HC 10710 : BXDPublish",
        ] {
            assert_eq!(texts_of(line), ["1_at:HC", "10710:BXDPublish"], "{line}");
        }
        assert_eq!(texts_of("a : b"), ["a:b"]);
        assert_eq!(texts_of("PCA(1)_a:D"), ["PCA(1)_a:D"]);
    }

    #[test]
    fn words_are_not_joined() {
        assert_eq!(texts_of("Phenotype: Central"), ["Phenotype:", "Central"]);
        assert_eq!(texts_of("ID: 11320"), ["ID:", "11320"]);
        assert_eq!(texts_of("foo :D x: ::"), ["foo", ":D", "x:", "::"]);
    }

    #[test]
    fn links_stay_whole() {
        assert_eq!(
            texts_of("see http://x.org/a,b:1 and /show_trait?dataset=D&trait_id=1;"),
            ["see", "http://x.org/a,b:1", "and", "link 1:D"]
        );
    }
}
