//! The grid as a plain value: everything that an export says stands in it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::compare::against_model::{Alignment, MissingArticle};
use crate::compare::cell::{Cell, CellState};
use crate::compare::comparable::Comparable;
use crate::compare::facts::{Held, NamedGap};
use crate::compare::request::{Parameter, Subject};
use crate::compare::standing::Standing;
use crate::compare::value::Range;
use crate::law::{
    Code, Confidence, Element, ElementValue, InForce, InstrumentType, Jurisdiction, PartialDate, Source, TextKind,
    Topic, Validity,
};

/// Comparable provisions of any number of jurisdictions: rows of elements or articles, a cell for each jurisdiction.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Grid {
    /// What is compared, and why with these topics.
    pub subject: GridSubject,
    /// The day on which law must have been in force.
    pub as_of: PartialDate,
    /// The jurisdictions, in the order asked for.
    pub columns: Vec<Column>,
    /// Elements or articles, each with a cell for each column, in the order of `columns`.
    pub rows: Vec<Row>,
    /// Every provision that a cell, a column or the subject names, by identifier.
    pub provisions: BTreeMap<String, ComparedProvision>,
    /// Whether it was asked to be drawn with jurisdictions down and rows across. The value is the same.
    pub transposed: bool,
    /// What the reader should know: that there is no model, that dates of laws stand for those of provisions …
    pub notes: Vec<String>,
    /// Names and values of the address that gives this grid again, `as_of` included.
    pub parameters: Vec<Parameter>,
    /// Number of the generation of the index that answered.
    pub generation: u32,
    /// Fingerprint of the corpus it was built from.
    pub corpus: String,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
}

impl Grid {
    /// Leaves the column of one jurisdiction, without those of its parts. The ranges, which were over several, go.
    pub fn keep_only(&mut self, code: &Code) {
        let is_kept: Vec<bool> = self
            .columns
            .iter()
            .map(|column| column.jurisdiction.code == *code)
            .collect();
        let mut kept = is_kept.iter();
        self.columns.retain(|_| kept.next() == Some(&true));
        for row in &mut self.rows {
            let mut kept = is_kept.iter();
            row.cells.retain(|_| kept.next() == Some(&true));
            let summary = &mut row.summary;
            for codes in [
                &mut summary.provided,
                &mut summary.partly,
                &mut summary.none_found,
                &mut summary.not_collected,
                &mut summary.unlimited,
            ] {
                codes.retain(|one| one == code);
            }
            summary.ranges.clear();
        }
        self.provisions
            .retain(|_, one| one.jurisdiction.as_ref().is_none_or(|of| of == code));
    }
}

/// What the grid is about, as it was taken.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct GridSubject {
    /// As asked.
    pub asked: Subject,
    /// In one line, for a title.
    pub title: String,
    /// Provisions on any of these topics count.
    pub topics: Vec<Topic>,
    /// Why these topics, in words.
    pub why: String,
    /// The model law, where it or an article of it is asked for.
    pub model_law: Option<String>,
    /// The article.
    pub article: Option<ArticleName>,
    /// The provision whose like is looked for.
    pub provision: Option<String>,
}

/// An article of a model law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ArticleName {
    /// Its identifier.
    pub id: String,
    /// Its pinpoint.
    pub pinpoint: Option<String>,
    /// Its heading.
    pub heading: String,
}

impl ArticleName {
    pub(super) fn of(article: &Held) -> Self {
        Self {
            id: article.provision.id.clone(),
            pinpoint: article.provision.pinpoint.clone(),
            heading: article.provision.heading.clone(),
        }
    }
}

/// One jurisdiction.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Column {
    /// The jurisdiction.
    #[serde(flatten)]
    pub jurisdiction: Jurisdiction,
    /// How many of its provisions are on the topics, whether they count or not.
    pub noted: usize,
    /// Its provisions that are comparable with the subject, the closest first; empty for a whole model law.
    pub comparable: Vec<Comparable>,
    /// How near its law is to the article or model law.
    pub alignment: Option<Alignment>,
    /// Articles of the model law that it lacks or has in part, the weightiest first.
    pub missing: Vec<MissingArticle>,
    /// Gaps that the note on it names, on any subject.
    pub gaps: Vec<NamedGap>,
}

