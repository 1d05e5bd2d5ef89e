//! The errors of a configuration.

use std::fmt;

/// A line for the operator: the variable, its problem, and what to set.
#[derive(Debug, thiserror::Error)]
#[error("{variable}: {problem}; {advice}")]
pub struct ConfigError {
    variable: &'static str,
    problem: &'static str,
    advice: &'static str,
}

impl ConfigError {
    /// The value is not part of the message, because it may hold a password.
    pub fn invalid(variable: &'static str, problem: &'static str, advice: &'static str) -> Self {
        Self {
            variable,
            problem,
            advice,
        }
    }

    pub fn missing(variable: &'static str, advice: &'static str) -> Self {
        Self {
            variable,
            problem: "it is not set",
            advice,
        }
    }
}

/// All errors of a configuration, one for each wrong variable. `Display` writes one line for each.
#[derive(Debug, Default)]
pub struct ConfigErrors(Vec<ConfigError>);

impl ConfigErrors {
    /// Returns the value of a setting, or adds the error.
    pub(super) fn value<T>(&mut self, parsed: Result<T, ConfigError>) -> Option<T> {
        parsed.map_err(|error| self.add(error)).ok()
    }

    /// Adds an error. A second error of a variable follows from the first and is dropped.
    pub(super) fn add(&mut self, error: ConfigError) {
        if !self.0.iter().any(|known| known.variable == error.variable) {
            self.0.push(error);
        }
    }

    /// Returns the whole, which is complete exactly if no setting had an error.
    pub(super) fn or<T>(self, whole: Option<T>) -> Result<T, Self> {
        match whole {
            Some(whole) if self.0.is_empty() => Ok(whole),
            _ => Err(self),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &ConfigError> {
        self.0.iter()
    }
}

impl std::error::Error for ConfigErrors {}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, error) in self.0.iter().enumerate() {
            let line_break = if number == 0 { "" } else { "\n" };
            write!(f, "{line_break}{error}")?;
        }
        Ok(())
    }
}
