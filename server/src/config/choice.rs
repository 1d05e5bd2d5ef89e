//! Settings with a few named values.

use super::ConfigError;

/// The value that `text` names in `known`.
///
/// # Errors
/// Names the variable and, as the mend, the values there are.
pub(super) fn choice<T: Copy>(
    variable: &'static str,
    text: &str,
    known: &[(&str, T)],
    mend: &'static str,
) -> Result<T, ConfigError> {
    known
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, value)| *value)
        .ok_or_else(|| ConfigError::invalid(variable, "there is no such value", mend))
}
