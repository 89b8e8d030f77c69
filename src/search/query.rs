//! The query language: what someone typed -> the tree that the keyword index is asked, and the words for the model.
//!
//! Words, `"phrases"`, `AND OR NOT` (also `&& || !`), `+word -word`, parentheses, `prefix*`, `field:value`. Forgiving: what cannot
//! be read so is searched as words, and a note says so. Takes time in proportion to the text and never fails.
//!
//! Words are alternatives, the better the more of them. `a AND b` requires both; `AND` binds closer than `OR`; an
//! explicit `OR` beside other words requires one of its sides. Fields filter: several values of one field are alternatives.

mod field;
mod join;
mod marks;

use crate::index::keyword::{Clause, FieldName, Group, Occur, Query};
use crate::law::{Reference, references};

use field::canonical;
use join::{Operand, Tie, group};
use marks::{blank, is_edge, is_mark, is_quote, operator};

/// A query that has been read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parsed {
    /// What the keyword index is asked; printed by `explain`.
    pub query: Query,
    /// What could not be read as it was written, in sentences.
    pub notes: Vec<String>,
    /// The wanted words without operators, for the embedding model.
    pub plain: String,
}

/// Deepest nesting of parentheses that is followed.
const DEEPEST: usize = 16;
/// Most clauses that are read; the rest of the text is left out with a note.
const MOST: usize = 400;
/// Most notes given, so that nonsense is not answered at length.
const MOST_NOTES: usize = 6;