/// One row with its cells.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Row {
    /// The element, or the identifier of the article.
    pub key: String,
    /// In plain words.
    pub label: String,
    /// The element; none in rows of articles.
    pub element: Option<Element>,
    /// The article; none in rows of elements.
    pub article: Option<ArticleName>,
    /// `months`, `hours` or `days`, for elements that are counted so.
    pub unit: Option<String>,
    /// What the article, or the provision whose like is looked for, says of the element.
    #[cfg_attr(feature = "serve", schema(value_type = Option<serde_json::Value>))]
    pub asked: Option<ElementValue>,
    /// What the element counts for, or the elements of the article together.
    pub weight: f64,
    /// A cell for each column, in the order of the columns.
    pub cells: Vec<Cell>,
    /// Who provides it, and how much.
    pub summary: RowSummary,
}

/// A row over all shown jurisdictions.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct RowSummary {
    /// Codes of the jurisdictions that provide it.
    #[cfg_attr(feature = "serve", schema(value_type = Vec<String>))]
    pub provided: Vec<Code>,
    /// Codes of those that provide part of it.
    #[cfg_attr(feature = "serve", schema(value_type = Vec<String>))]
    pub partly: Vec<Code>,
    /// Codes of those where it was looked for and not found.
    #[cfg_attr(feature = "serve", schema(value_type = Vec<String>))]
    pub none_found: Vec<Code>,
    /// Codes of those where nobody has looked.
    #[cfg_attr(feature = "serve", schema(value_type = Vec<String>))]
    pub not_collected: Vec<Code>,
    /// Lowest, middle and highest of what is provided, for each unit.
    pub ranges: Vec<Range>,
    /// Codes of those that set no upper limit; above every range.
    #[cfg_attr(feature = "serve", schema(value_type = Vec<String>))]
    pub unlimited: Vec<Code>,
}

impl RowSummary {
    /// The jurisdictions in a state.
    pub fn of(&self, state: CellState) -> &[Code] {
        match state {
            CellState::Provided => &self.provided,
            CellState::Partly => &self.partly,
            CellState::NoneFound => &self.none_found,
            CellState::NotCollected => &self.not_collected,
        }
    }
}

/// A provision that the grid names, with what a citation of it needs.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ComparedProvision {
    /// Identifier of its document.
    pub document: String,
    /// Title of its law.
    pub title: String,
    /// Official title in another language.
    pub title_original: Option<String>,
    /// What sort of law it is.
    pub instrument_type: Option<InstrumentType>,
    /// Official number of the law.
    pub number: Option<String>,
    /// Official text of the law, or the best public one.
    pub url: Option<String>,
    /// Code of its jurisdiction; none for our own model laws.
    #[cfg_attr(feature = "serve", schema(value_type = Option<String>))]
    pub jurisdiction: Option<Code>,
    /// Its pinpoint.
    pub pinpoint: Option<String>,
    /// Whether a citation may name the pinpoint.
    pub citable: bool,
    /// Its heading.
    pub heading: String,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// Status and dates.
    pub validity: Option<Validity>,
    /// Whether it was in force on the day of the grid.
    pub in_force_on_date: Option<InForce>,
    /// Why it does not fill a cell, or only in part; none where it counts fully.
    pub reserve: Option<String>,
    /// How far it may be trusted.
    pub confidence: Option<Confidence>,
    /// True where nobody has verified it.
    pub unverified: bool,
    /// Whose words its note has.
    pub text_kind: TextKind,
    /// Where it was read.
    pub sources: Vec<Source>,
}

impl ComparedProvision {
    pub(super) fn of(held: &Held, standing: Option<&Standing>, day: Date, today: Date) -> Self {
        let provision = &held.provision;
        Self {
            document: held.document.id.clone(),
            title: held.document.title.clone(),
            title_original: held.document.title_original.clone(),
            instrument_type: held.law().map(|law| law.instrument_type),
            number: held.law().and_then(|law| law.number.clone()),
            url: held.document.url.clone(),
            jurisdiction: held.document.jurisdiction.clone(),
            pinpoint: provision.pinpoint.clone(),
            citable: provision.citable,
            heading: provision.heading.clone(),
            topics: provision.topics.clone(),
            validity: provision.validity,
            in_force_on_date: provision.validity.map(|validity| validity.on(day, today)),
            reserve: match standing {
                Some(Standing::Partly(why) | Standing::Beside(why)) => Some(why.clone()),
                _ => None,
            },
            confidence: provision.confidence,
            unverified: provision.confidence == Some(Confidence::Recalled),
            text_kind: provision.text_kind,
            sources: provision.sources.clone(),
        }
    }
}
