//! JSON: the grid or sheet as it is, with where it comes from in front, and the address of its schema.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::export::{Export, ExportError, Format, Origin};
use crate::law::PartialDate;

/// Where a JSON file comes from, how to have it again, and how far to trust it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct About {
    /// Title.
    pub title: String,
    /// What was asked, in words.
    pub query: String,
    /// The day of the law.
    pub as_of: PartialDate,
    /// The day on which it was made.
    pub made_on: PartialDate,
    /// Fingerprint of the corpus.
    pub corpus: String,
    /// Path and parameters of the address that gives it again.
    pub link: String,
    /// The same on the command line.
    pub command: String,
    /// How far to trust it; that it is no legal advice.
    pub trust: Vec<String>,
}

impl About {
    fn of(export: &Export) -> Self {
        let Origin {
            query,
            as_of,
            made,
            corpus,
            command: (before, behind),
            ..
        } = &export.origin;
        Self {
            title: export.title.clone(),
            query: query.clone(),
            as_of: *as_of,
            made_on: *made,
            corpus: corpus.clone(),
            link: export.origin.link(Format::Json),
            command: format!("{before} --format json{behind}"),
            trust: export.trust.clone(),
        }
    }
}

/// Writes the value with `$schema` and `about` in front.
pub(super) fn write(export: &Export) -> Result<Vec<u8>, ExportError> {
    let failed = |error: serde_json::Error| ExportError::of(Format::Json, error);
    let mut file = Map::new();
    file.insert(
        "$schema".to_owned(),
        Value::String(format!("/v1/schemas/{}", export.schema)),
    );
    file.insert(
        "about".to_owned(),
        serde_json::to_value(About::of(export)).map_err(failed)?,
    );
    if let Value::Object(own) = &export.value {
        file.extend(own.clone());
    }
    let mut written = serde_json::to_vec_pretty(&file).map_err(failed)?;
    written.push(b'\n');
    Ok(written)
}
