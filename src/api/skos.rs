//! The taxonomy as SKOS (W3C), in Turtle and JSON-LD.
//!
//! Names are made from identifiers: `urn:collex:topics/doxing`, `urn:collex:instruments/un/sdg-5#target-5-2`. Terms that the
//! field advises against are hidden labels: found by them, never shown as a name.

use oxjsonld::JsonLdSerializer;
use oxrdf::vocab::rdf;
use oxrdf::{Literal, NamedNode, Triple};
use oxttl::TurtleSerializer;

use crate::api::errors::Problem;
use crate::law::{Concept, Relation, Taxonomy};

const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const TERMS: &str = "http://purl.org/dc/terms/";
const OURS: &str = "urn:collex:";
const SCHEME: &str = "urn:collex:topics";
const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";
const ABOUT: &str = "Topics of law on technology-facilitated gender-based violence. Hidden labels are terms that people search by \
    and the field advises against.";

/// The concepts in Turtle.
pub(super) fn turtle(taxonomy: &Taxonomy) -> Result<Vec<u8>, Problem> {
    let serializer = prefixes()
        .into_iter()
        .try_fold(TurtleSerializer::new(), |made, (name, base)| {
            made.with_prefix(name, base)
        });
    let mut writer = serializer
        .map_err(|error| Problem::internal(&error))?
        .for_writer(Vec::new());
    for triple in triples(taxonomy) {
        writer
            .serialize_triple(&triple)
            .map_err(|error| Problem::internal(&error))?;
    }
    writer.finish().map_err(|error| Problem::internal(&error))
}

/// The concepts in JSON-LD.
pub(super) fn json_ld(taxonomy: &Taxonomy) -> Result<Vec<u8>, Problem> {
    let serializer = prefixes()
        .into_iter()
        .try_fold(JsonLdSerializer::new(), |made, (name, base)| {
            made.with_prefix(name, base)
        });
    let mut writer = serializer
        .map_err(|error| Problem::internal(&error))?
        .for_writer(Vec::new());
    for triple in triples(taxonomy) {
        writer
            .serialize_quad(&triple.in_graph(oxrdf::GraphName::DefaultGraph))
            .map_err(|error| Problem::internal(&error))?;
    }
    writer.finish().map_err(|error| Problem::internal(&error))
}

fn prefixes() -> [(&'static str, &'static str); 3] {
    [("skos", SKOS), ("dcterms", TERMS), ("collex", OURS)]
}

fn triples(taxonomy: &Taxonomy) -> Vec<Triple> {
    let scheme = NamedNode::new_unchecked(SCHEME);
    let mut triples = vec![
        Triple::new(scheme.clone(), rdf::TYPE, skos("ConceptScheme")),
        Triple::new(scheme.clone(), term("license"), NamedNode::new_unchecked(LICENCE)),
        Triple::new(scheme.clone(), term("description"), text(ABOUT, "en")),
    ];
    let tops = taxonomy.concepts.iter().filter(|concept| concept.broader.is_none());
    triples.extend(tops.map(|top| Triple::new(scheme.clone(), skos("hasTopConcept"), concept_name(&top.id))));
    for concept in &taxonomy.concepts {
        describe(concept, taxonomy, &scheme, &mut triples);
    }
    triples
}

fn describe(concept: &Concept, taxonomy: &Taxonomy, scheme: &NamedNode, triples: &mut Vec<Triple>) {
    let own = concept_name(&concept.id);
    let mut say = |predicate: NamedNode, object: oxrdf::Term| triples.push(Triple::new(own.clone(), predicate, object));
    say(rdf::TYPE.into_owned(), skos("Concept").into());
    say(skos("inScheme"), scheme.clone().into());
    match &concept.broader {
        None => say(skos("topConceptOf"), scheme.clone().into()),
        Some(broader) => say(skos("broader"), concept_name(broader).into()),
    }
    for narrower in taxonomy.narrower(&concept.id) {
        say(skos("narrower"), concept_name(&narrower.id).into());
    }
    for related in &concept.related {
        say(skos("related"), concept_name(related).into());
    }
    for (language, labels) in &concept.labels {
        say(skos("prefLabel"), text(&labels.preferred, language).into());
        say(skos("definition"), text(&labels.definition, language).into());
        for label in &labels.alternative {
            say(skos("altLabel"), text(label, language).into());
        }
        for label in &labels.rejected {
            say(skos("hiddenLabel"), text(label, language).into());
        }
    }
    say(skos("scopeNote"), text(&concept.scope_note, "en").into());
    for place in &concept.crosswalk {
        let predicate = match place.relation {
            Relation::Exact => "exactMatch",
            Relation::Close => "closeMatch",
            Relation::Broad => "broadMatch",
            Relation::Narrow => "narrowMatch",
            Relation::Related => "relatedMatch",
        };
        say(
            skos(predicate),
            NamedNode::new_unchecked(format!("{OURS}{}", place.to)).into(),
        );
    }
}

fn skos(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SKOS}{name}"))
}

fn term(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{TERMS}{name}"))
}

fn concept_name(id: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SCHEME}/{id}"))
}

fn text(words: &str, language: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(words, language)
}
