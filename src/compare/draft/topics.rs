//! What a provision of a draft is about: topics called by one of their labels, and topics it lies near to in meaning.

use std::collections::BTreeMap;

use crate::compare::draft::recognise::{Characters, FoundWords};
use crate::compare::draft::report::SectionTopic;
use crate::law::Topic;
use crate::search::{Catalogue, TopicShare};

/// What a topic counts for that is called in the heading, and in the text.
const IN_HEADING: f32 = 1.0;
const IN_TEXT: f32 = 0.6;
/// A concept with more topics than this below it tells nothing apart.
const MOST_BELOW: usize = 3;
/// Shares by meaning below this are not shown.
const LEAST: f32 = 0.12;
/// Bytes of a text in which labels are looked for, paragraph by paragraph: what it is about is said at its beginning.
const LOOKED_THROUGH: usize = 1_500;
/// Topics shown of one provision.
const MOST: usize = 4;

/// The topics of a provision, the chief one first.
pub(super) fn topics(heading: &str, text: &str, near: &[TopicShare], catalogue: &Catalogue) -> Vec<SectionTopic> {
    let mut found: BTreeMap<Topic, SectionTopic> = BTreeMap::new();
    let places = Characters::of(text);
    let mut pieces = vec![(heading, text.find(heading).filter(|_| !heading.is_empty()), IN_HEADING)];
    let mut at = 0;
    for piece in text.split_inclusive("\n\n") {
        if at > LOOKED_THROUGH {
            break;
        }
        pieces.push((piece, Some(at), IN_TEXT));
        at += piece.len();
    }
    for (piece, at, share) in pieces {
        for called in catalogue.vocabulary.called(&catalogue.taxonomy, piece) {
            let below = catalogue.taxonomy.topics(&called.id);
            if below.len() > MOST_BELOW {
                continue;
            }
            let by = at.and_then(|at| {
                let words = piece.get(called.range.clone())?;
                Some(FoundWords {
                    words: words.to_owned(),
                    start: places.at(at + called.range.start),
                    end: places.at(at + called.range.end),
                })
            });
            let share = share / below.len().max(1) as f32;
            for topic in below {
                add(&mut found, topic, share, by.clone());
            }
        }
    }
    // Meaning alone names topics where words do not, and decides between those that words name.
    for one in near {
        match found.get_mut(&one.topic) {
            Some(known) => known.share = (known.share + one.share / 2.0).min(1.0),
            None if one.share >= LEAST => add(&mut found, one.topic, one.share.min(IN_TEXT), None),
            None => {}
        }
    }
    let mut topics: Vec<SectionTopic> = found.into_values().collect();
    topics.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.topic.cmp(&b.topic)));
    topics.truncate(MOST);
    topics
        .iter_mut()
        .for_each(|one| one.share = (one.share * 1000.0).round() / 1000.0);
    topics
}

fn add(found: &mut BTreeMap<Topic, SectionTopic>, topic: Topic, share: f32, by: Option<FoundWords>) {
    let one = found.entry(topic).or_insert(SectionTopic { topic, share, by: None });
    if share > one.share || one.by.is_none() {
        one.share = one.share.max(share);
        one.by = by.or(one.by.take());
    }
}
