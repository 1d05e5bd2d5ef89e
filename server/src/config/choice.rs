//! Settings with a few named values.

use super::ConfigError;

/// Returns the value that `text` names among `choices`.
pub(super) fn choice<T: Copy>(
    variable: &'static str,
    text: &str,
    choices: &[(&str, T)],
    advice: &'static str,
) -> Result<T, ConfigError> {
    choices
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, value)| *value)
        .ok_or(ConfigError::invalid(
            variable,
            "the value is unknown",
            advice,
        ))
}
