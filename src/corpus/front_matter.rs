//! The block on top of a file: what the document is. Unknown keys are refused.

use super::document::Details;
use super::facts;
use super::fields::Fields;
use super::problem::Report;
use super::yaml;
use crate::law::{
    Code, Confidence, Instrument, InstrumentType, Judgment, Jurisdiction, Kind, LegalSystem, PartialDate, Region,
    Source, Status, TextKind, Topic,
};

/// What the block on top says, for every kind of document.
#[derive(Debug)]
pub(super) struct FrontMatter {
    pub kind: Kind,
    pub title: String,
    pub title_original: Option<String>,
    pub jurisdiction: Option<Code>,
    pub language: String,
    pub languages: Vec<String>,
    pub url: Option<String>,
    pub checked: Option<PartialDate>,
    pub licence: Option<String>,
    pub text_kind: TextKind,
    pub details: Details,
    /// Decisions only.
    pub topics: Vec<Topic>,
    /// Decisions only.
    pub confidence: Option<Confidence>,
    /// Decisions only.
    pub sources: Vec<Source>,
    /// Identifiers among the provisions applied, with their lines.
    pub links: Vec<(String, usize)>,
    /// Jurisdictional notes only.
    pub described: Option<Jurisdiction>,
    /// Line of `jurisdiction` or `code`.
    pub jurisdiction_line: usize,
}

/// Parts a file into its front matter and its body, with the line on which the body begins.
pub(super) fn split<'t>(text: &'t str, report: &mut Report) -> Option<(&'t str, &'t str, usize)> {
    const CURE: &str = "Begin the file with a line `---`, the `key: value` lines, and another line `---`";
    let rest = match text.split_once('\n') {
        Some((first, rest)) if first.trim_end() == "---" => rest,
        _ => {
            report.say(1, "the file does not begin with its front matter", CURE);
            return None;
        }
    };
    let mut at = 0;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        if line.trim_end() == "---" {
            return Some((&rest[..at], &rest[at + line.len()..], number + 3));
        }
        at += line.len();
    }
    report.say(1, "the front matter is not closed", CURE);
    None
}

/// Reads the block of a document of the kind that its folder tells.
pub(super) fn read(yaml: &str, kind: Kind, report: &mut Report) -> Option<FrontMatter> {
    let node = yaml::parse(yaml, 2, report)?;
    let mut fields = Fields::of(Some(node), 1, "the front matter", report);
    check_kind(&mut fields, kind, report);
    let jurisdiction_line = fields.line_of(if kind == Kind::Jurisdiction {
        "code"
    } else {
        "jurisdiction"
    });
    let title = fields.required("title", report).map(|(title, _)| title);
    let title_original = fields.text("title_original", report).map(|(title, _)| title);
    let language = fields.required("language", report).map(|given| language(given, report));
    let languages = fields
        .texts("languages", report)
        .into_iter()
        .map(|given| self::language(given, report))
        .collect();
    let checked = fields.parsed("checked", report);
    let mut read = FrontMatter {
        kind,
        title: title.unwrap_or_default(),
        title_original,
        jurisdiction: None,
        language: language.unwrap_or_else(|| "en".to_owned()),
        languages,
        url: None,
        checked,
        licence: None,
        text_kind: TextKind::Summary,
        details: Details::Jurisdiction,
        topics: Vec::new(),
        confidence: None,
        sources: Vec::new(),
        links: Vec::new(),
        described: None,
        jurisdiction_line,
    };
    match kind {
        Kind::Jurisdiction => jurisdiction(&mut fields, &mut read, report),
        Kind::Judgment => judgment(&mut fields, &mut read, report),
        Kind::Legislation | Kind::Instrument | Kind::ModelLaw => law(&mut fields, &mut read, report),
    }
    fields.finish(report, |key| match key {
        "elements" | "citable" | "until" => Some("It belongs to a provision: put it into that provision's facts block"),
        "topics" | "confidence" | "sources" => Some("Put it into the facts block of each provision it concerns"),
        _ => None,
    });
    Some(read)
}

fn check_kind(fields: &mut Fields, kind: Kind, report: &mut Report) {
    let line = fields.line_of("kind");
    if let Some(given) = fields
        .required_parsed::<Kind>("kind", report)
        .filter(|given| *given != kind)
    {
        let cure = format!("Write `kind: {kind}`, or move the file into the folder for `{given}`");
        report.say(
            line,
            format!("the kind is `{given}`, but the file stands in the folder for `{kind}`"),
            cure,
        );
    }
}

