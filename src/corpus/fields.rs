//! Reads keys out of a mapping, one typed value at a time, and refuses what is left over.

use std::str::FromStr;

use super::problem::Report;
use super::yaml::{Key, Node, Value};

/// The keys of one mapping that have not been read yet.
pub(super) struct Fields {
    pairs: Vec<(Key, Node)>,
    asked: Vec<&'static str>,
    /// Line on which the mapping begins; problems about missing keys name it.
    pub line: usize,
    /// What the mapping is called in messages, e.g. `the front matter`.
    what: &'static str,
}

impl Fields {
    /// The fields of `node`; a problem and no fields where it is no mapping.
    pub fn of(node: Option<Node>, line: usize, what: &'static str, report: &mut Report) -> Self {
        let pairs = match node {
            Some(Node {
                value: Value::Map(pairs),
                ..
            }) => pairs,
            Some(Node { line, .. }) => {
                report.say(
                    line,
                    format!("{what} is not a list of `key: value` lines"),
                    "Write one `key: value` a line",
                );
                Vec::new()
            }
            None => Vec::new(),
        };
        Self {
            pairs,
            asked: Vec::new(),
            line,
            what,
        }
    }

    /// Takes out a key, whatever its value.
    pub fn take(&mut self, key: &'static str) -> Option<(Key, Node)> {
        self.asked.push(key);
        let at = self.pairs.iter().position(|(found, _)| found.name == key)?;
        Some(self.pairs.remove(at))
    }

    /// The line of a key that has not been taken, else of the mapping.
    pub fn line_of(&self, key: &str) -> usize {
        self.pairs
            .iter()
            .find(|(found, _)| found.name == key)
            .map_or(self.line, |(found, _)| found.line)
    }

    /// A phrase with its line.
    pub fn text(&mut self, key: &'static str, report: &mut Report) -> Option<(String, usize)> {
        let (key, node) = self.take(key)?;
        one_text(node, &key.name, report)
    }

    /// A phrase that must be there.
    pub fn required(&mut self, key: &'static str, report: &mut Report) -> Option<(String, usize)> {
        if self.line_of(key) == self.line && !self.has(key) {
            self.missing(key, report);
        }
        self.text(key, report)
    }

    /// Whether the key is there and not yet taken.
    pub fn has(&self, key: &str) -> bool {
        self.pairs.iter().any(|(found, _)| found.name == key)
    }

    /// Reports that `key` is missing.
    pub fn missing(&self, key: &str, report: &mut Report) {
        report.say(
            self.line,
            format!("{} has no `{key}`", self.what),
            format!("Add a line `{key}: …`"),
        );
    }

    /// A value parsed from a phrase.
    pub fn parsed<T: FromStr>(&mut self, key: &'static str, report: &mut Report) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        let (text, line) = self.text(key, report)?;
        parse_word(&text, line, key, report)
    }

    /// A value parsed from a phrase that must be there.
    pub fn required_parsed<T: FromStr>(&mut self, key: &'static str, report: &mut Report) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        let (text, line) = self.required(key, report)?;
        parse_word(&text, line, key, report)
    }

    /// A list of phrases with their lines; empty where the key is missing.
    pub fn texts(&mut self, key: &'static str, report: &mut Report) -> Vec<(String, usize)> {
        let Some((key, node)) = self.take(key) else {
            return Vec::new();
        };
        match node.value {
            Value::List(items) => items
                .into_iter()
                .filter_map(|item| one_text(item, &key.name, report))
                .collect(),
            _ => {
                let message = format!("`{}` is not a list", key.name);
                report.say(node.line, message, format!("Write `{}: [first, second]`", key.name));
                Vec::new()
            }
        }
    }

    /// A list of parsed values, without those that are refused; a value that stands twice is a problem.
    pub fn parsed_list<T: FromStr + PartialEq>(&mut self, key: &'static str, report: &mut Report) -> Vec<T>
    where
        T::Err: std::fmt::Display,
    {
        let mut values = Vec::new();
        for (text, line) in self.texts(key, report) {
            let Some(value) = parse_word::<T>(&text, line, key, report) else {
                continue;
            };
            if values.contains(&value) {
                report.say(line, format!("`{text}` stands twice in `{key}`"), "Keep one of the two");
            } else {
                values.push(value);
            }
        }
        values
    }

    /// `yes` or `no`; `other` where the key is missing or refused.
    pub fn yes_no(&mut self, key: &'static str, other: bool, report: &mut Report) -> bool {
        match self.text(key, report) {
            None => other,
            Some((word, line)) => match word.as_str() {
                "yes" => true,
                "no" => false,
                _ => {
                    report.say(line, format!("`{key}` is `{word}`"), "Write `yes` or `no`");
                    other
                }
            },
        }
    }

    /// Refuses every key that was not asked for; `elsewhere` tells where such a key would belong.
    pub fn finish(self, report: &mut Report, elsewhere: impl Fn(&str) -> Option<&'static str>) {
        for (key, _) in &self.pairs {
            let cure = match (elsewhere(&key.name), crate::law::nearest(&key.name, &self.asked)) {
                (Some(place), _) => place.to_owned(),
                (None, Some(near)) => format!("Did you mean `{near}`?"),
                (None, None) => format!("Remove it; allowed here: {}", self.asked.join(", ")),
            };
            report.say(
                key.line,
                format!("{} has an unknown key `{}`", self.what, clip(&key.name)),
                cure,
            );
        }
    }
}

/// Whether YAML would call this value empty.
pub(super) fn is_empty(text: &str) -> bool {
    matches!(text.trim(), "" | "~" | "null")
}

/// One phrase out of a node.
fn one_text(node: Node, key: &str, report: &mut Report) -> Option<(String, usize)> {
    match node.value {
        Value::Text(text) if is_empty(&text) => {
            report.say(
                node.line,
                format!("`{key}` is empty"),
                "Write its value, or remove the line",
            );
            None
        }
        Value::Text(text) => Some((text.trim().to_owned(), node.line)),
        Value::List(_) => {
            report.say(node.line, format!("`{key}` is a list"), "Write one value");
            None
        }
        Value::Map(_) => {
            let cure = "Write one value; where it contains a colon followed by a space, put it between quotation marks";
            report.say(node.line, format!("`{key}` holds keys of its own"), cure);
            None
        }
    }
}

/// Parses one word; a refusal is a problem.
fn parse_word<T: FromStr>(text: &str, line: usize, key: &str, report: &mut Report) -> Option<T>
where
    T::Err: std::fmt::Display,
{
    match text.parse() {
        Ok(value) => Some(value),
        Err(error) => {
            let sentence = error.to_string();
            let (message, cure) = match sentence.rsplit_once("; ") {
                Some((message, cure)) => (message.to_owned(), capital(cure)),
                None => (sentence, "Correct it".to_owned()),
            };
            report.say(line, format!("`{key}`: {message}"), cure);
            None
        }
    }
}

/// The first letter as a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// At most 60 characters, so that a message stays a line.
pub(super) fn clip(text: &str) -> String {
    if text.chars().count() <= 60 {
        return text.to_owned();
    }
    text.chars().take(59).chain(['…']).collect()
}
