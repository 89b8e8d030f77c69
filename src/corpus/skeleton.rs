//! Skeletons: the file that a new note begins as, with a placeholder for each thing that its author has to write.
//!
//! In comes what is known already, out goes Markdown that is well formed but for its placeholders.

use super::article;
use super::placeholder::placeholder;
use crate::law::{Code, Confidence, InstrumentType, Kind, LegalSystem, PartialDate, Region, SourceKind, Status};

/// What is known of a note before it is written; what is not stays a placeholder.
#[derive(Debug, Clone)]
pub struct Skeleton {
    /// What kind of document it is.
    pub kind: Kind,
    /// English title, name of the case, of the jurisdiction.
    pub title: Option<String>,
    /// Whose law it is.
    pub jurisdiction: Option<Code>,
    /// BCP 47 code of the language of our text.
    pub language: String,
    /// Sort of law or instrument.
    pub instrument_type: Option<InstrumentType>,
    /// Number of the law as it is cited.
    pub number: Option<String>,
    /// Address of the official text.
    pub url: Option<String>,
    /// The court.
    pub court: Option<String>,
    /// Day of the decision.
    pub date: Option<PartialDate>,
    /// Citation of the decision.
    pub citation: Option<String>,
    /// Region of the jurisdiction.
    pub region: Option<Region>,
    /// Tradition of its law.
    pub legal_system: Option<LegalSystem>,
}

const DAY: &str = "YYYY-MM-DD, YYYY-MM or YYYY, or remove the line";
const TOPICS: &str = "one or more topics such as intimate-image-abuse";

impl Skeleton {
    /// A skeleton of this kind of which nothing is known.
    pub fn of(kind: Kind) -> Self {
        Self {
            kind,
            title: None,
            jurisdiction: None,
            language: "en".to_owned(),
            instrument_type: None,
            number: None,
            url: None,
            court: None,
            date: None,
            citation: None,
            region: None,
            legal_system: None,
        }
    }

    /// The file.
    pub fn markdown(&self) -> String {
        match self.kind {
            Kind::Legislation | Kind::Instrument => self.law(),
            Kind::Judgment => self.judgment(),
            Kind::Jurisdiction => self.note(),
            Kind::ModelLaw => self.model_law(),
        }
    }

    fn law(&self) -> String {
        let proposed = matches!(self.instrument_type, Some(InstrumentType::Bill));
        let types = InstrumentType::ALL
            .iter()
            .filter(|one| **one != InstrumentType::ModelLaw);
        let mut lines = self.top("the English title");
        lines.key(
            "jurisdiction",
            self.jurisdiction.as_ref(),
            "code such as KE, US-CA or COE",
        );
        lines.key("type", self.instrument_type, &one_of(types));
        lines.key(
            "number",
            self.number.as_ref(),
            "as it is cited, such as No. 5 of 2018, or remove the line",
        );
        lines.given("language", &self.language);
        if proposed {
            lines.open("introduced", DAY);
            lines.open("status", &one_of(&[Status::Bill, Status::Draft]));
        } else {
            // A whole law is never suspended.
            let statuses = Status::ALL.iter().filter(|one| **one != Status::Suspended);
            lines.open("enacted", DAY);
            lines.open("in_force", DAY);
            lines.open("status", &one_of(statuses));
        }
        lines.key(
            "url",
            self.url.as_ref(),
            "address of the official text, or remove the line",
        );
        lines.open("checked", "YYYY-MM-DD, the day on which you read it");
        lines.end_of_front_matter();
        lines.blank(&placeholder(
            "One or two paragraphs: what the law is, and how it bears on the subject.",
        ));
        lines.blank(&format!(
            "## {} — {} {{#{}}}",
            placeholder("s 1"),
            placeholder("heading of the section"),
            placeholder("s-1")
        ));
        lines.line("```facts");
        lines.line(&format!("topics: [{}]", placeholder(TOPICS)));
        lines.open("confidence", &one_of(Confidence::ALL));
        lines.line("elements:");
        lines.open("  conduct", "what the person does, in a few words, or another element");
        lines.source(self.url.as_deref());
        lines.blank("```");
        lines.line(&placeholder("What the section says, in your own words."));
        lines.text
    }

