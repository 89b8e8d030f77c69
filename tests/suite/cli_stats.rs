//! `collex stats`: the counts agree with one another and with what the miniature corpus holds.

use serde_json::Value;

use crate::cli::collex;

fn sum(counts: &Value) -> u64 {
    counts
        .as_object()
        .unwrap()
        .values()
        .map(|count| count.as_u64().unwrap())
        .sum()
}

#[test]
fn counts_what_there_is() {
    let ran = collex(&["stats", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let stats = ran.json();
    let all = stats["provisions"].as_u64().unwrap();
    let of_model_laws = stats["provisions_by"]["kind"]["model-law"].as_u64().unwrap();
    assert_eq!(
        stats["articles_by_model_law"],
        serde_json::json!({"model-laws/dignity-online": 1})
    );
    // The Act of Arvenia, its introduction and its provisions, are all that has a date.
    let checks = &stats["provisions_by_check"];
    assert_eq!(sum(checks), all - of_model_laws);
    assert_eq!(
        checks["under_a_year"].as_u64().unwrap() + checks["older"].as_u64().unwrap(),
        6
    );
    assert_eq!(
        sum(&stats["documents_by_language"]),
        stats["documents"].as_u64().unwrap()
    );
    assert_eq!(
        sum(&stats["jurisdictions_by_region"]),
        stats["jurisdictions"].as_u64().unwrap()
    );
    let regions = stats["provisions_by_region_and_topic"].as_object().unwrap();
    assert_eq!(regions.len(), 8);
    assert!(
        regions.values().all(|topics| topics.as_object().unwrap().len() == 24),
        "gaps are named"
    );
    for (topic, count) in stats["provisions_by"]["topic"].as_object().unwrap() {
        let of_regions: u64 = regions.values().map(|topics| topics[topic].as_u64().unwrap()).sum();
        let count = count.as_u64().unwrap();
        // The one article belongs to no region, and is counted once of its two languages.
        let article = stats["articles_by_topic"][topic].as_u64().unwrap();
        assert_eq!(count, of_regions + 2 * article, "{topic}");
    }
}

#[test]
fn prints_rows_for_other_programs() {
    let stats = collex(&["stats", "--json"]).json();
    let ran = collex(&["stats"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let cells = |first: &str| -> Vec<String> {
        let line = ran.out.lines().find(|line| line.starts_with(&format!("{first}\t")));
        let line = line.unwrap_or_else(|| panic!("no row `{first}` in\n{}", ran.out));
        line.split('\t').map(str::to_owned).collect()
    };
    assert_eq!(
        cells("topic"),
        [
            "topic", "all", "Afr", "Asia", "Eur", "LAC", "MENA", "NAm", "Oce", "Int", "art"
        ]
    );
    let row = cells("intimate-image-abuse");
    let topic = |region: &str| stats["provisions_by_region_and_topic"][region]["intimate-image-abuse"].to_string();
    let of_regions: u64 = row[2..10].iter().map(|cell| cell.parse::<u64>().unwrap()).sum();
    assert_eq!((row[1].parse(), row[10].as_str()), (Ok(of_regions), "1"));
    assert_eq!(
        (&row[2], &row[6]),
        (&topic("Africa"), &topic("Middle East & North Africa"))
    );
    assert_eq!(cells("model-laws/dignity-online")[1], "1");
    assert!(
        ran.out.contains("confidence\trecalled\t") && ran.out.contains("last check\tnot recorded\t"),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains(['░', '│', '\u{1b}']), "bare numbers in a pipe");
}

#[cfg(feature = "serve")]
#[test]
fn is_what_the_server_answers() {
    let library = crate::fixture::library(false);
    let served = serde_json::to_value(library.stats().unwrap()).unwrap();
    let printed = collex(&["stats", "--json"]).json();
    // The indexes of the two tests were built apart, with and without a model.
    let same = |stats: &Value| {
        let mut stats = stats.as_object().unwrap().clone();
        for key in ["passages", "model", "no_meaning", "generation", "built_at"] {
            stats.remove(key);
        }
        stats
    };
    assert_eq!(same(&served), same(&printed));
}
