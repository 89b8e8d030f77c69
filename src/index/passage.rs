//! Which text of a provision is embedded: where it stands in front, its own words behind, in pieces that fit
//! the model's window.
//!
//! The heading path is embedded with every piece ("the section" means little without the law it belongs to)
//! and left out when a hit is shown; hence each passage knows its place in the provision's text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::corpus::Document;
use crate::index::embedding::Embedder;
use crate::law::{Jurisdiction, Provision};

/// How passages are cut. Kept in the manifest: other values make other vectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassageParameters {
    /// Most tokens of a passage, heading included; never above the model's window.
    pub tokens: usize,
    /// Tokens of the text that a piece repeats from the one before, so that no sentence is only seen cut.
    pub overlap: usize,
    /// Most tokens of the heading path in front; the rest of a longer one is left out.
    pub heading_tokens: usize,
    /// Version of the way the heading is made; raise it with every change here.
    pub version: u32,
}

impl Default for PassageParameters {
    fn default() -> Self {
        Self {
            tokens: 320,
            overlap: 40,
            heading_tokens: 96,
            version: 1,
        }
    }
}

/// One text to embed, and its place in `provision.text` in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Heading path and piece, as the model sees it.
    pub text: String,
    /// The piece in the provision's text; empty when the provision has none.
    pub range: Range<usize>,
}

/// The passages of a provision, in order; always at least one.
pub fn passages(
    provision: &Provision,
    document: &Document,
    jurisdiction: Option<&Jurisdiction>,
    embedder: &dyn Embedder,
    parameters: &PassageParameters,
) -> Vec<Passage> {
    let tokens = parameters.tokens.min(embedder.window()).max(2);
    let heading = heading(provision, document, jurisdiction);
    let body = provision.text.as_str();
    let whole = joined(&heading, body.trim());
    if fits(embedder, &whole, tokens) {
        return vec![Passage {
            text: whole,
            range: 0..body.len(),
        }];
    }
    let (heading, taken) = shortened(&heading, embedder, parameters.heading_tokens.min(tokens / 2));
    let pieces = embedder.cut(body, tokens - taken, parameters.overlap);
    pieces
        .into_iter()
        .map(|range| Passage {
            text: joined(heading, body[range.clone()].trim()),
            range,
        })
        .collect()
}

/// Jurisdiction, law, headings above, pinpoint and heading: what a reader would see above the text.
fn heading(provision: &Provision, document: &Document, jurisdiction: Option<&Jurisdiction>) -> String {
    let own = match &provision.pinpoint {
        Some(pinpoint) => format!("{pinpoint} {}", provision.heading),
        None => provision.heading.clone(),
    };
    let mut parts: Vec<&str> = Vec::new();
    let above = [jurisdiction.map(|j| j.name.as_str()), Some(document.title.as_str())];
    let path = provision.path.iter().map(String::as_str);
    for part in above.into_iter().flatten().chain(path).chain([own.trim()]) {
        // A decision's heading is its title, a note's title its country: said once.
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join(" — ")
}

fn joined(heading: &str, body: &str) -> String {
    match (heading.is_empty(), body.is_empty()) {
        (false, false) => format!("{heading}\n{body}"),
        (false, true) => heading.to_owned(),
        _ => body.to_owned(),
    }
}

fn fits(embedder: &dyn Embedder, text: &str, tokens: usize) -> bool {
    embedder.cut(text, tokens, 0).len() <= 1
}

/// As much of the heading as `most` tokens hold, and how many tokens to set aside for it.
///
/// An embedder cuts but does not count; the next larger of a few sizes is near enough.
fn shortened<'a>(heading: &'a str, embedder: &dyn Embedder, most: usize) -> (&'a str, usize) {
    if heading.is_empty() || most == 0 {
        return ("", 0);
    }
    let sizes = (1..).map(|step| step * 16).take_while(|size| *size < most);
    for size in sizes {
        if fits(embedder, heading, size) {
            return (heading, size);
        }
    }
    let end = embedder.cut(heading, most, 0).first().map_or(0, |piece| piece.end);
    (heading[..end].trim_end(), most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::Details;
    use crate::index::embedding::FixedEmbedder;
    use crate::law::{Kind, Region, TextKind};

    fn provision(pinpoint: Option<&str>, heading: &str, path: &[&str], text: &str) -> Provision {
        Provision {
            id: "legislation/zz/act#s-1".to_owned(),
            document: "legislation/zz/act".to_owned(),
            kind: Kind::Legislation,
            pinpoint: pinpoint.map(str::to_owned),
            citable: true,
            heading: heading.to_owned(),
            path: path.iter().map(|part| (*part).to_owned()).collect(),
            text: text.to_owned(),
            article: None,
            text_kind: TextKind::Summary,
            language: "en".to_owned(),
            topics: Vec::new(),
            elements: Default::default(),
            validity: None,
            confidence: None,
            sources: Vec::new(),
            line: 1,
        }
    }

    fn document(title: &str) -> Document {
        Document {
            id: "legislation/zz/act".to_owned(),
            kind: Kind::Legislation,
            title: title.to_owned(),
            title_original: None,
            jurisdiction: Some("ZZ".parse().unwrap()),
            language: "en".to_owned(),
            languages: Vec::new(),
            url: None,
            checked: None,
            licence: None,
            details: Details::Jurisdiction,
            contents: Vec::new(),
        }
    }

    fn zedland() -> Jurisdiction {
        Jurisdiction {
            code: "ZZ".parse().unwrap(),
            name: "Zedland".to_owned(),
            region: Region::Europe,
            legal_system: None,
            languages: Vec::new(),
        }
    }

    #[test]
    fn a_short_provision_is_one_passage_with_its_heading_path() {
        let one = provision(Some("s 1"), "Doxing", &["Part II"], "Whoever does.\n");
        let found = passages(
            &one,
            &document("Act 5"),
            Some(&zedland()),
            &FixedEmbedder,
            &PassageParameters::default(),
        );
        let text = "Zedland — Act 5 — Part II — s 1 Doxing\nWhoever does.".to_owned();
        assert_eq!(found, [Passage { text, range: 0..14 }]);
    }

    #[test]
    fn what_stands_twice_is_said_once() {
        let one = provision(None, "Zedland", &[], "");
        let found = passages(
            &one,
            &document("Zedland"),
            Some(&zedland()),
            &FixedEmbedder,
            &PassageParameters::default(),
        );
        assert_eq!(
            found,
            [Passage {
                text: "Zedland".to_owned(),
                range: 0..0
            }]
        );
    }

    proptest! {
        #[test]
        fn pieces_cover_the_text_and_fit(
            text in "([a-zé网]{1,9}[ .]{1,2}){0,200}",
            title in "([a-z]{1,6} ){1,60}",
            tokens in 24usize..80,
            overlap in 0usize..20,
        ) {
            let parameters = PassageParameters { tokens, overlap, heading_tokens: 32, version: 0 };
            let one = provision(Some("s 1"), "Doxing", &[], &text);
            let found = passages(&one, &document(&title), None, &FixedEmbedder, &parameters);
            let mut covered = 0;
            for passage in &found {
                prop_assert!(passage.range.start <= covered && passage.range.end >= covered);
                covered = passage.range.end;
                prop_assert!(passage.text.ends_with(text[passage.range.clone()].trim()));
                prop_assert!(passage.text.starts_with(title.split(' ').next().unwrap()));
                prop_assert!(fits(&FixedEmbedder, &passage.text, tokens), "{}", passage.text);
            }
            prop_assert_eq!(covered, text.len());
        }
    }
}
