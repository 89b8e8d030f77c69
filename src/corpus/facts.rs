//! The closed lists beside a text: the `facts` block of a provision, and the same keys in a decision's front matter.

use std::collections::BTreeMap;

use super::fields::{Fields, clip, is_empty};
use super::problem::Report;
use super::yaml::{self, Node, Value};
use crate::law::{
    Answer, Confidence, Element, ElementValue, PartialDate, Sanction, Source, SourceKind, Status, Topic, ValueType,
};

/// What a `facts` block says.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub topics: Vec<Topic>,
    pub confidence: Option<Confidence>,
    pub elements: BTreeMap<Element, ElementValue>,
    pub sources: Vec<Source>,
    pub citable: bool,
    pub status: Option<Status>,
    pub in_force: Option<PartialDate>,
    pub until: Option<PartialDate>,
    /// Line of `status` or `until`, for problems between them and the law's status.
    pub status_line: usize,
    /// Keys whose values were refused: that they are missing need not be told again.
    pub refused: Vec<&'static str>,
}

/// Reads one `facts` block.
pub(super) fn read(yaml: &str, line: usize, report: &mut Report) -> Facts {
    let node = yaml::parse(yaml, line, report);
    let mut fields = Fields::of(node, line, "the facts block", report);
    let status_line = if fields.has("until") {
        fields.line_of("until")
    } else {
        fields.line_of("status")
    };
    let mut refused = Vec::new();
    let mut watch = |key: &'static str, before: usize, after: usize| {
        if after > before {
            refused.push(key);
        }
    };
    let start = report.problems.len();
    let topics = fields.parsed_list("topics", report);
    let after_topics = report.problems.len();
    let confidence = fields.parsed("confidence", report);
    let after_confidence = report.problems.len();
    let sources = sources(&mut fields, report);
    watch("topics", start, after_topics);
    watch("confidence", after_topics, after_confidence);
    watch("sources", after_confidence, report.problems.len());
    let facts = Facts {
        topics,
        confidence,
        sources,
        elements: elements(&mut fields, report),
        citable: fields.yes_no("citable", true, report),
        status: fields.parsed("status", report),
        in_force: fields.parsed("in_force", report),
        until: fields.parsed("until", report),
        status_line,
        refused,
    };
    fields.finish(report, |key| {
        key.parse::<Element>()
            .is_ok()
            .then_some("Put it below `elements:`, indented by two spaces")
    });
    covered_topics(&facts, line, report);
    facts
}

/// A covered threat or generated image must be found under its topic.
fn covered_topics(facts: &Facts, line: usize, report: &mut Report) {
    let yes = |element| facts.elements.get(&element) == Some(&ElementValue::Answer(Answer::Yes));
    let mut demand = |element: Element, topic: Topic| {
        report.say(
            line,
            format!("`{element}` is yes, but the topic `{topic}` is missing"),
            format!("Add `{topic}` to `topics`, or correct `{element}`"),
        );
    };
    if yes(Element::ThreatCovered) && !facts.topics.contains(&Topic::ThreatsToShare) {
        demand(Element::ThreatCovered, Topic::ThreatsToShare);
    }
    let flashing_alone = facts.topics == [Topic::Cyberflashing];
    if yes(Element::SyntheticCovered) && !facts.topics.contains(&Topic::SyntheticIntimateImages) && !flashing_alone {
        demand(Element::SyntheticCovered, Topic::SyntheticIntimateImages);
    }
}

/// The list of sources.
pub(super) fn sources(fields: &mut Fields, report: &mut Report) -> Vec<Source> {
    const FORM: &str = "Write `- {url: \"https://…\", kind: official}` below `sources:`";
    let Some((_, node)) = fields.take("sources") else {
        return Vec::new();
    };
    let Value::List(items) = node.value else {
        report.say(node.line, "`sources` is not a list", FORM);
        return Vec::new();
    };
    let mut sources = Vec::new();
    for item in items {
        let line = item.line;
        let mut fields = Fields::of(Some(item), line, "the source", report);
        let url = fields.required("url", report);
        let kind = fields.required_parsed::<SourceKind>("kind", report);
        let checked = fields.parsed::<PartialDate>("checked", report);
        fields.finish(report, |_| None);
        let (Some((url, url_line)), Some(kind)) = (url, kind) else {
            continue;
        };
        if check_url(&url, url_line, report) {
            sources.push(Source { url, kind, checked });
        }
    }
    sources
}

/// Whether `url` is an address on the web; reports where it is not.
pub(super) fn check_url(url: &str, line: usize, report: &mut Report) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let fits = rest.is_some_and(|rest| !rest.is_empty() && !url.contains(char::is_whitespace));
    if !fits {
        let cure = "Write the whole address, beginning with https://";
        report.say(line, format!("`{}` is not a web address", clip(url)), cure);
    }
    fits
}

