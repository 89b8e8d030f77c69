//! A provision as the index keeps it: JSON, read back into the same value.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::law::{Confidence, Element, ElementValue, Kind, Provision, Source, TextKind, Topic, Validity, ValueType};

/// The fields of a provision with its elements as bare JSON, whose type only the element tells.
#[derive(Deserialize)]
struct Stored {
    id: String,
    document: String,
    kind: Kind,
    pinpoint: Option<String>,
    citable: bool,
    heading: String,
    path: Vec<String>,
    text: String,
    text_kind: TextKind,
    language: String,
    topics: Vec<Topic>,
    elements: BTreeMap<Element, Value>,
    validity: Option<Validity>,
    confidence: Option<Confidence>,
    sources: Vec<Source>,
    line: usize,
}

/// The JSON of a provision.
pub fn write(provision: &Provision) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(provision)
}

/// The provision of its JSON.
pub fn read(json: &[u8]) -> serde_json::Result<Provision> {
    let stored: Stored = serde_json::from_slice(json)?;
    let elements = stored
        .elements
        .into_iter()
        .map(|(element, value)| Ok((element, typed(element, value)?)));
    Ok(Provision {
        id: stored.id,
        document: stored.document,
        kind: stored.kind,
        pinpoint: stored.pinpoint,
        citable: stored.citable,
        heading: stored.heading,
        path: stored.path,
        text: stored.text,
        text_kind: stored.text_kind,
        language: stored.language,
        topics: stored.topics,
        elements: elements.collect::<serde_json::Result<_>>()?,
        validity: stored.validity,
        confidence: stored.confidence,
        sources: stored.sources,
        line: stored.line,
    })
}

fn typed(element: Element, value: Value) -> serde_json::Result<ElementValue> {
    Ok(match element.value_type() {
        ValueType::Answer => ElementValue::Answer(serde_json::from_value(value)?),
        ValueType::Whole => ElementValue::Whole(serde_json::from_value(value)?),
        ValueType::Sanction => ElementValue::Sanction(serde_json::from_value(value)?),
        ValueType::Phrase => ElementValue::Phrase(serde_json::from_value(value)?),
    })
}
