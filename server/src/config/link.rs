//! The links to GeneNetwork.

use super::{Arguments, ConfigError, ConfigErrors};
use url::Url;

/// Links to GeneNetwork. A template has places for what the page knows.
pub struct LinkSettings {
    pub home: Option<String>,
    /// The page of a trait, with `{trait}` and `{dataset}`.
    pub r#trait: Option<String>,
    /// The page of a collection of the account, with `{id}`.
    pub collection: Option<String>,
}

impl LinkSettings {
    pub(super) fn parse(arguments: &Arguments, errors: &mut ConfigErrors) -> Option<Self> {
        let home = errors.value(link(
            "GNC_HOME_URL",
            arguments.home_url.as_ref(),
            &[],
            "write e.g. https://genenetwork.org/",
        ));
        let r#trait = errors.value(link(
            "GNC_TRAIT_URL",
            arguments.trait_url.as_ref(),
            &["{trait}", "{dataset}"],
            "write e.g. https://genenetwork.org/show_trait?trait_id={trait}&dataset={dataset}",
        ));
        let collection = errors.value(link(
            "GNC_COLLECTION_URL",
            arguments.collection_url.as_ref(),
            &["{id}"],
            "write e.g. https://genenetwork.org/collections/view?uc_id={id}",
        ));
        Some(Self {
            home: home?,
            r#trait: r#trait?,
            collection: collection?,
        })
    }
}

/// Checks that a link is a web address with all of these places. An empty one counts as absent.
fn link(
    variable: &'static str,
    link: Option<&String>,
    places: &[&str],
    advice: &'static str,
) -> Result<Option<String>, ConfigError> {
    let Some(link) = link.filter(|link| !link.is_empty()) else {
        return Ok(None);
    };
    let filled = places
        .iter()
        .fold(link.clone(), |text, place| text.replace(place, "x"));
    // Links with other schemes can run scripts.
    let is_web = Url::parse(&filled).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    let problem = if !is_web {
        "it is not a web address"
    } else if !places.iter().all(|place| link.contains(place)) {
        "a placeholder is missing"
    } else if filled.contains(['{', '}']) {
        "a placeholder is unknown"
    } else {
        return Ok(Some(link.clone()));
    };
    Err(ConfigError::invalid(variable, problem, advice))
}
