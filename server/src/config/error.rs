//! What is wrong with the configuration.

/// One line for the operator: which variable, what is wrong with it, what to set.
#[derive(Debug, thiserror::Error)]
#[error("{variable}: {problem}; {mend}")]
pub struct ConfigError {
    variable: &'static str,
    problem: &'static str,
    mend: &'static str,
}

impl ConfigError {
    /// A value that cannot be used. The value itself is not repeated: it may hold a password.
    pub fn invalid(variable: &'static str, problem: &'static str, mend: &'static str) -> Self {
        Self {
            variable,
            problem,
            mend,
        }
    }

    /// A value that is needed and absent.
    pub fn missing(variable: &'static str, mend: &'static str) -> Self {
        Self {
            variable,
            problem: "it is not set",
            mend,
        }
    }
}
