//! Which provisions count for an article of a model law.
//!
//! An article's first topic is what it is on; the others say what it touches. An offence of sharing images must not count as
//! one of threatening to. So a provision counts if it is on the first topic. What is covered may stand in a provision of its
//! own, though: threats, and generated images, are also looked for in provisions on these, where the article touches them and
//! the jurisdiction has anything on the article's subject at all.

use crate::compare::facts::Held;
use crate::compare::standing::Standing;
use crate::law::{Element, Provision, Topic};

/// The provisions of one jurisdiction that count for one article.
pub(super) struct Counting<'a> {
    topics: &'a [Topic],
    held: &'a [(&'a Held, Standing)],
    /// Whether the jurisdiction has anything on the article's subject.
    is_on_subject: bool,
}

/// The topic of a provision that says yes to an element, where it has one of its own.
fn own_topic(element: Element) -> Option<Topic> {
    match element {
        Element::ThreatCovered => Some(Topic::ThreatsToShare),
        Element::SyntheticCovered => Some(Topic::SyntheticIntimateImages),
        _ => None,
    }
}

impl<'a> Counting<'a> {
    /// For an article, out of a jurisdiction's provisions on any of its topics.
    pub(super) fn of(article: &'a Provision, held: &'a [(&'a Held, Standing)]) -> Self {
        let topics = article.topics.as_slice();
        let main = topics.first().copied();
        // What an article on threats asks first is whether threats are covered, wherever that is said.
        let says_it = |provision: &Provision| {
            let mut elements = provision.elements.keys();
            elements.any(|element| own_topic(*element) == main && main.is_some())
        };
        let is_on_subject = held
            .iter()
            .filter(|(held, standing)| touches(&held.provision, topics) && !matches!(standing, Standing::Beside(_)))
            .any(|(held, _)| {
                main.is_some_and(|main| held.provision.topics.contains(&main)) || says_it(&held.provision)
            });
        Self {
            topics,
            held,
            is_on_subject,
        }
    }

    /// Those that count for an element.
    pub(super) fn for_element(&self, element: Element) -> Vec<(&'a Provision, &'a Standing)> {
        self.those(|provision| self.counts(provision, element))
    }

    /// Those on the article's first topic.
    pub(super) fn on_subject(&self) -> Vec<(&'a Provision, &'a Standing)> {
        self.those(|provision| self.is_on_main(provision))
    }

    /// Whether a provision counts for any of these elements.
    pub(super) fn counts_for_any(&self, provision: &Provision, elements: &[Element]) -> bool {
        let states = |element: &Element| provision.elements.contains_key(element) && self.counts(provision, *element);
        self.is_on_main(provision) || elements.iter().any(states)
    }

    fn those(&self, counts: impl Fn(&Provision) -> bool) -> Vec<(&'a Provision, &'a Standing)> {
        let counting = self.held.iter().filter(|(held, _)| counts(&held.provision));
        counting.map(|(held, standing)| (&held.provision, standing)).collect()
    }

    fn is_on_main(&self, provision: &Provision) -> bool {
        self.topics.first().is_some_and(|main| provision.topics.contains(main))
    }

    fn counts(&self, provision: &Provision, element: Element) -> bool {
        if self.is_on_main(provision) {
            return true;
        }
        let Some(own) = own_topic(element).filter(|_| self.is_on_subject) else {
            return false;
        };
        let of_its_own = self.topics.contains(&own) && provision.topics.contains(&own);
        of_its_own || (self.topics.first() == Some(&own) && touches(provision, self.topics))
    }
}

fn touches(provision: &Provision, topics: &[Topic]) -> bool {
    provision.topics.iter().any(|topic| topics.contains(topic))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::corpus::Document;

    fn provision(topics: &[&str], elements: serde_json::Value) -> Provision {
        serde_json::from_value(serde_json::json!({
            "id": "legislation/xa/act#s-1", "document": "legislation/xa/act", "kind": "legislation", "pinpoint": "s 1",
            "citable": true, "heading": "H", "path": [], "text": "T", "text_kind": "summary", "language": "en",
            "topics": topics, "elements": elements, "validity": null, "confidence": "primary", "sources": [], "line": 1,
        }))
        .unwrap()
    }

    fn held(topics: &[&str], elements: serde_json::Value, standing: Standing) -> (Held, Standing) {
        let document: Document = serde_json::from_value(serde_json::json!({
            "id": "legislation/xa/act", "kind": "legislation", "title": "Act", "title_original": null, "jurisdiction": "XA",
            "language": "en", "languages": [], "url": null, "checked": null, "licence": null, "details": "jurisdiction",
            "contents": [],
        }))
        .unwrap();
        let held = Held {
            provision: provision(topics, elements),
            document: Arc::new(document),
            ordinal: 0,
        };
        (held, standing)
    }

    /// How many provisions count for conduct, threats and generated images of an article on threats.
    fn counted(law: &[(Held, Standing)]) -> [usize; 3] {
        let article = provision(
            &["threats-to-share", "intimate-image-abuse", "synthetic-intimate-images"],
            serde_json::json!({}),
        );
        let borrowed: Vec<(&Held, Standing)> = law.iter().map(|(held, standing)| (held, standing.clone())).collect();
        let counting = Counting::of(&article, &borrowed);
        [Element::Conduct, Element::ThreatCovered, Element::SyntheticCovered]
            .map(|element| counting.for_element(element).len())
    }

    #[test]
    fn an_offence_of_sharing_is_none_of_threatening() {
        let sharing = held(
            &["intimate-image-abuse"],
            serde_json::json!({"conduct": "shares"}),
            Standing::Fills,
        );
        assert_eq!(counted(&[sharing]), [0, 0, 0]);
        // But where it says that threats are not covered, that is what the article asks.
        let silent_no_more = serde_json::json!({"conduct": "shares", "threat_covered": "no"});
        assert_eq!(
            counted(&[held(&["intimate-image-abuse"], silent_no_more, Standing::Fills)]),
            [0, 1, 0]
        );
    }

    #[test]
    fn generated_images_may_be_covered_by_a_provision_of_their_own() {
        let generated = || {
            held(
                &["synthetic-intimate-images"],
                serde_json::json!({"synthetic_covered": "yes"}),
                Standing::Fills,
            )
        };
        assert_eq!(counted(&[generated()]), [0, 0, 0], "nothing on threats at all");
        let threats = |standing| {
            held(
                &["threats-to-share"],
                serde_json::json!({"threat_covered": "yes"}),
                standing,
            )
        };
        assert_eq!(counted(&[generated(), threats(Standing::Fills)]), [1, 2, 2]);
        let bill = Standing::Beside("a bill".to_owned());
        assert_eq!(
            counted(&[generated(), threats(bill)]),
            [1, 1, 1],
            "a bill stands beside, and opens nothing"
        );
    }
}
