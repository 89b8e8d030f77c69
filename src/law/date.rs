//! Dates as the sources give them: a day, a month or only a year.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date known to the day, to the month or to the year; printed back exactly as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// `2018-05-16`
    Day(Date),
    /// `2018-05`
    Month(Date),
    /// `2018`
    Year(Date),
}

/// A date that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date; write YYYY-MM-DD, YYYY-MM or YYYY")]
pub struct BadDate(pub String);

impl PartialDate {
    /// First day it can mean.
    pub fn earliest(self) -> Date {
        match self {
            Self::Day(date) | Self::Month(date) | Self::Year(date) => date,
        }
    }

    /// Last day it can mean.
    pub fn latest(self) -> Date {
        match self {
            Self::Day(date) => date,
            Self::Month(date) => date.last_of_month(),
            Self::Year(date) => date.last_of_year(),
        }
    }
}

/// Days since 0001-01-01, the form in which dates are indexed and compared.
pub fn day_number(date: Date) -> i64 {
    let first = Date::constant(1, 1, 1);
    i64::from(first.until(date).map(|span| span.get_days()).unwrap_or_default())
}

/// Today in universal time, which is what "in force today" is measured by.
pub fn today() -> Date {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date()
}

impl FromStr for PartialDate {
    type Err = BadDate;

    fn from_str(text: &str) -> Result<Self, BadDate> {
        let bad = || BadDate(text.chars().take(40).collect());
        let parts: Vec<&str> = text.split('-').collect();
        let shape: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        if !parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())) {
            return Err(bad());
        }
        let number = |at: usize| parts.get(at).and_then(|part| part.parse::<i16>().ok());
        let date = |year: i16, month: i16, day: i16| {
            if year < 1 {
                return Err(bad());
            }
            Date::new(year, month as i8, day as i8).map_err(|_| bad())
        };
        match (shape.as_slice(), number(0), number(1), number(2)) {
            ([4], Some(year), ..) => date(year, 1, 1).map(Self::Year),
            ([4, 2], Some(year), Some(month), _) => date(year, month, 1).map(Self::Month),
            ([4, 2, 2], Some(year), Some(month), Some(day)) => date(year, month, day).map(Self::Day),
            _ => Err(bad()),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Day(date) => date.to_string(),
            Self::Month(date) => format!("{:04}-{:02}", date.year(), date.month()),
            Self::Year(date) => format!("{:04}", date.year()),
        };
        f.pad(&text)
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.earliest(), self.latest()).cmp(&(other.earliest(), other.latest()))
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "serve")]
impl utoipa::PartialSchema for PartialDate {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("YYYY-MM-DD, YYYY-MM or YYYY, as precise as the source."))
            .examples(["2018-05-30"])
            .into()
    }
}

#[cfg(feature = "serve")]
impl utoipa::ToSchema for PartialDate {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_three_precisions_and_nothing_else() {
        assert_eq!(
            "2018-05".parse::<PartialDate>().unwrap().latest(),
            Date::constant(2018, 5, 31)
        );
        assert_eq!(
            "2024".parse::<PartialDate>().unwrap().latest(),
            Date::constant(2024, 12, 31)
        );
        for bad in [
            "",
            "18",
            "2018-5-1",
            "2018-02-30",
            "2018-13",
            "0000",
            "2018-05-01-01",
            "２０１８",
            "2018/05/01",
        ] {
            assert!(bad.parse::<PartialDate>().is_err(), "{bad}");
        }
    }

    #[test]
    fn numbers_days_from_the_first() {
        assert_eq!(day_number(Date::constant(1, 1, 1)), 0);
        assert_eq!(day_number(Date::constant(2, 1, 1)), 365);
    }

    proptest! {
        #[test]
        fn prints_what_it_read(year in 1i16..=9999, month in 1i8..=12, day in 1i8..=28, precision in 0..3) {
            let text = match precision {
                0 => format!("{year:04}"),
                1 => format!("{year:04}-{month:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}"),
            };
            prop_assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }

        #[test]
        fn never_panics(text in ".{0,20}") {
            let _ = text.parse::<PartialDate>();
        }
    }
}
