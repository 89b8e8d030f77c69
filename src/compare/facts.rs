//! What a grid reads, held in memory once for each generation of the index: provisions of laws and instruments by
//! jurisdiction, articles of model laws, and the gaps that jurisdictional notes name.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Serialize;

use crate::corpus::{Details, Document};
use crate::index::BitSet;
use crate::index::keyword::{KeywordError, KeywordIndex};
use crate::law::{Code, Instrument, Kind, Provision};
use crate::search::Catalogue;

/// A provision of a law or instrument, with its document.
#[derive(Debug, Clone)]
pub struct Held {
    /// The provision.
    pub provision: Provision,
    /// The law or instrument it stands in.
    pub document: Arc<Document>,
    /// Its number in the index.
    pub ordinal: u32,
}

impl Held {
    /// Its law as a whole.
    pub fn law(&self) -> Option<&Instrument> {
        match &self.document.details {
            Details::Law(instrument) => Some(instrument),
            _ => None,
        }
    }
}

/// A model law in its original language.
#[derive(Debug, Clone)]
pub struct ModelLaw {
    /// The model law.
    pub document: Arc<Document>,
    /// Its articles in their order.
    pub articles: Vec<Held>,
}

/// A gap that the note on a jurisdiction names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct NamedGap {
    /// Identifier of the passage.
    pub id: String,
    /// Its heading.
    pub heading: String,
}

/// What a grid reads.
#[derive(Debug, Default)]
pub struct Facts {
    law: BTreeMap<Code, Vec<Held>>,
    models: Vec<ModelLaw>,
    gaps: BTreeMap<Code, Vec<NamedGap>>,
    /// Jurisdiction and place of each provision of law.
    places: HashMap<String, (Code, usize)>,
    /// How many provisions the index has.
    provisions: usize,
}

impl Facts {
    /// Reads them out of an index.
    ///
    /// # Errors
    /// When the index fails.
    pub fn of(keyword: &KeywordIndex, catalogue: &Catalogue) -> Result<Self, KeywordError> {
        let mut facts = Self {
            provisions: keyword.len(),
            ..Self::default()
        };
        // A version in another language says the same as its original.
        for document in catalogue.documents().filter(|document| !document.id.contains('.')) {
            let held = || -> Result<Vec<Held>, KeywordError> {
                let ordinals = catalogue.ordinals_of(&document.id);
                let held = |ordinal| {
                    Ok(Held {
                        provision: keyword.record(ordinal)?,
                        document: Arc::clone(document),
                        ordinal,
                    })
                };
                let whole: Result<Vec<Held>, KeywordError> = ordinals.map(held).collect();
                // The introduction to a law has its document's identifier, and states nothing.
                Ok(whole?
                    .into_iter()
                    .filter(|one| one.provision.id != document.id)
                    .collect())
            };
            match (document.kind, &document.jurisdiction) {
                (Kind::Legislation | Kind::Instrument, Some(code)) => {
                    let own = facts.law.entry(code.clone()).or_default();
                    for one in held()? {
                        facts.places.insert(one.provision.id.clone(), (code.clone(), own.len()));
                        own.push(one);
                    }
                }
                (Kind::ModelLaw, _) => facts.models.push(ModelLaw {
                    document: Arc::clone(document),
                    articles: held()?
                        .into_iter()
                        .filter(|one| one.provision.article.is_some())
                        .collect(),
                }),
                (Kind::Jurisdiction, Some(code)) => {
                    facts.gaps.insert(code.clone(), gaps(document));
                }
                _ => {}
            }
        }
        Ok(facts)
    }

    /// The provisions of a jurisdiction's laws and instruments, by document and in its order.
    pub fn law_of(&self, code: &Code) -> &[Held] {
        self.law.get(code).map_or(&[], Vec::as_slice)
    }

    /// A provision of a law or instrument.
    pub fn provision(&self, id: &str) -> Option<&Held> {
        let (code, place) = self.places.get(id)?;
        self.law.get(code)?.get(*place)
    }

    /// Every model law.
    pub fn models(&self) -> &[ModelLaw] {
        &self.models
    }

    /// A model law.
    pub fn model(&self, id: &str) -> Option<&ModelLaw> {
        self.models.iter().find(|model| model.document.id == id)
    }

    /// An article of a model law, with the law.
    pub fn article(&self, id: &str) -> Option<(&ModelLaw, &Held)> {
        let model = self.model(id.split_once('#')?.0)?;
        Some((model, model.articles.iter().find(|article| article.provision.id == id)?))
    }

    /// The gaps that the note on a jurisdiction names.
    pub fn gaps_of(&self, code: &Code) -> &[NamedGap] {
        self.gaps.get(code).map_or(&[], Vec::as_slice)
    }

    /// The provisions of laws and instruments as a set of numbers.
    pub fn ordinals(&self) -> BitSet {
        let mut set = BitSet::new(self.provisions);
        self.law.values().flatten().for_each(|held| set.insert(held.ordinal));
        set
    }

    /// The provision of law with a number, and its jurisdiction.
    pub(super) fn by_ordinal(&self) -> HashMap<u32, (&Code, &Held)> {
        let mut by_ordinal = HashMap::new();
        for (code, held) in &self.law {
            by_ordinal.extend(held.iter().map(|one| (one.ordinal, (code, one))));
        }
        by_ordinal
    }
}

/// Passages of a note that name what is missing, by their anchors.
fn gaps(note: &Document) -> Vec<NamedGap> {
    let names_one = |id: &str| {
        let anchor = id.split_once('#').map_or("", |(_, anchor)| anchor);
        anchor.starts_with("gap") || anchor.starts_with("missing")
    };
    let entries = note.contents.iter().filter(|entry| names_one(&entry.id));
    entries
        .map(|entry| NamedGap {
            id: entry.id.clone(),
            heading: entry.label.clone(),
        })
        .collect()
}
