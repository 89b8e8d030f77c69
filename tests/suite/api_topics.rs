//! Topics over HTTP: by name, by label, and as SKOS that other readers understand.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::api::{ask, get, problem};

fn ids(answer: &Value) -> Vec<&str> {
    answer["topics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|topic| topic["id"].as_str().unwrap())
        .collect()
}

#[test]
fn every_topic_stands_in_the_list_with_its_counts() {
    let answer = get("/v1/topics?language=fr").json();
    // 24 of the closed list, and the one concept on top.
    assert_eq!(answer["total"], 25);
    let find = |id: &str| {
        answer["topics"]
            .as_array()
            .unwrap()
            .iter()
            .find(|topic| topic["id"] == id)
            .unwrap()
    };
    let images = find("intimate-image-abuse");
    assert_eq!(images["label"], "diffusion d'images intimes");
    assert_eq!(images["broader"], "online-abuse");
    assert_eq!(images["labels"]["en"]["rejected"][0], "revenge porn");
    assert_eq!(images["crosswalk"][0]["relation"], "close");
    assert!(
        images["provisions"].as_u64().unwrap() > 0 && images["model_articles"] == 1,
        "{images}"
    );
    assert_eq!(
        find("online-abuse")["narrower"],
        serde_json::json!(["doxing", "intimate-image-abuse"])
    );
    // A topic without a file is there by its name.
    assert_eq!(find("cyberstalking")["label"], "cyberstalking");
}

#[test]
fn words_in_any_language_call_a_topic() {
    for (words, id) in [
        ("revenge%20porn", "intimate-image-abuse"),
        ("Ley%20Olimpia", "intimate-image-abuse"),
        (
            "%D9%86%D8%B4%D8%B1%20%D8%B5%D9%88%D8%B1%20%D8%AE%D8%A7%D8%B5%D8%A9",
            "intimate-image-abuse",
        ),
        ("doxe", "doxing"),
    ] {
        assert_eq!(ids(&get(&format!("/v1/topics?q={words}")).json()), [id], "{words}");
    }
    assert_eq!(get("/v1/topics?q=sourdough").json()["total"], 0);
}

#[test]
fn one_topic_by_name_or_a_refusal_with_the_nearest() {
    assert_eq!(get("/v1/topics/doxing").json()["label"], "doxing");
    let refused = problem(&get("/v1/topics/doxxing"), "unknown-id");
    assert!(
        refused["detail"].as_str().unwrap().contains("Did you mean `doxing`?"),
        "{refused}"
    );
    problem(&get("/v1/topics?language=de"), "invalid-value");
    problem(&get("/v1/topics?format=xml"), "invalid-value");
}

/// Subject, predicate and object of every statement, from Turtle by a parser of its own.
fn statements(turtle: &[u8]) -> BTreeSet<String> {
    oxttl::TurtleParser::new()
        .for_slice(turtle)
        .map(|triple| triple.unwrap().to_string())
        .collect()
}

#[test]
fn skos_says_the_same_in_both_forms() {
    let turtle = get("/v1/topics?format=turtle");
    assert_eq!(turtle.header("content-type"), "text/turtle");
    let said = statements(&turtle.body);
    let skos = |name: &str| format!("<http://www.w3.org/2004/02/skos/core#{name}>");
    for expected in [
        format!(
            "<urn:collex:topics/doxing> {} <urn:collex:topics/online-abuse>",
            skos("broader")
        ),
        format!(
            "<urn:collex:topics/intimate-image-abuse> {} \"revenge porn\"@en",
            skos("hiddenLabel")
        ),
        format!(
            "<urn:collex:topics/intimate-image-abuse> {} \"نشر صور خاصة\"@ar",
            skos("prefLabel")
        ),
        format!(
            "<urn:collex:topics/intimate-image-abuse> {} <urn:collex:instruments/xu/protocol-on-violence-online#art-4>",
            skos("closeMatch")
        ),
    ] {
        assert!(said.contains(&expected), "{expected}\nnot in {said:#?}");
    }
    let accepted = ask(
        "GET",
        "/v1/topics",
        &[("accept", "text/html, application/ld+json;q=0.9")],
    );
    assert_eq!(accepted.header("content-type"), "application/ld+json");
    let from_json: BTreeSet<String> = oxjsonld::JsonLdParser::new()
        .for_slice(&accepted.body)
        .map(|quad| quad.unwrap().to_string())
        .collect();
    assert_eq!(from_json, said);
}