/// A BCP 47 code: letters, then subtags behind hyphens.
fn language((given, line): (String, usize), report: &mut Report) -> String {
    let mut parts = given.split('-');
    let first = parts.next().unwrap_or_default();
    let fits = (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if !fits {
        let cure = "Write its BCP 47 code, such as `en`, `sw` or `pt-BR`";
        report.say(
            line,
            format!("`{}` is not the code of a language", super::fields::clip(&given)),
            cure,
        );
    }
    given
}

/// Keys that laws and decisions share.
fn text_keys(fields: &mut Fields, read: &mut FrontMatter, report: &mut Report) {
    if let Some((url, line)) = fields.text("url", report) {
        facts::check_url(&url, line, report);
        read.url = Some(url);
    }
    read.licence = fields.text("licence", report).map(|(licence, _)| licence);
    let line = fields.line_of("text");
    read.text_kind = fields.parsed("text", report).unwrap_or(TextKind::Summary);
    if read.text_kind == TextKind::Verbatim && read.licence.is_none() {
        report.say(
            line,
            "a verbatim text has no `licence`",
            "Add a line `licence: …` that says under what terms it is used",
        );
    }
}

fn jurisdiction(fields: &mut Fields, read: &mut FrontMatter, report: &mut Report) {
    let code = fields.required_parsed::<Code>("code", report);
    let region = fields.required_parsed::<Region>("region", report);
    let legal_system = fields.parsed::<LegalSystem>("legal_system", report);
    read.jurisdiction = code.clone();
    if let (Some(code), Some(region)) = (code, region) {
        let (name, languages) = (read.title.clone(), read.languages.clone());
        read.described = Some(Jurisdiction {
            code,
            name,
            region,
            legal_system,
            languages,
        });
    }
}

fn judgment(fields: &mut Fields, read: &mut FrontMatter, report: &mut Report) {
    read.jurisdiction = fields.required_parsed("jurisdiction", report);
    text_keys(fields, read, report);
    let court = fields.required("court", report).map(|(court, _)| court);
    let date = fields.required_parsed::<PartialDate>("date", report);
    let applied = fields.texts("provisions_applied", report);
    let is_identifier = |text: &str| super::markdown::FOLDERS.iter().any(|folder| text.starts_with(folder));
    read.links = applied
        .iter()
        .filter(|(text, _)| is_identifier(text))
        .cloned()
        .collect();
    read.details = Details::Judgment(Judgment {
        court: court.unwrap_or_default(),
        // A decision without a date cannot be filtered by date; the problem is told, the first day stands in.
        date: date.unwrap_or(PartialDate::Year(jiff::civil::Date::constant(1, 1, 1))),
        citation: fields.text("citation", report).map(|(citation, _)| citation),
        ecli: fields.text("ecli", report).map(|(ecli, _)| ecli),
        provisions_applied: applied.into_iter().map(|(text, _)| text).collect(),
        outcome: fields.text("outcome", report).map(|(outcome, _)| outcome),
    });
    let topics_line = fields.line_of("topics");
    let before = report.problems.len();
    read.topics = fields.parsed_list("topics", report);
    let topics_refused = report.problems.len() > before;
    read.confidence = fields.required_parsed("confidence", report);
    let before = report.problems.len();
    read.sources = facts::sources(fields, report);
    let sources_refused = report.problems.len() > before;
    if read.topics.is_empty() && !topics_refused {
        report.say(
            topics_line,
            "the decision has no topic",
            "Add a line `topics: [cyberstalking]` with what it is about",
        );
    }
    if read.sources.is_empty() && !sources_refused && read.confidence != Some(Confidence::Recalled) {
        let cure = "Add `sources:` with the address it was read at, or write `confidence: recalled`";
        report.say(fields.line, "the decision has no source", cure);
    }
}

fn law(fields: &mut Fields, read: &mut FrontMatter, report: &mut Report) {
    let model = read.kind == Kind::ModelLaw;
    read.jurisdiction = if model {
        fields.parsed("jurisdiction", report)
    } else {
        fields.required_parsed("jurisdiction", report)
    };
    text_keys(fields, read, report);
    let instrument_type = match model {
        true => fields.parsed("type", report).or(Some(InstrumentType::ModelLaw)),
        false => fields.required_parsed("type", report),
    };
    let lines = ["enacted", "introduced", "in_force", "status", "version"].map(|key| fields.line_of(key));
    let status = fields.required_parsed::<Status>("status", report);
    let (repeals, repealed_by) = repeal(fields, status, read, report);
    let law = Instrument {
        instrument_type: instrument_type.unwrap_or(InstrumentType::Act),
        number: fields.text("number", report).map(|(number, _)| number),
        abbreviations: fields
            .texts("abbreviations", report)
            .into_iter()
            .map(|(text, _)| text)
            .collect(),
        enacted: fields.parsed("enacted", report),
        introduced: fields.parsed("introduced", report),
        in_force: fields.parsed("in_force", report),
        // A law whose status is missing or refused is shown as neither in force nor not; the problem is told.
        status: status.unwrap_or(Status::Adopted),
        repeals,
        repealed_by,
        version: fields.text("version", report).map(|(version, _)| version),
    };
    if model && law.version.is_none() {
        fields.missing("version", report);
    } else if !model && law.version.is_some() {
        report.say(lines[4], "`version` belongs to model laws", "Remove the line");
    }
    if model && !matches!(law.status, Status::Draft | Status::Adopted) {
        report.say(
            lines[3],
            format!("a model law is never `{}`", law.status),
            "Write `status: draft` or `status: adopted`",
        );
    }
    if status.is_some() {
        check_dates(&law, lines, report);
    }
    read.details = Details::Law(law);
}

/// What the law repeals, and what repealed it: identifiers of laws, which must lead somewhere.
fn repeal(
    fields: &mut Fields,
    status: Option<Status>,
    read: &mut FrontMatter,
    report: &mut Report,
) -> (Vec<String>, Option<String>) {
    let mut identified = |(text, line): (String, usize), report: &mut Report| {
        let folders = ["legislation/", "instruments/"];
        let law = folders.iter().any(|folder| text.starts_with(folder)) && !text.contains(".md");
        if law {
            read.links.push((text.clone(), line));
        } else {
            let message = format!("`{}` is not the identifier of a law", super::fields::clip(&text));
            let cure = "Write its path without `.md`, as in `legislation/ke/penal-code`, or leave the line out";
            report.say(line, message, cure);
        }
        law.then_some(text)
    };
    let repeals = fields.texts("repeals", report);
    let repeals = repeals
        .into_iter()
        .filter_map(|given| identified(given, report))
        .collect();
    let by = fields.text("repealed_by", report);
    if let (Some((_, line)), Some(status)) = (&by, status.filter(|status| *status != Status::Repealed)) {
        let cure = "Write `status: repealed`, or remove `repealed_by`";
        report.say(
            *line,
            format!("`repealed_by` stands beside the status `{status}`"),
            cure,
        );
    }
    (repeals, by.and_then(|given| identified(given, report)))
}

/// Dates that do not go with the status or with one another.
fn check_dates(law: &Instrument, [enacted, introduced, in_force, status, _]: [usize; 5], report: &mut Report) {
    let proposed = matches!(law.status, Status::Bill | Status::Draft);
    if proposed && law.enacted.is_some() {
        let cure = "Write `introduced` for the day it was proposed, or correct the status";
        report.say(
            enacted,
            format!("a law with `status: {}` has not been enacted", law.status),
            cure,
        );
    }
    if proposed && law.in_force.is_some() {
        let cure = "Remove `in_force`, or correct the status";
        report.say(
            in_force,
            format!("a law with `status: {}` is not in force", law.status),
            cure,
        );
    }
    if !proposed && law.introduced.is_some() {
        let cure = "Write `enacted` for the day it was passed, or correct the status";
        report.say(
            introduced,
            format!(
                "`introduced` is for bills and drafts, and the status is `{}`",
                law.status
            ),
            cure,
        );
    }
    if law.status == Status::Suspended {
        report.say(
            status,
            "a whole law is never `suspended`",
            "Put the status into the facts block of each suspended provision",
        );
    }
    let soft = matches!(
        law.instrument_type,
        InstrumentType::Policy | InstrumentType::Strategy | InstrumentType::ModelLaw
    );
    if law.status == Status::Adopted && law.in_force.is_some() && !soft {
        let cure = "Write `in force` or `not yet in force`, or remove `in_force`";
        report.say(
            in_force,
            "the status `adopted` says that no commencement is known, but `in_force` gives one",
            cure,
        );
    }
    if let (Some(passed), Some(from)) = (law.enacted, law.in_force)
        && from.latest() < passed.earliest()
        && law.status != Status::PartlyInForce
    {
        report.say(
            in_force,
            "the law comes into force before it was enacted",
            "Correct one of the two dates",
        );
    }
}
