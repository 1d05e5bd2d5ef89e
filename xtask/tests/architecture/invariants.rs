//! Invariants of ARCHITECTURE.md that are seen in the text of a file.

use super::{assert_none, paths, root};
use proc_macro2::{TokenStream, TokenTree};
use std::fs;
use syn::{Attribute, Field, Fields, Item, LitStr, visit::Visit};

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Files of a folder that end so, with their text.
fn texts(folder: &str, ending: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(root().join(folder)).expect("the folder is readable");
    let names = entries.map(|entry| entry.expect("the entry is readable").file_name());
    let paths = names.map(|name| format!("{folder}/{}", name.to_string_lossy()));
    paths
        .filter(|path| path.ends_with(ending))
        .map(|path| (path.clone(), read(&path)))
        .collect()
}

/// The string literals of a file outside its tests, each with its line.
struct Literals(Vec<(usize, String)>);

impl<'ast> Visit<'ast> for Literals {
    fn visit_item(&mut self, item: &'ast Item) {
        if !paths::is_for_tests(paths::attributes(item)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_lit_str(&mut self, literal: &'ast LitStr) {
        self.0.push((literal.span().start().line, literal.value()));
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.add_tokens(item.tokens.clone());
    }
}

impl Literals {
    fn of(text: &str) -> Self {
        let mut literals = Self(Vec::new());
        literals.visit_file(&syn::parse_file(text).expect("the file is Rust"));
        literals
    }

    fn add_tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.add_tokens(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<LitStr>(&literal.to_string()) {
                        self.0.push((literal.span().start().line, text.value()));
                    }
                }
                _ => {}
            }
        }
    }
}

/// The words before a colon in the literals of `store/keys.rs`, as `receipts:`.
fn key_words(keys: &str) -> Vec<String> {
    let literals = Literals::of(keys).0;
    let parts = literals.iter().flat_map(|(_, text)| text.split(['{', '}']));
    let words = parts.filter_map(|part| part.split_once(':'));
    words
        .filter(|(word, _)| !word.is_empty())
        .map(|(word, _)| format!("{word}:"))
        .collect()
}

fn spelled_keys(words: &[String], text: &str) -> Vec<String> {
    let is_key = |text: &str| words.iter().any(|word| text.contains(word.as_str()));
    let literals = Literals::of(text).0.into_iter();
    literals
        .filter(|(_, text)| is_key(text))
        .map(|(line, text)| format!("{line}: {text:?}"))
        .collect()
}

#[test]
fn only_the_module_of_keys_spells_redis_keys() {
    let words = key_words(&read("server/src/store/keys.rs"));
    assert!(words.contains(&"receipts:".to_owned()), "{words:?}");
    let files = super::CRATES.iter().flat_map(|tree| &tree.files);
    let others = files
        .filter(|path| path.starts_with("server/"))
        .filter(|path| !path.ends_with("store/keys.rs"));
    let found: Vec<String> = others
        .flat_map(|path| {
            let keys = spelled_keys(&words, &read(path)).into_iter();
            keys.map(move |key| format!("{path}:{key}"))
        })
        .collect();
    assert_none("Redis keys outside store/keys.rs", &found);
}

#[test]
fn spelled_redis_keys_are_found() {
    let words = key_words(r#"fn key() { format!("{}receipts:{owner}"); }"#);
    let planted = r#"fn read() { get(&format!("mine:receipts:{owner}")) }"#;
    assert_eq!(spelled_keys(&words, planted).len(), 1);
    assert_eq!(spelled_keys(&words, r#"fn read() { "receipts" }"#).len(), 0);
}

#[test]
fn scripts_in_redis_parse_no_json() {
    for (path, text) in texts("server/src/store", ".lua") {
        assert!(!text.contains("cjson"), "{path} parses JSON");
    }
}

/// Fields that hold secrets.
const SECRETS: [&str; 7] = [
    "access_token",
    "refresh_token",
    "id_token",
    "code",
    "code_verifier",
    "password",
    "secret",
];

/// Structures that derive `Debug` although a field of plain text holds a secret.
fn printable_secrets(text: &str) -> Vec<String> {
    let is_secret = |field: &Field| {
        let name = field.ident.as_ref().map(ToString::to_string);
        let kind = quoted(&field.ty);
        name.is_some_and(|name| SECRETS.contains(&name.as_str()))
            && ["String", "Option < String >"].contains(&kind.as_str())
    };
    let syntax = syn::parse_file(text).expect("the file is Rust");
    let structures = syntax.items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(item),
        _ => None,
    });
    structures
        .filter(|item| derives_debug(&item.attrs))
        .filter(
            |item| matches!(&item.fields, Fields::Named(all) if all.named.iter().any(is_secret)),
        )
        .map(|item| item.ident.to_string())
        .collect()
}

fn quoted(kind: &syn::Type) -> String {
    let syn::Type::Path(path) = kind else {
        return String::new();
    };
    let Some(last) = path.path.segments.last() else {
        return String::new();
    };
    match &last.arguments {
        syn::PathArguments::AngleBracketed(inner) => match inner.args.first() {
            Some(syn::GenericArgument::Type(inner)) => {
                format!("{} < {} >", last.ident, quoted(inner))
            }
            _ => last.ident.to_string(),
        },
        _ => last.ident.to_string(),
    }
}

fn derives_debug(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("derive") => list
            .tokens
            .to_string()
            .split([',', ' '])
            .any(|name| name == "Debug"),
        _ => false,
    })
}

