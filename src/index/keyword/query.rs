//! What is asked of the keyword index, as a tree.

use std::fmt;

/// How a clause bears on its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occur {
    /// Helps; one of them suffices where nothing is required.
    Should,
    /// Has to be there.
    Must,
    /// Must not be there.
    MustNot,
}

/// Fields that `field:value` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldName {
    /// Kind of document.
    Kind,
    /// Code of the jurisdiction.
    Jurisdiction,
    /// Region of the jurisdiction.
    Region,
    /// Topic.
    Topic,
    /// Language of the text.
    Language,
    /// Fate of the law or provision.
    Status,
    /// Degree of trust.
    Confidence,
    /// Words of the document's titles.
    Title,
    /// Identifier of the provision or document.
    Id,
}

impl FieldName {
    /// Every field, with its name.
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::Kind, "kind"),
        (Self::Jurisdiction, "jurisdiction"),
        (Self::Region, "region"),
        (Self::Topic, "topic"),
        (Self::Language, "language"),
        (Self::Status, "status"),
        (Self::Confidence, "confidence"),
        (Self::Title, "title"),
        (Self::Id, "id"),
    ];

    /// The name as it is written in a query.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(field, _)| *field == self)
            .map_or("", |(_, name)| name)
    }

    /// The field called `name`, in any case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, own)| own.eq_ignore_ascii_case(name))
            .map(|(field, _)| *field)
    }
}

/// One thing asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// A word, in any of its forms.
    Word(String),
    /// Words in this order, side by side, as written.
    Phrase(String),
    /// Words that begin so.
    Prefix(String),
    /// A value of a field.
    Field(FieldName, String),
    /// A pinpoint, number or citation: its canonical tokens, and as it was written.
    Reference {
        /// Canonical tokens.
        tokens: Vec<String>,
        /// As written.
        text: String,
    },
    /// A topic that the query calls by one of its labels.
    Topic(TopicClause),
    /// Clauses together.
    Group(Group),
}

/// What a topic adds to a query: provisions on it are found, and its labels are looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TopicClause {
    /// Topics of the closed list, by name; one of them suffices.
    pub topics: Vec<String>,
    /// Words of its label and definition that the query does not have itself.
    pub words: Vec<String>,
}

/// Clauses with their weight on the group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// The clauses, in the order they were written.
    pub clauses: Vec<(Occur, Clause)>,
}

/// A query; an empty one finds everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// The whole of it.
    pub root: Group,
}

impl Query {
    /// A query of optional words, without any syntax.
    pub fn of_words(text: &str) -> Self {
        let words = super::words::words(text)
            .into_iter()
            .map(|word| text[word.range].to_owned());
        Self {
            root: Group {
                clauses: words.map(|word| (Occur::Should, Clause::Word(word))).collect(),
            },
        }
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.root.clauses.is_empty()
    }

    /// Every clause that is wanted (not inside a negation and not a group), in order.
    pub fn wanted(&self) -> Vec<&Clause> {
        fn walk<'a>(group: &'a Group, found: &mut Vec<&'a Clause>) {
            for (occur, clause) in &group.clauses {
                match clause {
                    _ if *occur == Occur::MustNot => {}
                    Clause::Group(inner) => walk(inner, found),
                    clause => found.push(clause),
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.root, &mut found);
        found
    }

    /// The single words wanted, as written.
    pub fn words(&self) -> Vec<&str> {
        let word = |clause: &'_ &Clause| matches!(clause, Clause::Word(_));
        self.wanted()
            .into_iter()
            .filter(word)
            .map(|clause| match clause {
                Clause::Word(word) => word.as_str(),
                _ => "",
            })
            .collect()
    }

    /// Whether something is required, excluded or asked of a field, which binds the vector leg too.
    pub fn binds(&self) -> bool {
        fn any(group: &Group) -> bool {
            group.clauses.iter().any(|(occur, clause)| {
                *occur != Occur::Should
                    || matches!(clause, Clause::Field(..))
                    || matches!(clause, Clause::Group(inner) if any(inner))
            })
        }
        any(&self.root)
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (occur, clause)) in self.clauses.iter().enumerate() {
            let sign = match occur {
                Occur::Should => "",
                Occur::Must => "+",
                Occur::MustNot => "-",
            };
            write!(f, "{}{sign}{clause}", if at > 0 { " " } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Phrase(words) => write!(f, "\"{words}\""),
            Self::Prefix(start) => write!(f, "{start}*"),
            Self::Field(field, value) if value.contains(char::is_whitespace) => {
                write!(f, "{}:\"{value}\"", field.as_str())
            }
            Self::Field(field, value) => write!(f, "{}:{value}", field.as_str()),
            Self::Reference { tokens, .. } => write!(f, "[{}]", tokens.join(" ")),
            Self::Topic(topic) if topic.words.is_empty() => write!(f, "~{}", topic.topics.join(",")),
            Self::Topic(topic) => write!(f, "~{} ({})", topic.topics.join(","), topic.words.join(" ")),
            Self::Group(group) => write!(f, "({group})"),
        }
    }
}