    fn judgment(&self) -> String {
        let mut lines = self.top("name of the case as the court published it");
        lines.key(
            "jurisdiction",
            self.jurisdiction.as_ref(),
            "code such as KE, or the body such as COE",
        );
        lines.key("court", self.court.as_ref(), "English name of the court");
        lines.key("date", self.date.as_ref(), "YYYY-MM-DD, YYYY-MM or YYYY");
        // Many citations begin with a bracket, which without quotation marks would begin a list.
        let citation = self.citation.clone();
        let citation = citation.unwrap_or_else(|| placeholder("as it is cited, or remove the line"));
        lines.line(&format!("citation: {}", quoted(&citation)));
        lines.given("language", &self.language);
        lines.key("url", self.url.as_ref(), "address of the decision, or remove the line");
        lines.line(&format!("topics: [{}]", placeholder(TOPICS)));
        lines.line(&format!(
            "provisions_applied: [{}]",
            placeholder("identifiers or citations, or remove the line")
        ));
        lines.open("outcome", "what was ordered, in a few words, or remove the line");
        lines.open("confidence", &one_of(Confidence::ALL));
        lines.source(self.url.as_deref());
        lines.end_of_front_matter();
        lines.part("## Facts", "What happened, without the name of any victim.");
        lines.part("## Holding", "What the court decided, and on what provision.");
        lines.part("## Significance", "Why it matters for the subject.");
        lines.text.truncate(lines.text.trim_end().len());
        lines.text + "\n"
    }

    fn note(&self) -> String {
        let mut lines = self.top("the English name of the country or body");
        lines.key("code", self.jurisdiction.as_ref(), "code such as KE, US-CA or COE");
        lines.key("region", self.region, &one_of(Region::ALL));
        lines.key("legal_system", self.legal_system, &one_of(LegalSystem::ALL));
        lines.line(&format!(
            "languages: [{}]",
            placeholder("codes of the official languages such as en or pt-BR")
        ));
        lines.given("language", &self.language);
        lines.end_of_front_matter();
        lines.blank(&placeholder(
            "One or two paragraphs: how the jurisdiction deals with the subject, with identifiers of its provisions.",
        ));
        lines.finding("Missing", "gap-1", "what is missing, in a few words");
        lines.part(
            "## Missing or uncertain, by the notes on its laws {#missing}",
            "What those notes leave open, each sentence with an identifier, or remove this heading.",
        );
        lines.finding("Disputed", "dispute-1", "what is disputed, in a few words");
        lines.part(
            "## Gender in AI strategy and in women, peace and security plans {#gender-commitments}",
            "What the plans promise, each sentence with an identifier, or remove this heading.",
        );
        lines.text.truncate(lines.text.trim_end().len());
        lines.text + "\n"
    }

    fn model_law(&self) -> String {
        let labels = article::labels_of(&self.language);
        let mut lines = self.top("title of the model law");
        lines.line("version: \"0.1\"");
        lines.given("status", Status::Draft.as_str());
        lines.given("language", &self.language);
        lines.end_of_front_matter();
        lines.blank(&placeholder(
            "What this is; that it is a draft, adopted by no body and law of no country; how to read it.",
        ));
        lines.blank(&format!("## Part I — {}", placeholder("title of the part")));
        lines.blank(&format!(
            "### art 1 — {} {{#art-1}}",
            placeholder("heading of the article")
        ));
        lines.line("```facts");
        lines.line(&format!("topics: [{}]", placeholder(TOPICS)));
        lines.line("elements:");
        lines.open(
            "  conduct",
            "what the article forbids, in a few words, or another element",
        );
        lines.blank("```");
        lines.blank(&format!("**{}**", labels.text));
        lines.blank(&format!(
            "(1) {}",
            placeholder("What must, may or must not be done, in words that can be enacted.")
        ));
        lines.blank(&format!(
            "**{} — {}**",
            labels.variant,
            placeholder("legal system, or remove the variant")
        ));
        lines.blank(&placeholder("In place of paragraph (1): the other wording."));
        lines.blank(&format!("**{}**", labels.commentary));
        lines.line(&placeholder(
            "Why the article is as it is; each sentence on the law of a country with the identifier of the provision.",
        ));
        lines.text
    }

