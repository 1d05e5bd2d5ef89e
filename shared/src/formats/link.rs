//! Links to GeneNetwork's pages of traits, such as
//! `https://genenetwork.org/show_trait?trait_id=10710&dataset=BXDPublish`, and web pages.

/// The path of a trait's page with the beginning of its parameters.
const TRAIT_PAGE: &str = "show_trait?";

/// The characters at which a link ends.
const ENDS: [char; 8] = ['"', '\'', '<', '>', ',', ')', ']', '#'];

/// Whether a text contains a link to the page of a trait.
pub(super) fn has_trait_page(text: &str) -> bool {
    text.contains(TRAIT_PAGE)
}

/// Returns the traits that the links in a text or in the source of a web page lead to, in their
/// order. Links that do not tell trait and dataset are left out.
pub fn traits_of_links(text: &str) -> Vec<String> {
    let links = text.split(TRAIT_PAGE).skip(1);
    links.filter_map(trait_of_parameters).collect()
}

/// Returns the trait that the parameters of a link name.
fn trait_of_parameters(text: &str) -> Option<String> {
    let end = |c: char| c.is_whitespace() || ENDS.contains(&c);
    let parameters = text.split(end).next()?;
    let value = |wanted: &str| {
        let mut fields = parameters.split('&').filter_map(|field| {
            // The source of a web page writes `&` as `&amp;`.
            let field = field.strip_prefix("amp;").unwrap_or(field);
            field.split_once('=')
        });
        let (_, value) = fields.find(|(name, _)| *name == wanted)?;
        let value = percent_decoded(value.trim_end_matches(['.', ';', ':', '!', '?']));
        Some(value).filter(|value| !value.is_empty())
    };
    Some(format!("{}:{}", value("trait_id")?, value("dataset")?))
}

fn percent_decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = |digit: &u8| char::from(*digit).to_digit(16);
        rest = match (first, after) {
            (b'%', [high, low, behind @ ..]) if hex(high).is_some() && hex(low).is_some() => {
                let code = hex(high).unwrap_or(0) * 16 + hex(low).unwrap_or(0);
                bytes.push(u8::try_from(code).unwrap_or_default());
                behind
            }
            (b'+', after) => {
                bytes.push(b' ');
                after
            }
            (byte, after) => {
                bytes.push(*byte);
                after
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether a text begins like the source of a web page.
pub fn is_web_page(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    ["<!doctype", "<html", "<head", "<body", "<?xml", "<!--"]
        .into_iter()
        .any(|begin| {
            let first = text.get(..begin.len());
            first.is_some_and(|first| first.eq_ignore_ascii_case(begin))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_name_their_traits() {
        for (link, expected) in [
            ("/show_trait?trait_id=1&dataset=D", "1:D"),
            (
                "https://genenetwork.org/show_trait?x&dataset=D&trait_id=1_at&y=2#top.",
                "1_at:D",
            ),
            (
                "<a href=\"/show_trait?trait_id=1&amp;dataset=D\">1</a>",
                "1:D",
            ),
            ("(see show_trait?trait_id=a%2Eb&dataset=D).", "a.b:D"),
        ] {
            assert_eq!(traits_of_links(link), [expected]);
        }
        assert_eq!(
            traits_of_links("show_trait?trait_id=1 show_trait?dataset=D"),
            [""; 0]
        );
    }

    #[test]
    fn web_pages_are_recognised() {
        assert!(is_web_page("\u{feff}\n<!DOCTYPE html>") && is_web_page("<HTML lang=en>"));
        assert!(!is_web_page("<a:D>") && !is_web_page("") && !is_web_page("<ö"));
    }
}
