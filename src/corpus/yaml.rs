//! YAML as the notes use it: text, lists and mappings, each with its line.
//!
//! Values stay exactly as written: `no` is the word no, `1.10` keeps its zero, a date is text. Typed readers above decide
//! what a value means, which is why the parser's events are read here and not what a deserializer makes of them.
//! Anchors, aliases and tags are refused: nobody needs them here, and they hide what is said.

use granit_parser::{Event, Parser, Span};

use super::problem::Report;

/// A value with the line on which it begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub line: usize,
    pub value: Value,
}

/// A word or phrase, a list, or a mapping in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key with its line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Key {
    pub name: String,
    pub line: usize,
}

/// Nesting deeper than this is a mistake, and would cost stack.
const DEEPEST: usize = 16;

/// Parses a block whose first line is line `first_line` of the file. What cannot be read is reported, and nothing given.
pub(super) fn parse(text: &str, first_line: usize, report: &mut Report) -> Option<Node> {
    let mut events = Vec::new();
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => events.push((event, span)),
            Err(error) => {
                let line = first_line + error.marker().line().saturating_sub(1);
                report.say(
                    line,
                    format!("this block cannot be read: {}", plain_reason(&error.info())),
                    CURE,
                );
                return None;
            }
        }
    }
    let mut reader = Reader {
        events: events.into_iter(),
        first_line,
        report,
    };
    let node = reader.document();
    node.unwrap_or_else(|Refused { line, message }| {
        report.say(line, message, CURE);
        None
    })
}

const CURE: &str = "Write one `key: value` a line with a space after the colon; put a value that contains `: `, `#` or \
                    begins with a bracket or quotation mark between double quotation marks; indent with spaces only";

/// The parser's reason in words for writers; the parser's own where it has not been met yet.
fn plain_reason(info: &str) -> String {
    const REASONS: &[(&str, &str)] = &[
        (
            "mapping values are not allowed",
            "a value contains a colon followed by a space",
        ),
        (
            "illegal placement of ':'",
            "a bracket before this line was not closed, or a colon stands where none belongs",
        ),
        ("simple key expected", "a line is not of the form `key: value`"),
        (
            "found character that cannot start any token",
            "a value begins with a sign that has a meaning of its own",
        ),
        ("while parsing a flow", "a bracket is not closed"),
        (
            "did not find expected key",
            "a line is indented more or less than those beside it",
        ),
    ];
    let first = info.lines().next().unwrap_or_default().trim();
    let known = REASONS.iter().find(|(reason, _)| first.contains(reason));
    known.map_or(first, |(_, words)| words).to_owned()
}

struct Refused {
    line: usize,
    message: String,
}

struct Reader<'a, 'r> {
    events: std::vec::IntoIter<(Event<'a>, Span)>,
    first_line: usize,
    report: &'r mut Report,
}

impl<'a> Reader<'a, '_> {
    fn next(&mut self) -> Option<(Event<'a>, usize)> {
        let (event, span) = self.events.next()?;
        Some((event, self.first_line + span.start.line().saturating_sub(1)))
    }

    fn document(&mut self) -> Result<Option<Node>, Refused> {
        let mut found = None;
        while let Some((event, line)) = self.next() {
            match event {
                Event::DocumentStart(..) if found.is_some() => {
                    return Err(Refused {
                        line,
                        message: "a second `---` begins another block here".to_owned(),
                    });
                }
                event if event.is_node() => found = Some(self.node(event, line, 0)?),
                _ => {}
            }
        }
        Ok(found)
    }

    fn node(&mut self, event: Event<'a>, line: usize, depth: usize) -> Result<Node, Refused> {
        let refuse = |message: &str| {
            Err(Refused {
                line,
                message: message.to_owned(),
            })
        };
        if depth > DEEPEST {
            return refuse("this is nested too deep");
        }
        if event.anchor_id().is_some() || event.is_alias() {
            return refuse("a value begins with `&` or `*`, which refers to another value");
        }
        if event.tag().is_some() {
            return refuse("a value begins with `!`, which changes its meaning");
        }
        let value = match event {
            Event::Scalar(text, ..) => Value::Text(text.into_owned()),
            Event::SequenceStart(..) => self.list(depth)?,
            Event::MappingStart(..) => self.map(depth)?,
            _ => return refuse("this is neither a value, a list nor a mapping"),
        };
        Ok(Node { line, value })
    }

    fn list(&mut self, depth: usize) -> Result<Value, Refused> {
        let mut items = Vec::new();
        while let Some((event, line)) = self.next() {
            if matches!(event, Event::SequenceEnd) {
                break;
            }
            items.push(self.node(event, line, depth + 1)?);
        }
        Ok(Value::List(items))
    }

    fn map(&mut self, depth: usize) -> Result<Value, Refused> {
        let mut pairs: Vec<(Key, Node)> = Vec::new();
        while let Some((event, line)) = self.next() {
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let Node {
                value: Value::Text(name),
                ..
            } = self.node(event, line, depth + 1)?
            else {
                return Err(Refused {
                    line,
                    message: "a key is not a plain word".to_owned(),
                });
            };
            let Some((event, value_line)) = self.next() else { break };
            let node = self.node(event, value_line, depth + 1)?;
            if let Some((first, _)) = pairs.iter().find(|(key, _)| key.name == name) {
                let message = format!("the key `{name}` stands twice, first on line {}", first.line);
                self.report.say(line, message, "Keep one of the two");
            } else {
                pairs.push((Key { name, line }, node));
            }
        }
        Ok(Value::Map(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (Option<Node>, Vec<String>) {
        let mut report = Report::on("x.md");
        let node = parse(text, 11, &mut report);
        (
            node,
            report
                .problems
                .iter()
                .map(|p| format!("{} {}", p.line, p.message))
                .collect(),
        )
    }

    #[test]
    fn words_and_dates_stay_as_written() {
        let (node, problems) = read("a: no\nb: 2018-05-30\nc: 1.10\nd: [yes, ~]\n# note\ne: {f: 007}\n");
        assert!(problems.is_empty());
        let Some(Node {
            value: Value::Map(pairs),
            ..
        }) = node
        else {
            panic!()
        };
        let text = |at: usize| match &pairs[at].1.value {
            Value::Text(text) => text.clone(),
            other => format!("{other:?}"),
        };
        assert_eq!(
            (text(0), text(1), text(2)),
            ("no".into(), "2018-05-30".into(), "1.10".into())
        );
        assert!(text(3).contains("\"yes\""));
        assert_eq!(pairs[4].0.line, 16);
    }

    #[test]
    fn tells_the_line_of_what_it_refuses() {
        assert_eq!(
            read("a: b\na: c\n").1,
            ["12 the key `a` stands twice, first on line 11"]
        );
        assert_eq!(read("a: 1\nb: *x\n").1.len(), 1);
        assert!(read("a: 1\nb: &x 1\n").1[0].starts_with("12 a value begins with `&`"));
        assert!(read("a: !!int 1\n").1[0].contains('!'));
        assert!(read("a: b: c\n").1[0].starts_with("11 this block cannot be read"));
        assert_eq!(read(&"[".repeat(40)).1.len(), 1);
    }

    proptest! {
        #[test]
        fn never_panics(text in "[-a-z:#&*!{}\\[\\],\"' \n|>%@\t~é]{0,80}") {
            read(&text);
        }
    }
}
