//! The query string, read strictly: an unknown name or a value off its list is refused with what is allowed.

use std::str::FromStr;

use crate::api::problem::{BAD_PARAMETER, Problem, UNKNOWN_PARAMETER};
use crate::index::Filters;
use crate::law::{Code, PartialDate, UnknownWord, nearest};

/// Names and values as they came; taken out one by one, so that what is left over is unknown.
pub(super) struct Parameters {
    pairs: Vec<(String, String)>,
    known: Vec<&'static str>,
}

impl Parameters {
    /// Of the pairs that axum has decoded.
    pub(super) fn new(pairs: Vec<(String, String)>) -> Self {
        Self {
            pairs,
            known: Vec::new(),
        }
    }

    /// The value of `name`; the last one counts.
    pub(super) fn text(&mut self, name: &'static str) -> Option<String> {
        self.known.push(name);
        let mut value = None;
        self.pairs.retain_mut(|(key, given)| {
            let ours = key == name;
            if ours {
                value = Some(std::mem::take(given));
            }
            !ours
        });
        value
    }

    /// The values of `name`: repeated, or separated by commas.
    fn list(&mut self, name: &'static str) -> Vec<String> {
        self.known.push(name);
        let mut values = Vec::new();
        self.pairs.retain(|(key, given)| {
            let ours = key == name;
            if ours {
                values.extend(
                    given
                        .split(',')
                        .map(str::trim)
                        .filter(|value| !value.is_empty())
                        .map(str::to_owned),
                );
            }
            !ours
        });
        values
    }

    /// Values of a closed list.
    fn words<T: FromStr<Err = UnknownWord>>(&mut self, name: &'static str) -> Result<Vec<T>, Problem> {
        let refuse = |error: UnknownWord| {
            let hint = error
                .nearest
                .map(|word| format!("; did you mean `{word}`?"))
                .unwrap_or_default();
            let detail = format!("`{name}`: `{}` is not a {}{hint}", error.given, error.list);
            Problem::new(&BAD_PARAMETER, detail).allowing(error.allowed)
        };
        self.list(name)
            .iter()
            .map(|word| word.parse().map_err(refuse))
            .collect()
    }

    /// One value of a closed list.
    pub(super) fn word<T: FromStr<Err = UnknownWord>>(&mut self, name: &'static str) -> Result<Option<T>, Problem> {
        Ok(self.words(name)?.pop())
    }

    /// A whole number.
    pub(super) fn number(&mut self, name: &'static str) -> Result<Option<usize>, Problem> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let refused = || {
            Problem::new(
                &BAD_PARAMETER,
                format!("`{name}`: `{}` is not a whole number", short(&text)),
            )
        };
        text.parse().map(Some).map_err(|_| refused())
    }

    /// `true` or `false`; present without a value is true.
    pub(super) fn switch(&mut self, name: &'static str) -> Result<bool, Problem> {
        match self.text(name).as_deref() {
            None | Some("false" | "0") => Ok(false),
            Some("" | "true" | "1") => Ok(true),
            Some(other) => {
                let detail = format!("`{name}`: `{}` is neither true nor false", short(other));
                Err(Problem::new(&BAD_PARAMETER, detail).allowing(["true", "false"]))
            }
        }
    }

    /// Every filter.
    pub(super) fn filters(&mut self) -> Result<Filters, Problem> {
        let bad =
            |name: &str, error: &dyn std::fmt::Display| Problem::new(&BAD_PARAMETER, format!("`{name}`: {error}"));
        let codes = self.list("jurisdiction");
        let codes = codes
            .iter()
            .map(|code| code.parse::<Code>().map_err(|error| bad("jurisdiction", &error)));
        let jurisdictions = codes.collect::<Result<_, _>>()?;
        let as_of = match self.text("as_of").map(|day| day.parse::<PartialDate>()) {
            None => None,
            Some(Ok(PartialDate::Day(day))) => Some(day),
            Some(Ok(_)) => return Err(bad("as_of", &"a whole date is wanted, YYYY-MM-DD")),
            Some(Err(error)) => return Err(bad("as_of", &error)),
        };
        Ok(Filters {
            kinds: self.words("kind")?,
            jurisdictions,
            regions: self.words("region")?,
            legal_systems: self.words("legal_system")?,
            topics: self.words("topic")?,
            languages: self.list("language"),
            statuses: self.words("status")?,
            confidences: self.words("confidence")?,
            as_of,
        })
    }

    /// Refuses what nobody has asked for.
    pub(super) fn finish(self) -> Result<(), Problem> {
        let Some((name, _)) = self.pairs.first() else {
            return Ok(());
        };
        let hint = nearest(name, &self.known)
            .map(|word| format!("; did you mean `{word}`?"))
            .unwrap_or_default();
        let detail = format!("there is no parameter `{}` here{hint}", short(name));
        Err(Problem::new(&UNKNOWN_PARAMETER, detail).allowing(self.known))
    }
}

/// As much of what was given as a sentence can bear.
fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
