//! The built page, read once from the static files.
//!
//! - [`file_name`]: hashes in file names
//! - [`service_worker`]: the service worker with the list of this build's files

pub mod file_name;
pub mod service_worker;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::path::Path;

/// `index.html` and the values that depend on it.
pub struct Page {
    pub html: String,
    /// `'sha256-…'` of each inline script: trunk's loader and `static/first_visit.js`.
    pub script_hashes: Vec<String>,
    pub service_worker: Option<String>,
}

impl Page {
    /// Reads the page once, because it changes only with a deployment.
    pub fn read(static_dir: &Path) -> std::io::Result<Self> {
        let html = std::fs::read_to_string(static_dir.join("index.html"))?;
        let script_hashes = inline_scripts(&html)
            .map(|script| {
                format!(
                    "'sha256-{}'",
                    BASE64_STANDARD.encode(Sha256::digest(script))
                )
            })
            .collect();
        Ok(Self {
            service_worker: service_worker::fill_in(static_dir, &html)?,
            html,
            script_hashes,
        })
    }

    /// Returns the page with a `<meta>` element: data for the app, and no code.
    pub fn with_meta(&self, name: &str, content: &str) -> String {
        let meta = format!(r#"<meta name="{name}" content="{}">"#, escape(content));
        self.html.replacen("</head>", &(meta + "</head>"), 1)
    }
}

/// Escapes a text for a quoted attribute.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Returns the texts between `<script …>` and `</script>`. The page is trusted HTML.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (_, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!script.is_empty()).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meta_element_is_data_whatever_its_content_is() {
        let page = Page {
            html: "<head><title>x</title></head><body>".to_owned(),
            script_hashes: Vec::new(),
            service_worker: None,
        };
        assert_eq!(
            page.with_meta("traits", "a:D,\"></head><script>x()</script><!--&amp;'"),
            "<head><title>x</title><meta name=\"traits\" content=\"a:D,&quot;&gt;&lt;/head&gt;\
             &lt;script&gt;x()&lt;/script&gt;&lt;!--&amp;amp;'\"></head><body>"
        );
    }

    #[test]
    fn inline_scripts_are_found_and_linked_ones_are_not() {
        let html = r#"<head><script type="module" src="a.js"></script><script type="module">
x()</script></head>"#;
        assert_eq!(inline_scripts(html).collect::<Vec<_>>(), ["\nx()"]);
    }
}