    /// The first lines of every kind.
    fn top(&self, title: &str) -> Lines {
        let mut lines = Lines { text: String::new() };
        lines.line("---");
        lines.key("title", self.title.as_ref(), title);
        lines.given("kind", self.kind.as_str());
        lines
    }
}

/// The allowed words as a choice: `a, b or c`.
fn one_of<'a, T: std::fmt::Display + 'a>(words: impl IntoIterator<Item = &'a T>) -> String {
    let words: Vec<String> = words.into_iter().map(ToString::to_string).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// The lines of a file.
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A line and an empty one.
    fn blank(&mut self, line: &str) {
        self.line(line);
        self.text.push('\n');
    }

    fn end_of_front_matter(&mut self) {
        self.blank("---");
    }

    /// A heading and what belongs below it.
    fn part(&mut self, heading: &str, what: &str) {
        self.blank(heading);
        self.blank(&placeholder(what));
    }

    /// A passage of a note on what is missing or disputed, with its source.
    fn finding(&mut self, label: &str, anchor: &str, what: &str) {
        self.blank(&format!("## {label}: {} {{#{anchor}}}", placeholder(what)));
        self.line("```facts");
        self.source(None);
        self.blank("```");
        self.blank(&placeholder(
            "In whole sentences, or remove this heading and its block.",
        ));
    }

    /// A key with a value that is known.
    fn given(&mut self, key: &str, value: &str) {
        let words: Vec<&str> = value.split_whitespace().collect();
        self.line(&format!("{key}: {}", scalar(&words.join(" "))));
    }

    /// A key with its value, or what belongs there.
    fn key(&mut self, key: &str, value: Option<impl std::fmt::Display>, what: &str) {
        match value {
            Some(value) => self.given(key, &value.to_string()),
            None => self.open(key, what),
        }
    }

    /// A key whose value is to be filled in.
    fn open(&mut self, key: &str, what: &str) {
        self.line(&format!("{key}: {}", placeholder(what)));
    }

    /// One source, at the end of a block.
    fn source(&mut self, url: Option<&str>) {
        let url = url.map_or_else(|| placeholder("address at which you read it"), str::to_owned);
        // A comma would part the placeholder in two inside the braces.
        let kinds = one_of(SourceKind::ALL).replace(", ", " / ").replace(" or ", " / ");
        self.line("sources:");
        self.line(&format!(
            "  - {{url: {}, kind: {}, checked: {}}}",
            quoted(&url),
            placeholder(&kinds),
            placeholder("YYYY-MM-DD")
        ));
    }
}

/// A value as YAML reads it back unchanged: between quotation marks where a sign in it has a meaning of its own.
fn scalar(value: &str) -> String {
    const HARMLESS: &str = " -.,()/&'–—’:+#?=%_~;@!";
    let plain = value.starts_with(char::is_alphanumeric)
        && value.chars().all(|c| c.is_alphanumeric() || HARMLESS.contains(c))
        && !value.contains(": ")
        && !value.contains(" #")
        && !value.ends_with(':');
    if plain { value.to_owned() } else { quoted(value) }
}

fn quoted(value: &str) -> String {
    let escaped = value.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::super::problem::Report;
    use super::super::yaml::{self, Value};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_of_a_list_are_a_choice() {
        assert_eq!(one_of(&[1, 2, 3]), "1, 2 or 3");
        assert_eq!(one_of(&[1]), "1");
    }

    proptest! {
        #[test]
        fn a_value_is_read_back_as_it_was_given(value in "[-\\PC:#'\"\\\\{}\\[\\],&*! ]{1,30}") {
            let words: Vec<&str> = value.split_whitespace().collect();
            let value = words.join(" ");
            prop_assume!(!value.is_empty());
            let mut report = Report::on("x.md");
            let node = yaml::parse(&format!("title: {}\n", scalar(&value)), 1, &mut report);
            let Some(Value::Map(pairs)) = node.map(|node| node.value) else {
                return Err(TestCaseError::fail(format!("{:?}", report.problems)));
            };
            prop_assert_eq!(&pairs[0].1.value, &Value::Text(value));
        }
    }
}
