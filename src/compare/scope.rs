//! Whom a provision protects, as far as its element `victim_scope` tells: provisions on children alone do not answer for
//! adults.

use crate::law::{Element, ElementValue, Provision};

/// Words that name children when a phrase begins with one.
const CHILDREN: &[&str] = &[
    "child",
    "children",
    "minor",
    "minors",
    "adolescent",
    "adolescents",
    "girl",
    "girls",
    "boy",
    "boys",
    "juvenile",
    "juveniles",
    "pupil",
    "pupils",
    "under",
];
/// Words for people of any age, behind which an age limit may stand: `persons under 18`.
const PEOPLE: &[&str] = &[
    "person",
    "persons",
    "people",
    "individual",
    "individuals",
    "consumer",
    "consumers",
    "user",
    "users",
];
/// What begins an age limit.
const LIMITS: &[&str] = &["under", "below", "younger"];
/// Words that bring adults in.
const ADULTS: &[&str] = &[
    "women", "woman", "men", "man", "adult", "adults", "any", "anyone", "all", "every", "everyone",
];

/// Whether a provision protects children alone.
pub fn is_on_children_alone(provision: &Provision) -> bool {
    match provision.elements.get(&Element::VictimScope) {
        Some(ElementValue::Phrase(phrase)) => names_children_alone(phrase),
        _ => false,
    }
}

/// Whether the first thing a phrase says is children, or people under an age, and nothing in it brings adults in. What
/// stands in brackets or behind a semicolon is an addition.
fn names_children_alone(phrase: &str) -> bool {
    let lower = phrase.to_lowercase();
    let first = lower.split([';', '(']).next().unwrap_or_default();
    let words: Vec<&str> = first
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if words.iter().any(|word| ADULTS.contains(word)) {
        return false;
    }
    match words.as_slice() {
        [first, ..] if CHILDREN.contains(first) => true,
        [first, limit, ..] if PEOPLE.contains(first) => LIMITS.contains(limit),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_children_alone_from_everyone() {
        for phrase in [
            "children and adolescents",
            "persons under 18",
            "under 18",
            "minor under sixteen",
            "persons under sixteen; minors for pornography",
            "children under 14; aged 14 to 17 with deceit (36 to 72 months)",
            "Persons under 18, or appearing so in images",
            "consumers under 16",
            "girls",
        ] {
            assert!(names_children_alone(phrase), "{phrase}");
        }
        for phrase in [
            "women",
            "any identifiable individual, separate test for under-18s",
            "women, girls and boys",
            "women, including girls under 18; domestic violence covers any victim",
            "adults",
            "adults for sharing; any person for recording or making the material",
            "persons who are, or appear to be, 18 or older (younger persons fall under child abuse material offences)",
            "women of any age and the children living with them",
            "persons or groups defined among others by sex",
            "girls and women",
            "",
        ] {
            assert!(!names_children_alone(phrase), "{phrase}");
        }
    }
}