/// Reads a query.
pub fn parse(text: &str) -> Parsed {
    let text: String = text
        .chars()
        .filter(|c| !is_mark(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let mut parser = Parser::new(&text);
    let mut root = Group::default();
    // A closing parenthesis without an opening one ends a sequence too early: what follows joins it.
    while parser.at < text.len() && parser.clauses < MOST {
        let more = parser.sequence(0);
        root.clauses.extend(more.clauses);
        if parser.at < text.len() && parser.clauses < MOST {
            parser.at += 1;
            parser.syntax = true;
            parser.note("A closing parenthesis has no opening one and was left out.".to_owned());
        }
    }
    if parser.at < text.len() {
        parser.note(format!("Only the first {MOST} words and phrases were searched."));
    }
    let plain = if parser.syntax {
        parser.plain.join(" ")
    } else {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    Parsed {
        query: Query { root },
        notes: parser.notes,
        plain,
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    references: std::iter::Peekable<std::vec::IntoIter<Reference>>,
    /// Whether another quotation mark follows, once it has been found out that none does.
    no_more_quotes: bool,
    /// Whether anything but plain words was read.
    syntax: bool,
    clauses: usize,
    notes: Vec<String>,
    plain: Vec<String>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        let references = references(text).into_iter().peekable();
        let (notes, plain) = (Vec::new(), Vec::new());
        Self {
            text,
            at: 0,
            references,
            no_more_quotes: false,
            syntax: false,
            clauses: 0,
            notes,
            plain,
        }
    }

    fn note(&mut self, note: String) {
        if self.notes.len() < MOST_NOTES && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Clauses up to the end or to a closing parenthesis, which is left standing.
    fn sequence(&mut self, depth: usize) -> Group {
        let mut operands: Vec<Operand> = Vec::new();
        let (mut tie, mut negated, mut pending) = (Tie::None, false, None);
        loop {
            self.skip_space();
            if self.rest().is_empty() || self.rest().starts_with(')') || self.clauses >= MOST {
                break;
            }
            if let Some((operator, length)) = operator(self.rest()) {
                self.at += length;
                self.syntax = true;
                match operator {
                    "NOT" => negated = !negated,
                    _ if operands.is_empty() || tie != Tie::None => self.bare(operator, &mut operands),
                    "AND" => tie = Tie::And,
                    _ => tie = Tie::Or,
                }
                pending = Some(operator);
                continue;
            }
            let before = self.plain.len();
            let found = self.operand(depth);
            let sign = if negated { opposite(found.0) } else { found.0 };
            if sign == Occur::MustNot {
                self.plain.truncate(before);
            }
            let mut clauses = found.1.into_iter();
            if let Some(clause) = clauses.next() {
                operands.push(Operand {
                    tie,
                    occur: sign,
                    clause,
                });
                operands.extend(clauses.map(|clause| Operand {
                    tie: if tie == Tie::None { tie } else { Tie::And },
                    occur: sign,
                    clause,
                }));
                (tie, negated, pending) = (Tie::None, false, None);
            }
        }
        if let Some(operator) = pending.filter(|_| tie != Tie::None || negated) {
            self.bare(operator, &mut operands);
        }
        group(operands)
    }

    /// An operator with nothing to join is a word.
    fn bare(&mut self, operator: &str, operands: &mut Vec<Operand>) {
        self.note(format!("{operator} joins nothing here and was searched as a word."));
        operands.push(Operand {
            tie: Tie::None,
            occur: Occur::Should,
            clause: Clause::Word(operator.to_lowercase()),
        });
        self.clauses += 1;
    }

    /// One operand with its sign; several clauses where a word is cut into several.
    fn operand(&mut self, depth: usize) -> (Occur, Vec<Clause>) {
        let mut sign = Occur::Should;
        let signs = self.rest().len() - self.rest().trim_start_matches(['+', '-', '!']).len();
        if signs > 0 {
            let last = self.rest().as_bytes()[signs - 1];
            self.at += signs;
            if self.rest().chars().next().is_none_or(|c| c.is_whitespace() || c == ')') {
                return (sign, Vec::new());
            }
            self.syntax = true;
            sign = if last == b'+' { Occur::Must } else { Occur::MustNot };
        }
        let next = self.rest().chars().next();
        let clauses = match next {
            Some('(') => self.parentheses(depth),
            Some(c) if is_quote(c) => self
                .quoted()
                .filter(|text| !blank(text))
                .map(|text| self.wanted(Clause::Phrase(text)))
                .into_iter()
                .collect(),
            _ => match self.reference() {
                Some(clause) => vec![clause],
                None => self.word(sign == Occur::Should),
            },
        };
        (sign, clauses)
    }

    /// Counts a clause and keeps its words for the model.
    fn wanted(&mut self, clause: Clause) -> Clause {
        self.clauses += 1;
        match &clause {
            Clause::Word(text) | Clause::Phrase(text) | Clause::Prefix(text) | Clause::Reference { text, .. } => {
                self.plain.push(text.clone())
            }
            Clause::Field(FieldName::Title, text) => self.plain.push(text.clone()),
            Clause::Field(..) | Clause::Topic(_) | Clause::Group(_) => {}
        }
        clause
    }

    fn parentheses(&mut self, depth: usize) -> Vec<Clause> {
        self.at += 1;
        self.syntax = true;
        if depth >= DEEPEST {
            self.note(format!("Parentheses nested deeper than {DEEPEST} were left out."));
            return Vec::new();
        }
        let inner = self.sequence(depth + 1);
        if self.rest().starts_with(')') {
            self.at += 1;
        } else if self.rest().is_empty() {
            self.note("An opening parenthesis has no closing one and was left out.".to_owned());
        }
        if inner.clauses.is_empty() {
            Vec::new()
        } else {
            vec![Clause::Group(inner)]
        }
    }

    /// The text between quotation marks; without a second mark the first is passed over.
    fn quoted(&mut self) -> Option<String> {
        let mut chars = self.rest().char_indices();
        let (_, opening) = chars.next()?;
        self.at += opening.len_utf8();
        self.syntax = true;
        let closing = if self.no_more_quotes {
            None
        } else {
            self.rest().char_indices().find(|(_, c)| is_quote(*c))
        };
        let Some((end, mark)) = closing else {
            self.no_more_quotes = true;
            self.note("A quotation mark has no second one: what follows it was searched as words.".to_owned());
            return None;
        };
        let inside = self.rest()[..end].split_whitespace().collect::<Vec<_>>().join(" ");
        self.at += end + mark.len_utf8();
        Some(inside)
    }

    /// A pinpoint, number or citation that begins here.
    fn reference(&mut self) -> Option<Clause> {
        while self.references.peek().is_some_and(|next| next.range.start < self.at) {
            self.references.next();
        }
        if self.references.peek()?.range.start != self.at {
            return None;
        }
        let mut tokens = Vec::new();
        let mut end = self.at;
        while let Some(next) = self.references.next_if(|next| next.range.start == self.at) {
            end = end.max(next.range.end);
            tokens.extend(next.tokens);
        }
        let text = self.text.get(self.at..end).filter(|text| !text.is_empty())?.to_owned();
        self.at = end;
        Some(self.wanted(Clause::Reference { tokens, text }))
    }

    /// A word, prefix or field.
    fn word(&mut self, may_split: bool) -> Vec<Clause> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')'))
            .unwrap_or(rest.len());
        let word = &rest[..end];
        self.at += end;
        if let Some((name, value)) = word.split_once(':')
            && name.len() > 1
            && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_')
            && !value.starts_with("//")
        {
            return self.field(name, value);
        }
        if word.contains('*') {
            return self.prefix(word);
        }
        self.words(word, may_split)
    }

    /// Words in a run without spaces: apart at punctuation if they are alternatives anyway, else kept together.
    fn words(&mut self, run: &str, may_split: bool) -> Vec<Clause> {
        let part = |c: char| {
            may_split
                && !c.is_alphanumeric()
                && (c.is_ascii_punctuation() && c != '\'' || matches!(c, '–' | '—' | '、' | '。' | '，' | '；'))
        };
        let pieces = run
            .split(part)
            .map(|piece| piece.trim_matches(is_edge))
            .filter(|piece| !blank(piece));
        pieces
            .map(|piece| self.wanted(Clause::Word(piece.to_owned())))
            .collect()
    }

    fn prefix(&mut self, word: &str) -> Vec<Clause> {
        self.syntax = true;
        let start = word.trim_end_matches(is_edge);
        match word
            .strip_suffix('*')
            .filter(|start| !start.contains('*') && !blank(start))
        {
            Some(start) => vec![self.wanted(Clause::Prefix(start.trim_matches(is_edge).to_owned()))],
            None => {
                self.note(format!(
                    "`{}`: an asterisk can only end a word; it was left out.",
                    clip(word)
                ));
                self.words(&start.replace('*', " "), true)
            }
        }
    }

    fn field(&mut self, name: &str, value: &str) -> Vec<Clause> {
        let quoted = value.is_empty() && self.rest().chars().next().is_some_and(is_quote);
        let Some(field) = FieldName::named(name) else {
            if !value.is_empty() || quoted {
                let known: Vec<&str> = FieldName::ALL.iter().map(|(_, name)| *name).collect();
                self.note(format!(
                    "There is no field `{}`; it was searched as words. Fields: {}.",
                    clip(name),
                    known.join(", ")
                ));
            }
            return self.words(&format!("{name}:{value}"), true);
        };
        self.syntax = true;
        let value = if quoted {
            self.quoted().unwrap_or_default()
        } else {
            value.trim_end_matches(['.', ',', ';']).to_owned()
        };
        if value.is_empty() {
            self.note(format!("`{name}:` has no value and was searched as a word."));
            return self.words(name, true);
        }
        match canonical(field, &value) {
            Ok(value) => vec![self.wanted(Clause::Field(field, value))],
            Err(why) => {
                self.note(format!("{why}. It was searched as words."));
                value
                    .split_whitespace()
                    .flat_map(|word| self.words(word, true))
                    .collect()
            }
        }
    }
}

fn opposite(occur: Occur) -> Occur {
    if occur == Occur::MustNot {
        Occur::Must
    } else {
        Occur::MustNot
    }
}

fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests;
