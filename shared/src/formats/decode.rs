//! The text of a file: UTF-8, UTF-16 with a byte order mark, or else Windows-1252, which older
//! programs on Windows write. The mapping of Windows-1252 is that of the WHATWG's Encoding
//! Standard, as in browsers.

use std::borrow::Cow;

/// The characters of the bytes `0x80` to `0x9f`; the other bytes are the first code points.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file, and how it was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DecodedText<'a> {
    /// The text, whose lines end in `\n` or `\r\n`.
    pub(super) text: Cow<'a, str>,
    /// Whether the bytes were read as Windows-1252, which is a guess.
    pub(super) is_windows_1252: bool,
}

/// Returns the text of a file, or `None` for a file that is no text.
pub(super) fn decode(file: &[u8]) -> Option<DecodedText<'_>> {
    let mut is_windows_1252 = false;
    let text = match file {
        [0xff, 0xfe, units @ ..] => utf_16(units, u16::from_le_bytes)?,
        [0xfe, 0xff, units @ ..] => utf_16(units, u16::from_be_bytes)?,
        _ => {
            if let Ok(text) = std::str::from_utf8(file) {
                Cow::Borrowed(text)
            } else {
                is_windows_1252 = true;
                Cow::Owned(file.iter().copied().map(windows_1252).collect())
            }
        }
    };
    let is_binary = |c: char| c == '\0' || (is_windows_1252 && c < '\t');
    if text.contains(is_binary) {
        return None;
    }
    Some(DecodedText {
        text: with_line_feeds(text),
        is_windows_1252,
    })
}

fn utf_16(units: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Cow<'static, str>> {
    let pairs = units.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.ok().map(Cow::Owned)
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

/// Replaces the line ends of older Macs, which are `\r` alone. A text with a `\n` has others.
fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') && !text.contains('\n') {
        Cow::Owned(text.replace('\r', "\n"))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(file: &[u8]) -> Option<(String, bool)> {
        decode(file).map(|read| (read.text.into_owned(), read.is_windows_1252))
    }

    #[test]
    fn encodings_of_spreadsheets_are_decoded() {
        let read = |text: &str, guessed| Some((text.to_owned(), guessed));
        assert_eq!(decoded("ö:D".as_bytes()), read("ö:D", false));
        assert_eq!(decoded(b"\xff\xfex\0:\0D\0"), read("x:D", false));
        assert_eq!(decoded(b"\xfe\xff\0x\0:\0D"), read("x:D", false));
        assert_eq!(decoded(b"\xf6\x80\x93"), read("ö€“", true));
        assert_eq!(decoded(b"a\rb\r"), read("a\nb\n", false));
        assert_eq!(decoded(b"a\r\nb\rc"), read("a\r\nb\rc", false));
    }

    #[test]
    fn files_that_are_no_text_are_refused() {
        for file in [&b"a\0b"[..], b"\xff\xfea", b"\xff\xfe\0\xd8", b"\xff\x01"] {
            assert_eq!(decode(file), None);
        }
    }
}
