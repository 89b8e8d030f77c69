//! The part of an address behind `?`, read strictly: what is not understood is refused with what is allowed.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use jiff::civil::Date;

use crate::api::errors::{Code, Problem, sentence};
use crate::law::{PartialDate, UnknownWord, nearest};

/// Names and values as they were written, decoded.
#[derive(Debug, Default)]
pub(super) struct Parameters(BTreeMap<String, Vec<String>>);

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(parts, state)
            .await
            .map_err(|error| Problem::new(Code::InvalidAddress, sentence(&error.body_text())))?;
        let mut parameters = Self::default();
        for (name, value) in pairs {
            parameters.0.entry(name).or_default().push(value);
        }
        Ok(parameters)
    }
}

impl Parameters {
    /// Refuses names other than `allowed`.
    pub(super) fn only(&self, allowed: &[&str]) -> Result<(), Problem> {
        let Some(unknown) = self.0.keys().find(|name| !allowed.contains(&name.as_str())) else {
            return Ok(());
        };
        let given = short(unknown);
        let detail = match (allowed, nearest(unknown, allowed)) {
            ([], _) => format!("There is no parameter `{given}`; this address takes none."),
            (_, Some(near)) => format!("There is no parameter `{given}`; did you mean `{near}`?"),
            (_, None) => format!("There is no parameter `{given}`; there are: {}.", allowed.join(", ")),
        };
        Err(Problem::new(Code::UnknownParameter, detail).allowing(allowed))
    }

    /// The only value of a name; none where it is left out or empty.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Problem> {
        match self.0.get(name).map(Vec::as_slice) {
            None => Ok(None),
            Some([value]) => Ok(Some(value.as_str()).filter(|value| !value.is_empty())),
            Some(values) => Err(Problem::new(
                Code::RepeatedParameter,
                format!("`{name}` is given {} times; give it once.", values.len()),
            )),
        }
    }

    /// A whole number within bounds.
    pub(super) fn number(&self, name: &str, within: RangeInclusive<usize>) -> Result<Option<usize>, Problem> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let bounds = format!("{} to {}", within.start(), within.end());
        match text.trim().parse() {
            Ok(number) if within.contains(&number) => Ok(Some(number)),
            _ => Err(Problem::new(
                Code::InvalidNumber,
                format!("`{name}` is `{}`; write a whole number from {bounds}.", short(text)),
            )
            .allowing([bounds])),
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Problem> {
        match self.text(name)? {
            None => Ok(None),
            Some("true" | "1") => Ok(Some(true)),
            Some("false" | "0") => Ok(Some(false)),
            Some(other) => {
                Err(invalid(name, &format!("`{}` is not a truth value", short(other))).allowing(["true", "false"]))
            }
        }
    }

    /// A day.
    pub(super) fn day(&self, name: &str) -> Result<Option<Date>, Problem> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        match text.trim().parse() {
            Ok(PartialDate::Day(day)) => Ok(Some(day)),
            _ => Err(Problem::new(
                Code::InvalidDate,
                format!(
                    "`{name}` is `{}`, which is no day of the calendar; write YYYY-MM-DD.",
                    short(text)
                ),
            )
            .allowing(["YYYY-MM-DD"])),
        }
    }

    /// One word of a closed list.
    pub(super) fn word<T: FromStr<Err = UnknownWord>>(&self, name: &str) -> Result<Option<T>, Problem> {
        let parsed = self
            .text(name)?
            .map(|text| text.parse().map_err(|error| unknown_word(name, &error)));
        parsed.transpose()
    }

    /// Words of a closed list, parted by commas or with the name repeated.
    pub(super) fn words<T: FromStr<Err = UnknownWord>>(&self, name: &str) -> Result<Vec<T>, Problem> {
        let parsed = self
            .parts(name)
            .map(|text| text.parse().map_err(|error| unknown_word(name, &error)));
        parsed.collect()
    }

    /// Values parted by commas or with the name repeated.
    pub(super) fn parts(&self, name: &str) -> impl Iterator<Item = &str> {
        let values = self.0.get(name).into_iter().flatten();
        values
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .filter(|part| !part.is_empty())
    }
}

/// The refusal of a value.
pub(super) fn invalid(name: &str, why: &dyn Display) -> Problem {
    Problem::new(Code::InvalidValue, format!("`{name}`: {why}."))
}

fn unknown_word(name: &str, error: &UnknownWord) -> Problem {
    let hint = error
        .nearest
        .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    invalid(
        name,
        &format!("`{}` is not a {}{hint}", short(&error.given), error.list),
    )
    .allowing(&error.allowed)
}

/// What was written, short enough to be repeated, without what could disturb a terminal.
pub(super) fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Topic;

    fn parameters(pairs: &[(&str, &str)]) -> Parameters {
        let mut parameters = Parameters::default();
        for (name, value) in pairs {
            parameters
                .0
                .entry((*name).to_owned())
                .or_default()
                .push((*value).to_owned());
        }
        parameters
    }

    #[test]
    fn reads_lists_with_commas_and_repeated() {
        let given = parameters(&[
            ("topic", "doxing, voyeurism"),
            ("topic", "Cyberflashing"),
            ("topic", ""),
        ]);
        let topics: Vec<Topic> = given.words("topic").unwrap();
        assert_eq!(topics, [Topic::Doxing, Topic::Voyeurism, Topic::Cyberflashing]);
    }

    #[test]
    fn refuses_with_what_is_allowed() {
        let given = parameters(&[
            ("jurisdicton", "KE"),
            ("limit", "0"),
            ("day", "2025-02-30"),
            ("explain", "yes"),
        ]);
        let unknown = given.only(&["jurisdiction", "limit", "day", "explain"]).unwrap_err();
        assert!(
            unknown.detail.contains("did you mean `jurisdiction`?"),
            "{}",
            unknown.detail
        );
        assert_eq!(given.number("limit", 1..=9).unwrap_err().allowed, ["1 to 9"]);
        assert_eq!(given.day("day").unwrap_err().code, Code::InvalidDate);
        assert_eq!(given.flag("explain").unwrap_err().code, Code::InvalidValue);
    }
}