#[test]
fn types_that_hold_secrets_derive_no_debug() {
    let found: Vec<String> = super::rust_files()
        .iter()
        .filter(|(path, _)| !path.contains("/tests/"))
        .flat_map(|(path, text)| {
            let names = printable_secrets(text).into_iter();
            names.map(move |name| format!("{path}: {name}"))
        })
        .collect();
    assert_none("types that print secrets", &found);
}

#[test]
fn printable_secrets_are_found() {
    let planted = "#[derive(Clone, Debug)] struct TokenResponse { access_token: Option<String> }";
    assert_eq!(printable_secrets(planted), ["TokenResponse"]);
    let redacted = "#[derive(Debug)] struct TokenResponse { access_token: AccessToken }";
    assert_eq!(printable_secrets(redacted), [""; 0]);
}

/// Inline styles, inline scripts and foreign assets in a page or style sheet.
fn against_the_policy(text: &str) -> Vec<&str> {
    let foreign = ["http://", "https://", "url(//", "src=\"//", "href=\"//"];
    let is_inline = |line: &str| {
        line.contains(" style=")
            || line.contains("<style")
            || line.contains("<script") && !line.contains(" src=")
            || line.contains("javascript:")
            // The build bundles the sheets that a sheet imports by a relative path.
            || line.contains("@import") && !line.contains("@import './")
    };
    text.lines()
        .filter(|line| is_inline(line) || foreign.iter().any(|mark| line.contains(mark)))
        .collect()
}

#[test]
fn page_and_styles_hold_no_inline_code_and_no_foreign_asset() {
    let mut files = texts("styles", ".css");
    files.push(("index.html".to_owned(), read("index.html")));
    for (path, text) in files {
        assert_eq!(against_the_policy(&text), [""; 0], "{path}");
    }
}

#[test]
fn inline_code_and_foreign_assets_are_found() {
    for planted in [
        r#"<p style="color: red">"#,
        "<script>alert(1)</script>",
        r#"<link rel="stylesheet" href="https://fonts.example/a.css" />"#,
        "@import url(other.css);",
    ] {
        assert_eq!(against_the_policy(planted), [planted]);
    }
}

/// The lines of `html!` in which an element has an inline style.
fn inline_styles(text: &str) -> Vec<usize> {
    let mut styles = InlineStyles(Vec::new());
    styles.visit_file(&syn::parse_file(text).expect("the file is Rust"));
    styles.0
}

struct InlineStyles(Vec<usize>);

impl<'ast> Visit<'ast> for InlineStyles {
    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        if item.path.is_ident("html") {
            self.add_tokens(item.tokens.clone());
        }
    }
}

impl InlineStyles {
    fn add_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for window in tokens.windows(3) {
            if let [TokenTree::Ident(name), TokenTree::Punct(equals), value] = window
                && name == "style"
                && equals.as_char() == '='
                && !matches!(value, TokenTree::Punct(_))
            {
                self.0.push(name.span().start().line);
            }
        }
        for token in tokens {
            if let TokenTree::Group(group) = token {
                self.add_tokens(group.stream());
            }
        }
    }
}

#[test]
fn elements_of_the_page_have_no_inline_style() {
    let files = super::rust_files().into_iter();
    let found: Vec<String> = files
        .filter(|(path, _)| path.starts_with("client/src/"))
        .flat_map(|(path, text)| {
            let lines = inline_styles(&text).into_iter();
            lines.map(move |line| format!("{path}:{line}"))
        })
        .collect();
    assert_none("inline styles", &found);
}

#[test]
fn inline_styles_are_found() {
    let planted = r#"fn f() { html! { <div><p class="a" style="color: red" /></div> } }"#;
    assert_eq!(inline_styles(planted), [1]);
    let code = "fn f() { html! { if style == other { <p /> } } }";
    assert_eq!(inline_styles(code), [0; 0]);
}

/// Returns the numbers of the lines of code that render the element; comments do not count.
fn lines_that_render(element: &str, text: &str) -> Vec<usize> {
    let is_tag = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric());
    let tag = format!("<{element}");
    let renders = |line: &str| {
        let mut rests = line.split(&tag).skip(1);
        !line.trim_start().starts_with("//") && rests.any(is_tag)
    };
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| renders(line))
        .map(|(index, _)| index + 1)
        .collect()
}

#[test]
fn only_one_component_renders_lists_of_options_and_none_translations() {
    let files = super::rust_files().into_iter();
    let found: Vec<String> = files
        .filter(|(path, _)| path.starts_with("client/src/"))
        .filter(|(path, _)| path != "client/src/components/select.rs")
        .flat_map(|(path, text)| {
            let elements = ["select", "font"];
            let lines = elements
                .map(|element| lines_that_render(element, &text))
                .concat();
            lines.into_iter().map(move |line| format!("{path}:{line}"))
        })
        .collect();
    assert_none("elements of other components", &found);
}

#[test]
fn lists_of_options_are_found() {
    let planted = "html! {\n    <select id=\"sort\">\n</select> }";
    assert_eq!(lines_that_render("select", planted), [2]);
    assert_eq!(
        lines_that_render("select", "html! { <p><select /></p> }"),
        [1]
    );
    assert_eq!(
        lines_that_render("select", "/// A `<select>`.\n<Select />"),
        [0; 0]
    );
}
