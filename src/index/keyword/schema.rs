//! Fields of the keyword index, and the terms a provision gets in each.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TokenizerManager;

use super::analysis::{Analyzer, SURFACE, primary};

/// The two fields of one language, and how their text becomes terms.
#[derive(Clone)]
pub struct LanguageFields {
    /// The language part of the code.
    pub language: String,
    /// Title, jurisdiction, pinpoint, headings and topics.
    pub head: Field,
    /// The text.
    pub body: Field,
    /// The analyzer of both.
    pub analyzer: Analyzer,
}

/// Every field of the index.
#[derive(Clone)]
pub struct Fields {
    /// A pair of fields per language.
    pub languages: Vec<LanguageFields>,
    /// Titles and abbreviations of the document, unstemmed.
    pub title: Field,
    /// `head`, unstemmed, with positions.
    pub exact_head: Field,
    /// `body`, unstemmed, with positions.
    pub exact: Field,
    /// Canonical tokens of pinpoints, numbers and citations, each at its most exact.
    pub reference: Field,
    /// Tokens of what stands above those (`s:37` for `s 37(1)`).
    pub reference_above: Field,
    /// Identifier of the provision.
    pub id: Field,
    /// Identifier of the document.
    pub document: Field,
    /// Number of the provision in the generation.
    pub ordinal: Field,
    /// What filters and facets look at, in the order of [`FACETS`].
    pub facets: [Field; FACETS.len()],
    /// First day on which it may apply.
    pub first_day: Field,
    /// Last day on which it may apply.
    pub last_day: Field,
    /// The provision as JSON.
    pub stored: Field,
    /// The analyzer of the exact and title fields.
    pub surface: Analyzer,
}

/// Names of the fields that are filtered and counted.
pub const FACETS: [&str; 8] = [
    "kind",
    "jurisdiction",
    "region",
    "legal_system",
    "topic",
    "language",
    "status",
    "confidence",
];

const HEAD: &str = "head_";
const BODY: &str = "body_";

fn text(tokenizer: &str, record: IndexRecordOption) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(record)
            .set_fieldnorms(true),
    )
}

/// The schema for the languages present in a corpus; English is always there.
pub fn schema(languages: &[String]) -> Schema {
    let mut known: Vec<String> = languages
        .iter()
        .map(|language| primary(language))
        .chain(["en".to_owned()])
        .collect();
    known.sort();
    known.dedup();
    let mut builder = SchemaBuilder::default();
    for language in &known {
        for field in [HEAD, BODY] {
            builder.add_text_field(
                &format!("{field}{language}"),
                text(language, IndexRecordOption::WithFreqs),
            );
        }
    }
    for field in ["title", "exact_head", "exact"] {
        builder.add_text_field(field, text(SURFACE, IndexRecordOption::WithFreqsAndPositions));
    }
    builder.add_text_field("reference", STRING);
    builder.add_text_field("reference_above", STRING);
    builder.add_text_field("id", STRING);
    builder.add_text_field("document", STRING);
    builder.add_u64_field("ordinal", FAST);
    for field in FACETS {
        builder.add_text_field(field, STRING | FAST);
    }
    builder.add_i64_field("first_day", FAST);
    builder.add_i64_field("last_day", FAST);
    builder.add_bytes_field("stored", STORED);
    builder.build()
}

impl Fields {
    /// Finds the fields in a schema; the name of the missing one if it is not ours.
    pub fn of(schema: &Schema) -> Result<Self, String> {
        let field = |name: &str| {
            schema
                .get_field(name)
                .map_err(|_| format!("the field `{name}` is missing"))
        };
        let mut languages = Vec::new();
        for (head, entry) in schema.fields() {
            if let Some(language) = entry.name().strip_prefix(HEAD) {
                let body = field(&format!("{BODY}{language}"))?;
                let analyzer = Analyzer::of(language);
                languages.push(LanguageFields {
                    language: language.to_owned(),
                    head,
                    body,
                    analyzer,
                });
            }
        }
        let mut facets = [Field::from_field_id(0); FACETS.len()];
        for (slot, name) in facets.iter_mut().zip(FACETS) {
            *slot = field(name)?;
        }
        Ok(Self {
            languages,
            title: field("title")?,
            exact_head: field("exact_head")?,
            exact: field("exact")?,
            reference: field("reference")?,
            reference_above: field("reference_above")?,
            id: field("id")?,
            document: field("document")?,
            ordinal: field("ordinal")?,
            facets,
            first_day: field("first_day")?,
            last_day: field("last_day")?,
            stored: field("stored")?,
            surface: Analyzer::surface(),
        })
    }

    /// The field of a filter by its name in [`FACETS`].
    pub fn facet(&self, name: &str) -> Option<Field> {
        FACETS.iter().position(|facet| *facet == name).map(|at| self.facets[at])
    }

    /// The analyzers under the names that the schema uses.
    pub fn tokenizers(&self) -> TokenizerManager {
        let manager = TokenizerManager::default();
        for language in &self.languages {
            manager.register(&language.language, language.analyzer.tokenizer());
        }
        manager.register(SURFACE, self.surface.tokenizer());
        manager
    }
}