/// The elements, each of the type that its key demands.
fn elements(fields: &mut Fields, report: &mut Report) -> BTreeMap<Element, ElementValue> {
    let mut elements = BTreeMap::new();
    let Some((key, node)) = fields.take("elements") else {
        return elements;
    };
    let Value::Map(pairs) = node.value else {
        report.say(
            key.line,
            "`elements` holds no keys",
            "Write one `key: value` a line below it, indented by two spaces",
        );
        return elements;
    };
    for (key, node) in pairs {
        let line = node.line;
        match key.name.parse::<Element>() {
            Err(unknown) => {
                let cure = match unknown.nearest {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => "Remove it, and tell what it says in the text".to_owned(),
                };
                report.say(key.line, format!("`{}` is not an element", clip(&key.name)), cure);
            }
            Ok(element) => match element_value(element, node, report) {
                Ok(value) => {
                    elements.insert(element, value);
                }
                Err((message, cure)) => {
                    let colon = if message.starts_with(['`', 't']) { ":" } else { "" };
                    report.say(line, format!("`{element}`{colon} {message}"), cure);
                }
            },
        }
    }
    elements
}

fn element_value(element: Element, node: Node, report: &mut Report) -> Result<ElementValue, (String, String)> {
    let wrong = |message: String, cure: &str| Err((message, cure.to_owned()));
    match (element.value_type(), node.value) {
        (ValueType::Sanction, Value::Map(pairs)) => sanction(
            Node {
                line: node.line,
                value: Value::Map(pairs),
            },
            report,
        ),
        (ValueType::Sanction, Value::Text(word)) if word == "unlimited" => {
            Ok(ElementValue::Sanction(Sanction::Unlimited))
        }
        (ValueType::Sanction, Value::Text(word)) => {
            wrong(format!("`{}` is not an amount", clip(&word)), SANCTION_FORMS)
        }
        (_, Value::Text(word)) if is_empty(&word) => {
            wrong("is empty".to_owned(), "Write its value, or remove the line")
        }
        (ValueType::Answer, Value::Text(word)) => match word.as_str() {
            "yes" => Ok(ElementValue::Answer(Answer::Yes)),
            "no" => Ok(ElementValue::Answer(Answer::No)),
            "unclear" => Ok(ElementValue::Answer(Answer::Unclear)),
            _ => wrong(
                format!("`{}` is not yes, no or unclear", clip(&word)),
                "Write `yes`, `no` or `unclear`, and tell the rest in the text",
            ),
        },
        (ValueType::Whole, Value::Text(word)) => match word.parse::<u32>() {
            Ok(number) if word.bytes().all(|b| b.is_ascii_digit()) => Ok(ElementValue::Whole(number)),
            _ => wrong(
                format!("`{}` is not a whole number", clip(&word)),
                "Write a whole number without a sign, a point or a unit; the key's ending names the unit",
            ),
        },
        (ValueType::Phrase, Value::Text(phrase)) => Ok(ElementValue::Phrase(phrase.trim().to_owned())),
        (_, Value::List(_)) => wrong(
            "is a list".to_owned(),
            "Write one value; several things are one phrase with commas",
        ),
        (_, Value::Map(_)) => wrong(
            "holds keys of its own".to_owned(),
            "Write one value; put a phrase with `: ` between quotation marks",
        ),
    }
}

const SANCTION_FORMS: &str = "Write {amount: 200000, currency: KES}, {percent_of: worldwide turnover, percent: 6} or \
                              unlimited; a sanction that is not money stands in the text";

fn sanction(node: Node, report: &mut Report) -> Result<ElementValue, (String, String)> {
    let wrong = |message: String, cure: &str| Err((message, cure.to_owned()));
    let mut fields = Fields::of(Some(node), 0, "the amount", report);
    let (amount, currency) = (fields.text("amount", report), fields.text("currency", report));
    let (percent_of, percent) = (fields.text("percent_of", report), fields.text("percent", report));
    fields.finish(report, |_| None);
    let number = |text: &str| text.parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0);
    match (amount, currency, percent_of, percent) {
        (Some((amount, _)), Some((currency, _)), None, None) => match number(&amount) {
            _ if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) => wrong(
                format!("`{}` is not a currency code", clip(&currency)),
                "Write the three capital letters of ISO 4217, such as KES",
            ),
            Some(amount) => Ok(ElementValue::Sanction(Sanction::Amount { amount, currency })),
            None => wrong(
                format!("`{}` is not a number", clip(&amount)),
                "Write digits without separators, such as 200000",
            ),
        },
        (None, None, Some((percent_of, _)), Some((percent, _))) => match number(&percent).filter(|n| *n <= 100.0) {
            Some(percent) => Ok(ElementValue::Sanction(Sanction::Percent { percent_of, percent })),
            None => wrong(
                format!("`{}` is not a percentage", clip(&percent)),
                "Write a number from 0 to 100",
            ),
        },
        _ => wrong("the amount is not complete".to_owned(), SANCTION_FORMS),
    }
}
