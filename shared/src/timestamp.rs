//! Points in time: RFC 3339 on the wire, `Nov 12 2019 03:27PM` in Redis.

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error};
use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime};

/// The format of GN2 and gn-auth: Python's `strftime("%b %d %Y %I:%M%p")`, in UTC and English.
const STORED: &[BorrowedFormatItem<'_>] =
    format_description!("[month repr:short] [day] [year] [hour repr:12]:[minute][period]");

/// RFC 1123, as Flask writes dates in JSON.
const HTTP_DATE: &[BorrowedFormatItem<'_>] = format_description!(
    "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
);

/// ISO 8601 without a zone, as in records of other tools. It is taken as UTC.
const ISO_SECONDS: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]");

/// A point in time in UTC, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
#[serde(transparent)]
pub struct Timestamp(#[serde(with = "time::serde::rfc3339")] OffsetDateTime);

impl<'de> Deserialize<'de> for Timestamp {
    /// Accepts any RFC 3339 offset and converts it to UTC.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let at = time::serde::rfc3339::deserialize(deserializer)?;
        Self::in_range(at).ok_or_else(|| D::Error::custom("the year is outside 1 to 9999"))
    }
}

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(OffsetDateTime::UNIX_EPOCH);

    /// Converts from seconds since 1970-01-01T00:00:00Z. Returns `None` outside the years 1 to
    /// 9999, which are those of the stored format.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let at = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
        (1..=9999).contains(&at.year()).then_some(Self(at))
    }

    /// Converts to seconds since 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        self.0.unix_timestamp()
    }

    /// Reads the stored format only.
    pub fn parse_stored(text: &str) -> Option<Self> {
        Self::in_range(PrimitiveDateTime::parse(text, STORED).ok()?.assume_utc())
    }

    /// Reads any format that occurs in stored data: the stored format, RFC 3339, and ISO 8601
    /// without a zone or a time.
    pub fn parse_any(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::parse_stored(text)
            .or_else(|| Self::in_range(OffsetDateTime::parse(text, &Rfc3339).ok()?))
            .or_else(|| {
                let whole_seconds = text.split('.').next().unwrap_or(text);
                let at = PrimitiveDateTime::parse(whole_seconds, ISO_SECONDS).ok()?;
                Self::in_range(at.assume_utc())
            })
            .or_else(|| {
                let day = Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
                Self::in_range(day.midnight().assume_utc())
            })
    }

    /// Writes the stored format, which has no seconds.
    pub fn to_stored(self) -> String {
        self.0.format(STORED).unwrap_or_default()
    }

    /// Writes RFC 3339 in UTC.
    pub fn to_rfc3339(self) -> String {
        self.0.format(&Rfc3339).unwrap_or_default()
    }

    /// Writes the format of HTTP dates (RFC 1123), e.g. `Tue, 12 Nov 2019 15:27:00 GMT`.
    pub fn to_http_date(self) -> String {
        self.0.format(HTTP_DATE).unwrap_or_default()
    }

    /// Returns the point in time `days` later.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self::from_unix(self.unix().saturating_add(days.saturating_mul(86_400))).unwrap_or(self)
    }

    fn in_range(at: OffsetDateTime) -> Option<Self> {
        Self::from_unix(at.unix_timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn python_format_is_read_and_written() {
        let at = Timestamp::parse_stored("Nov 12 2019 03:27PM").expect("stored format");
        assert_eq!(at.to_rfc3339(), "2019-11-12T15:27:00Z");
        assert_eq!(at.to_stored(), "Nov 12 2019 03:27PM");
        assert_eq!(at.to_http_date(), "Tue, 12 Nov 2019 15:27:00 GMT");
        let midnight = Timestamp::parse_stored("Jan 01 2020 12:00AM").expect("midnight");
        assert_eq!(midnight.to_rfc3339(), "2020-01-01T00:00:00Z");
    }

    #[test]
    fn other_formats_are_read() {
        let expected = Timestamp::parse_stored("Nov 12 2019 03:27PM");
        for odd in [
            "2019-11-12T15:27:00",
            "2019-11-12T15:27:00.5",
            "2019-11-12T15:27:00Z",
            "2019-11-12T16:27:00+01:00",
            " Nov 12 2019 03:27PM ",
        ] {
            assert_eq!(Timestamp::parse_any(odd), expected, "{odd}");
        }
        for invalid in [
            "",
            "yesterday",
            "Nov 31 2019 03:27PM",
            "Nov 12 2019 13:27PM",
        ] {
            assert_eq!(Timestamp::parse_any(invalid), None, "{invalid}");
        }
    }

    proptest! {
        #[test]
        fn stored_format_round_trips_to_the_minute(minutes in -900_000_000_i64..4_000_000_000) {
            if let Some(at) = Timestamp::from_unix(minutes * 60) {
                prop_assert_eq!(Timestamp::parse_stored(&at.to_stored()), Some(at));
            }
        }

        #[test]
        fn parsing_never_panics(text in ".{0,40}") {
            let _ = Timestamp::parse_any(&text);
        }
    }
}
