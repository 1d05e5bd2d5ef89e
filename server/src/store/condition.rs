//! Whether Redis takes writes, and why not.

use super::{Store, StoreError};
use redis::{ErrorKind, ServerErrorKind};
use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StoreCondition {
    Ok,
    /// Redis does not answer, or no Sentinel names a primary.
    Unreachable,
    /// Redis refuses the password, the user or one of its commands.
    Refused,
    /// A replica, or a primary with too few replicas.
    ReadOnly,
    OutOfMemory,
    /// Redis cannot write its data to disk (`MISCONF`).
    CannotSave,
    /// Redis is still reading its data from disk.
    Loading,
}

impl Store {
    /// Tries a write of a key of our own, which vanishes after a second.
    pub async fn condition(&self) -> StoreCondition {
        let mut set = redis::cmd("SET");
        set.arg(self.keys.probe()).arg(1).arg("PX").arg(1000);
        match self.connection.query::<()>(&set).await {
            Ok(()) => StoreCondition::Ok,
            Err(error) => {
                tracing::debug!(%error, "Redis is not ready");
                StoreCondition::of(&error)
            }
        }
    }

    /// Whether the legacy accounts have been read once.
    pub fn is_indexed(&self) -> bool {
        let index = self.legacy_index.as_ref();
        index.is_none_or(super::legacy_index::LegacyIndex::is_ready)
    }
}

impl StoreCondition {
    fn of(error: &StoreError) -> Self {
        let StoreError::Redis(error) = error else {
            return Self::Unreachable;
        };
        let is_refused = matches!(
            error.kind(),
            ErrorKind::AuthenticationFailed | ErrorKind::Server(ServerErrorKind::NoPerm)
        );
        match error.code() {
            Some("READONLY" | "NOREPLICAS" | "MASTERDOWN") => Self::ReadOnly,
            Some("OOM") => Self::OutOfMemory,
            Some("MISCONF") => Self::CannotSave,
            Some("LOADING") => Self::Loading,
            // No password was sent.
            Some("NOAUTH") => Self::Refused,
            _ if is_refused => Self::Refused,
            _ => Self::Unreachable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connection_without_the_password_is_refused() {
        let answer = redis::parse_redis_value(b"-NOAUTH Authentication required.\r\n");
        let error = answer
            .and_then(redis::Value::extract_error)
            .expect_err("an error");
        assert_eq!(StoreCondition::of(&error.into()), StoreCondition::Refused);
    }
}
