//! Tests that all texts of the page are in the catalogue `client/src/text/`, by reading the
//! sources of pages and components token by token.
//!
//! In `html!`, no child and no attribute that users read or hear may be a literal with a letter
//! in it. Elsewhere in these files no literal may look like a sentence.

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};
use std::{fs, path::Path};

const SOURCES: [&str; 3] = ["app.rs", "components", "pages"];

/// Attributes that users read or hear.
const TEXT_ATTRIBUTES: [&str; 9] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "label",
    "placeholder",
    "title",
];

/// Calls whose messages only developers read.
const FOR_DEVELOPERS: [&str; 3] = ["expect", "panic", "unreachable"];

/// Returns the literals of a source file that belong into the catalogue, each with its line.
fn misplaced_texts(source: &str) -> Vec<String> {
    let tokens: TokenStream = source.parse().expect("the source is Rust");
    let mut found = Vec::new();
    check_code(tokens, &mut found);
    found
}

/// Checks Rust code outside `html!`.
fn check_code(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut tests_follow = false;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                if is_attribute(&tokens[..at]) {
                    // Doc comments are attributes too.
                    tests_follow |= group.stream().to_string().replace(' ', "") == "cfg(test)";
                } else if tests_follow && group.delimiter() == Delimiter::Brace {
                    tests_follow = false;
                } else if called_name(&tokens[..at]).is_some_and(|name| name == "html") {
                    check_markup(group, found);
                } else if !called_name(&tokens[..at])
                    .is_some_and(|name| FOR_DEVELOPERS.contains(&name.as_str()))
                {
                    check_code(group.stream(), found);
                }
            }
            TokenTree::Literal(literal) if is_sentence(&literal_text(literal)) => {
                report(literal, found);
            }
            _ => {}
        }
    }
}

/// Whether the group after these tokens is an attribute.
fn is_attribute(before: &[TokenTree]) -> bool {
    match before {
        [.., hash, bang] if is_punct(bang, '!') => is_punct(hash, '#'),
        [.., hash] => is_punct(hash, '#'),
        [] => false,
    }
}

/// Returns the name before a group: the called function or macro.
fn called_name(before: &[TokenTree]) -> Option<String> {
    let name = match before {
        [.., name, bang] if is_punct(bang, '!') => name,
        [.., name] => name,
        [] => return None,
    };
    match name {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

/// Checks the inside of `html!`, where tokens are attribute values or children.
fn check_markup(group: &Group, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let is_text_place =
            attribute(&tokens[..at]).is_none_or(|name| TEXT_ATTRIBUTES.contains(&name.as_str()));
        match token {
            TokenTree::Group(inner) if is_text_place => check_markup(inner, found),
            TokenTree::Group(inner) => check_code(inner.stream(), found),
            TokenTree::Literal(literal) if is_text_place && is_text(&literal_text(literal)) => {
                report(literal, found);
            }
            _ => {}
        }
    }
}

/// Returns the attribute whose value comes next: `aria-label` after `aria-label=`. `==` and `=>`
/// belong to code.
fn attribute(before: &[TokenTree]) -> Option<String> {
    let [names @ .., equals] = before else {
        return None;
    };
    if !is_punct(equals, '=') || names.last().is_some_and(|last| is_punct(last, '=')) {
        return None;
    }
    let is_part = |token: &&TokenTree| matches!(token, TokenTree::Ident(_)) || is_punct(token, '-');
    let mut parts: Vec<String> = Vec::new();
    for token in names.iter().rev().take_while(is_part) {
        let after_a_name = parts.last().is_some_and(|last| last != "-");
        // Of two names side by side, the first belongs to the element or another attribute.
        if after_a_name && matches!(token, TokenTree::Ident(_)) {
            break;
        }
        parts.push(token.to_string());
    }
    parts.reverse();
    Some(parts.concat())
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// Returns the text of a string literal without its `{…}` placeholders; nothing for a number.
fn literal_text(literal: &Literal) -> String {
    let written = literal.to_string();
    let Some(text) = written.split_once('"').map(|(_, text)| text) else {
        return String::new();
    };
    let mut depth = 0_u32;
    let mut result = String::new();
    for letter in text.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => result.push(letter),
            _ => {}
        }
    }
    result.trim_end_matches(['"', '#']).to_owned()
}

/// Whether the text has a letter and is no id or class such as `add-traits` and `sets__name`.
fn is_text(text: &str) -> bool {
    let is_plain = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '-' | '_');
    let is_name = text.contains(['-', '_']) && text.chars().all(is_plain);
    text.contains(char::is_alphabetic) && !is_name
}

/// Whether the text has several words and starts with a capital letter or ends like a sentence.
fn is_sentence(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let several = words.clone().count() > 1;
    let begins = words
        .next()
        .is_some_and(|word| word.starts_with(char::is_uppercase));
    several && (begins || text.ends_with(['.', '!', '?', '…']))
}

fn report(literal: &Literal, found: &mut Vec<String>) {
    found.push(format!("line {}: {literal}", literal.span().start().line));
}

fn files(path: &Path, all: &mut Vec<std::path::PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("the folder can be read") {
            files(&entry.expect("the entry can be read").path(), all);
        }
    } else {
        all.push(path.to_owned());
    }
}

#[test]
fn pages_and_components_write_no_text_themselves() {
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("../client/src");
    let mut all = Vec::new();
    for part in SOURCES {
        files(&client.join(part), &mut all);
    }
    assert!(all.len() > 50, "only {} files were found", all.len());
    let found: Vec<String> = all
        .iter()
        .flat_map(|file| {
            let source = fs::read_to_string(file).expect("the file can be read");
            let texts = misplaced_texts(&source).into_iter();
            texts
                .map(|text| format!("{}, {text}", file.display()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "not in client/src/text: {found:#?}");
}

#[test]
fn texts_for_users_are_found() {
    for source in [
        r#"fn a() { html! { <p>{ "Loading" }</p> } }"#,
        r#"fn a() { html! { <p>{ if x { "none" } else { text::SOME } }</p> } }"#,
        r#"fn a() { html! { <button aria-label="Close" class="b">{ X }</button> } }"#,
        r#"fn a() { html! { <Page title={x.unwrap_or("Nothing")} /> } }"#,
        r#"fn a() { html! { <div>{ for y.map(|z| html! { <b>{ "no" }</b> }) }</div> } }"#,
        r#"fn a() { html! { <input placeholder="e.g. 1:D" /> } }"#,
        r#"fn a() { notice(Tone::Plain, "It is done", body) }"#,
        r#"fn a() { html! { <a onclick={move |_| show("It is done")}>{ X }</a> } }"#,
        r#"fn a() { html! { <p>{ format!("{n} traits") }</p> } }"#,
    ] {
        assert_eq!(misplaced_texts(source).len(), 1, "{source}");
    }
}

#[test]
fn other_literals_are_ignored() {
    for source in [
        r#"fn a() { html! { <a class="button button--quiet" aria-current="page" href={x}>{ ", " }</a> } }"#,
        r#"fn a() { html! { <li>{ sentence("{name}", Some(name)) }{ " · " }</li> } }"#,
        r#"fn a() { html! { <input checked={kind == "radio"} type="text" /> } }"#,
        r#"//! Shows it. As it is.
        /// Shows it. As it is.
        fn a() { x.expect("A context is there"); "notice notice--danger" }"#,
        r#"#[cfg(test)] mod tests { fn a() { b("A name of several words.") } }"#,
    ] {
        assert_eq!(misplaced_texts(source), [""; 0], "{source}");
    }
}
