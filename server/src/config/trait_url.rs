//! The link of a trait.

use super::ConfigError;
use url::Url;

/// What stands for the parts of a member in the template.
const PLACES: [&str; 2] = ["{trait}", "{dataset}"];

/// The template, if there is one: a web address with a place for both parts.
pub(super) fn parse(template: Option<String>) -> Result<Option<String>, ConfigError> {
    let Some(template) = template.filter(|template| !template.is_empty()) else {
        return Ok(None);
    };
    let invalid = |problem| {
        let mend =
            "write e.g. https://genenetwork.org/show_trait?trait_id={trait}&dataset={dataset}";
        ConfigError::invalid("GNC_TRAIT_URL", problem, mend)
    };
    let filled = PLACES
        .iter()
        .fold(template.clone(), |text, place| text.replace(place, "x"));
    // A link can also run a script.
    let is_web = Url::parse(&filled).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if !is_web {
        return Err(invalid("it is not a web address"));
    }
    if !PLACES.iter().all(|place| template.contains(place)) {
        return Err(invalid("it has no place for the trait and its dataset"));
    }
    Ok(Some(template))
}
