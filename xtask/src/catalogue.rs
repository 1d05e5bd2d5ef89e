//! All that people read stands in one catalogue, `client/src/text/`: what draws the pages names its texts and writes
//! none. The tests here read the sources as the compiler does, token by token.
//!
//! In `html!` no child and no attribute that is read out may be a literal with a letter in it. Elsewhere in the same files
//! no literal may look like a sentence.

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};
use std::{fs, path::Path};

/// What draws: the app, its pages and their components.
const DRAWN: [&str; 3] = ["app.rs", "components", "pages"];

/// Attributes that people read or hear.
const READ: [&str; 9] = [
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

/// Calls whose words are for developers.
const FOR_DEVELOPERS: [&str; 3] = ["expect", "panic", "unreachable"];

/// The literals of a source file that belong into the catalogue, each with its line.
fn strays(source: &str) -> Vec<String> {
    let tokens: TokenStream = source.parse().expect("the source is Rust");
    let mut found = Vec::new();
    code(tokens, &mut found);
    found
}

/// Rust outside `html!`.
fn code(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut tests_follow = false;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                if is_attribute(&tokens[..at]) {
                    // Doc comments are some, too.
                    tests_follow |= group.stream().to_string().replace(' ', "") == "cfg(test)";
                } else if tests_follow && group.delimiter() == Delimiter::Brace {
                    tests_follow = false;
                } else if called(&tokens[..at]).is_some_and(|name| name == "html") {
                    markup(group, found);
                } else if !called(&tokens[..at])
                    .is_some_and(|name| FOR_DEVELOPERS.contains(&name.as_str()))
                {
                    code(group.stream(), found);
                }
            }
            TokenTree::Literal(literal) if is_sentence(&words(literal)) => stray(literal, found),
            _ => {}
        }
    }
}

/// Whether the group after these is an attribute of what follows it, or of what it stands in.
fn is_attribute(before: &[TokenTree]) -> bool {
    match before {
        [.., hash, bang] if is_punct(bang, '!') => is_punct(hash, '#'),
        [.., hash] => is_punct(hash, '#'),
        [] => false,
    }
}

/// The name before a group: of a function, or of a macro with its `!`.
fn called(before: &[TokenTree]) -> Option<String> {
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

/// The inside of `html!`: what is the value of an attribute is judged by its name, all else is a child.
fn markup(group: &Group, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let is_read = attribute(&tokens[..at]).is_none_or(|name| READ.contains(&name.as_str()));
        match token {
            TokenTree::Group(inner) if is_read => markup(inner, found),
            TokenTree::Group(inner) => code(inner.stream(), found),
            TokenTree::Literal(literal) if is_read && is_text(&words(literal)) => {
                stray(literal, found);
            }
            _ => {}
        }
    }
}

/// The attribute whose value comes next, as `aria-label` in `aria-label=`. In code, `==` and `=>` are none.
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
        // Two names side by side: the first is the element's, or an attribute of its own.
        if after_a_name && matches!(token, TokenTree::Ident(_)) {
            break;
        }
        parts.push(token.to_string());
    }
    parts.reverse();
    Some(parts.concat())
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

/// What a string literal says, without what is filled in at `{…}`; nothing for a number.
fn words(literal: &Literal) -> String {
    let written = literal.to_string();
    let Some(text) = written.split_once('"').map(|(_, text)| text) else {
        return String::new();
    };
    let mut depth = 0_u32;
    let mut said = String::new();
    for letter in text.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => said.push(letter),
            _ => {}
        }
    }
    said.trim_end_matches(['"', '#']).to_owned()
}

/// Has a letter, and is no id or class such as `add-traits` and `sets__name`.
fn is_text(text: &str) -> bool {
    let is_plain = |letter: char| matches!(letter, 'a'..='z' | '0'..='9' | '-' | '_');
    let is_name = text.contains(['-', '_']) && text.chars().all(is_plain);
    text.contains(char::is_alphabetic) && !is_name
}

/// Several words, beginning with a capital letter or ending as sentences do.
fn is_sentence(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let several = words.clone().count() > 1;
    let begins = words
        .next()
        .is_some_and(|word| word.starts_with(char::is_uppercase));
    several && (begins || text.ends_with(['.', '!', '?', '…']))
}

fn stray(literal: &Literal, found: &mut Vec<String>) {
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
    for part in DRAWN {
        files(&client.join(part), &mut all);
    }
    assert!(all.len() > 50, "only {} files were found", all.len());
    let found: Vec<String> = all
        .iter()
        .flat_map(|file| {
            let source = fs::read_to_string(file).expect("the file can be read");
            let strays = strays(&source).into_iter();
            strays
                .map(|stray| format!("{}, {stray}", file.display()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "not in client/src/text: {found:#?}");
}

#[test]
fn what_people_would_read_is_found() {
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
        assert_eq!(strays(source).len(), 1, "{source}");
    }
}

#[test]
fn what_nobody_reads_is_passed_over() {
    for source in [
        r#"fn a() { html! { <a class="button button--quiet" aria-current="page" href={x}>{ ", " }</a> } }"#,
        r#"fn a() { html! { <li>{ sentence("{name}", Some(name)) }{ " · " }</li> } }"#,
        r#"fn a() { html! { <input checked={kind == "radio"} type="text" /> } }"#,
        r#"//! Shows it. As it is.
        /// Shows it. As it is.
        fn a() { x.expect("A context is there"); "notice notice--danger" }"#,
        r#"#[cfg(test)] mod tests { fn a() { b("A name of several words.") } }"#,
    ] {
        assert_eq!(strays(source), [""; 0], "{source}");
    }
}
