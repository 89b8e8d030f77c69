//! What is compared with what.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::compare::error::CompareError;
use crate::compare::order::{ColumnOrder, RowOrder};
use crate::law::{Code, Element, Region, Topic, UnknownWord};

/// What the grid is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Provisions on any of these topics.
    Topics(Vec<Topic>),
    /// An article of a model law, by identifier: what it asks for is looked for in every law.
    Article(String),
    /// A whole model law, by identifier: its articles are the rows.
    ModelLaw(String),
    /// A provision, by identifier: its like elsewhere.
    Provision(String),
    /// Words, in any language.
    Words(String),
}

/// The subject as doors receive it: exactly one is to be given.
#[derive(Debug, Clone, Default)]
pub struct SubjectWords {
    /// Topics.
    pub topics: Vec<Topic>,
    /// A model law: its identifier with or without its folder.
    pub model_law: Option<String>,
    /// An article: its identifier, or its number beside `model_law`.
    pub article: Option<String>,
    /// A provision.
    pub provision: Option<String>,
    /// Words.
    pub words: Option<String>,
}

const MODEL_LAWS: &str = "model-laws/";

impl SubjectWords {
    /// The one subject that is meant.
    ///
    /// # Errors
    /// When none is given, or several.
    pub fn read(self) -> Result<Subject, CompareError> {
        let law = self.model_law.as_deref().map(model_law_id);
        let article = |article: String| match (&law, article.contains('#')) {
            (Some(law), false) => Ok(Subject::Article(format!("{law}#{}", anchor(&article)))),
            (None, false) => Err(CompareError::Subject(format!(
                "the article `{article}` needs the model law it stands in, or its whole identifier such as \
                 model-laws/tfgbv-model-law#art-6"
            ))),
            (_, true) => Ok(Subject::Article(article)),
        };
        let mut given = Vec::new();
        if !self.topics.is_empty() {
            given.push(Subject::Topics(self.topics));
        }
        match (self.article, &law) {
            (Some(written), _) => given.push(article(written)?),
            (None, Some(law)) => given.push(Subject::ModelLaw(law.clone())),
            (None, None) => {}
        }
        given.extend(self.provision.map(Subject::Provision));
        given.extend(self.words.filter(|words| !words.trim().is_empty()).map(Subject::Words));
        let count = given.len();
        match given.pop() {
            Some(subject) if count == 1 => Ok(subject),
            None => Err(CompareError::Subject(
                "nothing to compare was named; give a topic, a model law or one of its articles, a provision, or words".to_owned(),
            )),
            Some(_) => Err(CompareError::Subject(
                "more than one thing to compare was named; give a topic, a model law or one of its articles, a provision, or words, \
                 and only one of them"
                    .to_owned(),
            )),
        }
    }
}

/// The identifier of a model law that is given with or without its folder.
pub fn model_law_id(law: &str) -> String {
    match law.trim().trim_end_matches(".md") {
        law if law.starts_with(MODEL_LAWS) => law.to_owned(),
        law => format!("{MODEL_LAWS}{law}"),
    }
}

/// `6` and `art 6` as the anchor `art-6`.
fn anchor(article: &str) -> String {
    let written = article.trim().to_lowercase();
    if written.starts_with(|c: char| c.is_ascii_digit()) {
        format!("art-{written}")
    } else {
        written.replace(' ', "-")
    }
}

/// One comparison.
#[derive(Debug, Clone)]
pub struct GridRequest {
    /// What it is about.
    pub subject: Subject,
    /// Jurisdictions, by code; a country stands for its parts too. With `regions` empty too, all are compared.
    pub jurisdictions: Vec<Code>,
    /// Whole regions.
    pub regions: Vec<Region>,
    /// Rows; empty for those that the subject or any of the provisions states.
    pub elements: Vec<Element>,
    /// The day on which law must have been in force; none for today.
    pub as_of: Option<Date>,
    /// Weights of elements that differ from the table.
    pub weights: BTreeMap<Element, f64>,
    /// Order of the columns.
    pub columns: ColumnOrder,
    /// Order of the rows.
    pub rows: RowOrder,
    /// Jurisdictions down and elements across; a wish for whoever draws the grid, which itself always holds rows of elements.
    pub transposed: bool,
}

impl GridRequest {
    /// A request about a subject with nothing else said: all jurisdictions, today.
    pub fn about(subject: Subject) -> Self {
        Self {
            subject,
            jurisdictions: Vec::new(),
            regions: Vec::new(),
            elements: Vec::new(),
            as_of: None,
            weights: BTreeMap::new(),
            columns: ColumnOrder::default(),
            rows: RowOrder::default(),
            transposed: false,
        }
    }

    /// The same for these jurisdictions; `ALL` among them is every one.
    pub fn of_jurisdictions(mut self, codes: Vec<Code>) -> Self {
        if codes.iter().any(|code| code.as_str() == "ALL") {
            (self.jurisdictions, self.regions) = (Vec::new(), Vec::new());
        } else {
            self.jurisdictions = codes;
        }
        self
    }

    /// The request as names and values of an address on a given day, which reproduces the grid.
    pub fn parameters(&self, day: Date) -> Vec<Parameter> {
        let list = |words: Vec<String>| words.join(",");
        let mut pairs = vec![match &self.subject {
            Subject::Topics(topics) => ("topic", list(topics.iter().map(ToString::to_string).collect())),
            Subject::Article(id) => ("article", id.clone()),
            Subject::ModelLaw(id) => ("model_law", id.clone()),
            Subject::Provision(id) => ("provision", id.clone()),
            Subject::Words(words) => ("q", words.clone()),
        }];
        pairs.push((
            "jurisdiction",
            list(self.jurisdictions.iter().map(ToString::to_string).collect()),
        ));
        pairs.push(("region", list(self.regions.iter().map(ToString::to_string).collect())));
        pairs.push(("element", list(self.elements.iter().map(ToString::to_string).collect())));
        pairs.push((
            "weight",
            list(
                self.weights
                    .iter()
                    .map(|(element, weight)| format!("{element}:{weight}"))
                    .collect(),
            ),
        ));
        if self.columns != ColumnOrder::default() {
            pairs.push(("columns", self.columns.to_string()));
        }
        if let RowOrder::Column(code) = &self.rows {
            pairs.push(("rows", code.to_string()));
        }
        if self.transposed {
            pairs.push(("transposed", "true".to_owned()));
        }
        pairs.push(("as_of", day.to_string()));
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
            .into_iter()
            .map(|(name, value)| Parameter { name, value })
            .collect()
    }
}

/// A name and a value of an address, not yet percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Parameter {
    /// The name.
    pub name: &'static str,
    /// The value.
    pub value: String,
}

/// A weight that is none.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BadWeight {
    /// Not `element:number`.
    #[error("`{0}` is not a weight; write element:number with a number from 0 to 100, such as threat_covered:5")]
    Form(String),
    /// The element is unknown.
    #[error(transparent)]
    Element(#[from] UnknownWord),
}

/// Reads `threat_covered:5`.
///
/// # Errors
/// When it is not an element, a colon and a number from 0 to 100.
pub fn weight(text: &str) -> Result<(Element, f64), BadWeight> {
    let bad = || BadWeight::Form(text.chars().filter(|c| !c.is_control()).take(60).collect());
    let (element, number) = text.split_once(':').ok_or_else(bad)?;
    let element = element.parse()?;
    let number: f64 = number.trim().parse().map_err(|_| bad())?;
    if (0.0..=100.0).contains(&number) {
        Ok((element, number))
    } else {
        Err(bad())
    }
}
