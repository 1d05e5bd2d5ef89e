//! Makes one file of the style sheets: each is short and has its theme, but nothing is drawn before all of them are there, and seven
//! requests take longer than one.

use super::hash;
use anyhow::{Context, Result, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha384};
use std::{fs, path::Path};

/// Joins the style sheets in `dist` in the order in which `index.html` names them, and has it name the one they make.
pub(super) fn join(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).context("cannot read index.html")?;
    let (mut rest, mut sheets, mut place) = (String::new(), Vec::new(), None);
    for piece in page.split_inclusive('>') {
        match sheet(piece) {
            Some((before, path)) => {
                rest.push_str(before);
                place.get_or_insert(rest.len());
                sheets.push(dist.join(path));
            }
            None => rest.push_str(piece),
        }
    }
    ensure!(!sheets.is_empty(), "index.html names no style sheets");
    let mut joined = String::new();
    for sheet in &sheets {
        let content = fs::read_to_string(sheet);
        joined += &content.with_context(|| format!("cannot read {}", sheet.display()))?;
        joined.push('\n');
    }
    let name = format!("styles-{}.css", hash(joined.as_bytes()));
    let integrity = BASE64_STANDARD.encode(Sha384::digest(&joined));
    let link =
        format!("<link rel=\"stylesheet\" href=\"/{name}\" integrity=\"sha384-{integrity}\">");
    rest.insert_str(place.unwrap_or_default(), &link);
    fs::write(dist.join(name), joined)?;
    fs::write(index, rest)?;
    for sheet in sheets {
        fs::remove_file(sheet)?;
    }
    Ok(())
}

/// What comes before the link in this piece of a page, which ends with a tag, and the file that it names; `None` if it is no style
/// sheet. Trunk writes this HTML, with quotes or, made small, without.
fn sheet(piece: &str) -> Option<(&str, &str)> {
    let (before, tag) = piece.rsplit_once("<link ")?;
    let tag = tag.trim_end_matches(['>', '/', ' ']);
    let attribute = |name: &str| {
        let mut attributes = tag.split_whitespace();
        let value = attributes.find_map(|it| it.strip_prefix(name)?.strip_prefix('='))?;
        Some(value.trim_matches('"'))
    };
    (attribute("rel") == Some("stylesheet"))
        .then(|| Some((before, attribute("href")?.trim_start_matches('/'))))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_become_one_in_their_order_and_all_else_stays() {
        let small = "<head><link href=/a.svg rel=icon><link href=/b-1.css integrity=sha384-x== rel=stylesheet>\
                     <link href=/a-1.css rel=stylesheet><meta name=x></head>";
        let large = "<head>\n<link rel=\"icon\" href=\"/a.svg\"/>\n<link rel=\"stylesheet\" href=\"/b-1.css\" integrity=\"sha384-x==\"/>\n\
                     <link rel=\"stylesheet\" href=\"/a-1.css\" />\n<meta name=\"x\"></head>";
        for page in [small, large] {
            let folder = tempfile::tempdir().unwrap();
            let dist = folder.path();
            fs::write(dist.join("b-1.css"), "b{}").unwrap();
            fs::write(dist.join("a-1.css"), "a{}").unwrap();
            fs::write(dist.join("index.html"), page).unwrap();
            join(dist).unwrap();
            assert!(!dist.join("b-1.css").exists() && !dist.join("a-1.css").exists());
            let page = fs::read_to_string(dist.join("index.html")).unwrap();
            assert_eq!(page.matches("stylesheet").count(), 1, "{page}");
            assert!(
                page.contains("a.svg") && page.ends_with("</head>"),
                "{page}"
            );
            let (_, name) = page.split_once("href=\"/styles-").unwrap();
            let (hash, _) = name.split_once(".css").unwrap();
            let joined = fs::read_to_string(dist.join(format!("styles-{hash}.css"))).unwrap();
            assert_eq!(joined, "b{}\na{}\n");
        }
    }

    #[test]
    fn a_page_without_style_is_not_built() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("index.html"), "<p>").unwrap();
        assert!(join(folder.path()).is_err());
    }
}
