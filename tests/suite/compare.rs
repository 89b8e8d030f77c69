//! The comparison on the miniature corpus of invented countries: states, choice, alignment, proposals, refusals.

use std::collections::{BTreeMap, BTreeSet};

use collex::compare::{
    Cell, CellState, ColumnOrder, CompareError, Degree, Grid, GridRequest, RowOrder, Subject, SubjectWords, Weights,
    align,
};
use collex::law::{Answer, Element, ElementValue, Topic};

use crate::fixture;

const OFFENCE: &str = "legislation/xa/online-safety-act-2021#s-66b";
const ARTICLE: &str = "model-laws/dignity-online#art-1";

fn topic(topic: Topic) -> GridRequest {
    GridRequest::about(Subject::Topics(vec![topic]))
}

fn grid(request: &GridRequest) -> Grid {
    fixture::library(true).compare(request).unwrap()
}

fn refused(request: &GridRequest) -> CompareError {
    fixture::library(false).compare(request).unwrap_err()
}

fn cell<'a>(grid: &'a Grid, key: &str, code: &str) -> &'a Cell {
    let row = grid
        .rows
        .iter()
        .find(|row| row.key == key)
        .unwrap_or_else(|| panic!("no row {key}"));
    let at = grid
        .columns
        .iter()
        .position(|column| column.jurisdiction.code.as_str() == code);
    &row.cells[at.unwrap_or_else(|| panic!("no column {code}"))]
}

#[test]
fn a_cell_is_in_one_of_four_states() {
    let images = grid(&topic(Topic::IntimateImageAbuse));
    let provided = cell(&images, "max_imprisonment_months", "XA");
    assert_eq!(provided.state, CellState::Provided);
    assert_eq!(provided.values[0].value, ElementValue::Whole(36));
    assert_eq!(provided.values[0].provision, OFFENCE);
    assert_eq!(provided.checked.unwrap().to_string(), "2026-11-20");

    let adopted = cell(&images, "max_imprisonment_months", "XD");
    assert_eq!(adopted.state, CellState::Partly, "its law is only adopted");
    assert!(adopted.reason.contains("only adopted"), "{}", adopted.reason);

    let none = cell(&images, "motive_required", "XA");
    assert_eq!(none.state, CellState::NoneFound);
    assert_eq!(none.values[0].value, ElementValue::Answer(Answer::No));

    let open = cell(&images, "threat_covered", "XB");
    assert_eq!(open.state, CellState::NotCollected);
    assert!(
        open.reason.contains("1 provision on this noted, and none states it"),
        "{}",
        open.reason
    );
    assert!(
        open.reason.contains("says nothing about the law"),
        "silence is never absence"
    );
}

#[test]
fn what_is_no_law_yet_or_unverified_never_fills_a_cell() {
    let removal = grid(&topic(Topic::NoticeAndRemoval));
    let recalled = cell(&removal, "removal_deadline_hours", "XA");
    assert_eq!(recalled.state, CellState::Partly);
    assert!(recalled.reason.contains("unverified"), "{}", recalled.reason);
    let ahead = cell(&removal, "removal_deadline_hours", "XC");
    assert_eq!((ahead.state, ahead.values.len()), (CellState::NotCollected, 0));
    assert!(
        ahead.beside[0].why.contains("not yet in force"),
        "{}",
        ahead.beside[0].why
    );
    let bill = grid(&topic(Topic::Doxing));
    let bill = cell(&bill, "conduct", "XA");
    assert_eq!(bill.state, CellState::NotCollected);
    assert!(bill.beside[0].why.contains("bill"), "{}", bill.beside[0].why);
}

#[test]
fn a_grid_of_a_day_uses_what_was_in_force_on_it() {
    let mut request = topic(Topic::IntimateImageAbuse);
    request.as_of = Some("2021-06-30".parse().unwrap());
    let before = grid(&request);
    let cell_before = cell(&before, "max_imprisonment_months", "XA");
    assert_eq!(cell_before.state, CellState::NotCollected);
    assert!(
        cell_before.beside[0].why.contains("not in force on 2021-06-30"),
        "{}",
        cell_before.beside[0].why
    );
    request.as_of = Some("2021-07-01".parse().unwrap());
    let on = grid(&request);
    assert_eq!(cell(&on, "max_imprisonment_months", "XA").state, CellState::Provided);
    // Of a code only its own age is known, not that of the article.
    assert_eq!(cell(&on, "max_imprisonment_months", "XB").state, CellState::Partly);
    assert!(
        on.notes.iter().any(|note| note.contains("without dates of its own")),
        "{:?}",
        on.notes
    );
    assert_eq!(on.parameters.last().unwrap().value, "2021-07-01");
}

#[test]
fn ranges_name_who_holds_the_extremes() {
    let images = grid(&topic(Topic::IntimateImageAbuse));
    let row = images
        .rows
        .iter()
        .find(|row| row.key == "max_imprisonment_months")
        .unwrap();
    let range = &row.summary.ranges[0];
    assert_eq!(
        (range.unit.as_str(), range.count),
        ("months", 3),
        "the adopted law does not count"
    );
    assert_eq!(
        (range.minimum.amount, range.minimum.jurisdictions[0].as_str()),
        (12.0, "XB")
    );
    assert_eq!(
        (range.median.amount, range.median.jurisdictions[0].as_str()),
        (24.0, "XC")
    );
    assert_eq!(
        (range.maximum.amount, range.maximum.jurisdictions[0].as_str()),
        (36.0, "XA")
    );
    let fines = images.rows.iter().find(|row| row.key == "max_fine").unwrap();
    let units: Vec<&str> = fines.summary.ranges.iter().map(|range| range.unit.as_str()).collect();
    assert_eq!(units, ["EUR", "XAF"], "never one range over two currencies");
}

#[test]
fn rows_and_columns_are_sorted_as_asked() {
    let codes = |grid: &Grid| -> Vec<String> {
        grid.columns
            .iter()
            .map(|column| column.jurisdiction.code.to_string())
            .collect()
    };
    let mut request = topic(Topic::IntimateImageAbuse)
        .of_jurisdictions(["XC", "XA", "XB"].map(|code| code.parse().unwrap()).to_vec());
    assert_eq!(codes(&grid(&request)), ["XC", "XA", "XB"], "as asked");
    request.columns = ColumnOrder::Value(Element::MaxImprisonmentMonths);
    assert_eq!(codes(&grid(&request)), ["XA", "XC", "XB"], "strictest first");
    request.columns = ColumnOrder::Name;
    request.rows = RowOrder::Column("XB".parse().unwrap());
    let sorted = grid(&request);
    assert_eq!(codes(&sorted), ["XA", "XB", "XC"]);
    let states: Vec<CellState> = sorted.rows.iter().map(|row| row.cells[1].state).collect();
    assert!(states.is_sorted(), "{states:?}");
    for row in &sorted.rows {
        assert_eq!(row.cells.len(), sorted.columns.len());
    }
}

#[test]
fn all_jurisdictions_are_compared_unless_some_are_named() {
    let all = grid(&topic(Topic::CivilRemedies));
    assert_eq!(all.columns.len(), 5);
    assert!(all.rows.is_empty(), "nothing is stated on it");
    let asked = topic(Topic::CivilRemedies).of_jurisdictions(vec!["all".parse().unwrap()]);
    assert_eq!(grid(&asked).columns.len(), 5);
    let mut region = topic(Topic::CivilRemedies);
    region.regions = vec!["Africa".parse().unwrap()];
    assert_eq!(grid(&region).columns.len(), 1);
}

#[test]
fn a_law_is_set_against_an_article_with_its_arithmetic() {
    let article = grid(&GridRequest::about(Subject::Article(ARTICLE.to_owned())));
    let arvenia = cell(&article, ARTICLE, "XA");
    assert_eq!(arvenia.state, CellState::Provided);
    let alignment = arvenia.alignment.as_ref().unwrap();
    assert_eq!(alignment.degree, Some(1.0));
    assert_eq!(
        alignment.arithmetic,
        "threat_covered 1 × 3 + synthetic_covered 1 × 3 = 6 of 6"
    );
    let adopted = cell(&article, ARTICLE, "XD");
    assert_eq!(adopted.state, CellState::Partly);
    assert_eq!(
        adopted.alignment.as_ref().unwrap().arithmetic,
        "threat_covered 0.5 × 3 = 1.5 of 3; 3 more not collected"
    );
    assert!(adopted.reason.contains("in doubt: threat covered") && adopted.reason.contains("not collected: synthetic"));
    let silent = cell(&article, ARTICLE, "XB");
    assert_eq!(
        silent.state,
        CellState::NotCollected,
        "an offence that is silent on both tells nothing"
    );
    assert_eq!(silent.alignment.as_ref().unwrap().degree, None);
    let row = article.rows.iter().find(|row| row.key == "threat_covered").unwrap();
    assert_eq!(row.asked, Some(ElementValue::Answer(Answer::Yes)));
    // Weights are named in one table and may be changed.
    let mut request = GridRequest::about(Subject::Article(ARTICLE.to_owned()));
    request.weights.insert(Element::ThreatCovered, 1.0);
    let alignment = cell(&grid(&request), ARTICLE, "XA").alignment.clone().unwrap();
    assert_eq!(
        alignment.arithmetic,
        "threat_covered 1 × 1 + synthetic_covered 1 × 3 = 4 of 4"
    );
}

#[test]
fn a_whole_model_law_has_its_articles_as_rows() {
    let mut request = GridRequest::about(Subject::ModelLaw("model-laws/dignity-online".to_owned()));
    request.columns = ColumnOrder::Alignment;
    let whole = grid(&request);
    assert_eq!(whole.rows.len(), 1, "and its version in French is not a second law");
    assert_eq!(whole.columns[0].alignment.as_ref().unwrap().degree, Some(1.0));
    let last = whole.columns.last().unwrap();
    assert_eq!(last.alignment.as_ref().unwrap().degree, None);
    let adopted = whole
        .columns
        .iter()
        .find(|column| column.jurisdiction.code.as_str() == "XD")
        .unwrap();
    assert_eq!(adopted.missing[0].article, ARTICLE);
    assert_eq!(adopted.missing[0].weight, 1.5);
    assert_eq!(
        adopted.missing[0].elements,
        [Element::ThreatCovered],
        "what is not collected is never missing"
    );
}

#[test]
fn like_provisions_are_joined_by_facts_first_and_proposed_by_meaning() {
    let like = grid(&GridRequest::about(Subject::Provision(OFFENCE.to_owned())));
    assert_eq!(like.subject.topics.len(), 3);
    let column = like
        .columns
        .iter()
        .find(|column| column.jurisdiction.code.as_str() == "XB")
        .unwrap();
    let first = &column.comparable[0];
    assert_eq!((first.degree, first.proposed), (Degree::SameElementAndTopic, false));
    assert!(first.reason.contains("states conduct"), "{}", first.reason);
    let own = like
        .columns
        .iter()
        .find(|column| column.jurisdiction.code.as_str() == "XA")
        .unwrap();
    assert!(
        own.comparable.iter().all(|one| one.provision != OFFENCE),
        "nothing is its own like"
    );
    let filling: BTreeSet<&str> = like
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .flat_map(|cell| cell.values.iter().map(|value| value.provision.as_str()))
        .collect();
    for one in like.columns.iter().flat_map(|column| &column.comparable) {
        assert!(
            like.provisions.contains_key(&one.provision),
            "{} is described",
            one.provision
        );
        assert_eq!(
            one.proposed,
            matches!(one.degree, Degree::SimilarWording | Degree::Weak)
        );
        assert!(
            !one.proposed || !filling.contains(one.provision.as_str()),
            "a proposal fills no cell"
        );
    }
    let row = like
        .rows
        .iter()
        .find(|row| row.key == "max_imprisonment_months")
        .unwrap();
    assert_eq!(row.asked, Some(ElementValue::Whole(36)));
}

#[test]
fn words_choose_topics_and_say_why() {
    let words = GridRequest::about(Subject::Words("stalking with a tracking device".to_owned()));
    let found = grid(&words);
    assert!(
        found.subject.topics.contains(&Topic::Cyberstalking),
        "{:?}",
        found.subject.topics
    );
    assert!(!found.subject.why.is_empty());
    let nothing = grid(&GridRequest::about(Subject::Words("zzzz".to_owned())));
    assert_eq!(nothing.columns.len(), 5, "an empty answer is an answer");
    // Without a model the facts are compared all the same.
    let by_words = fixture::library(false).compare(&words).unwrap();
    assert!(by_words.subject.topics.contains(&Topic::Cyberstalking));
    assert!(
        by_words.notes.iter().any(|note| note.contains("words only")),
        "{:?}",
        by_words.notes
    );
}

#[test]
fn the_same_question_has_the_same_answer() {
    for subject in [
        Subject::Provision(OFFENCE.to_owned()),
        Subject::Words("sharing an intimate photograph".to_owned()),
        Subject::ModelLaw("model-laws/dignity-online".to_owned()),
    ] {
        let ask = || {
            let mut grid = grid(&GridRequest::about(subject.clone()));
            grid.took_ms = 0.0;
            serde_json::to_string(&grid).unwrap()
        };
        assert_eq!(ask(), ask());
    }
}

#[test]
fn what_does_not_exist_is_named_with_what_is_near() {
    let mut unknown = topic(Topic::Doxing);
    unknown.jurisdictions = vec!["XZ".parse().unwrap()];
    let message = refused(&unknown).to_string();
    assert!(
        message.contains("no jurisdiction `XZ`") && message.contains("XA"),
        "{message}"
    );
    let article = |id: &str| refused(&GridRequest::about(Subject::Article(id.to_owned()))).to_string();
    let message = article("model-laws/dignity-online#art-9");
    assert!(
        message.contains("Model Law on Dignity Online has no article `art-9`; near: model-laws/dignity-online#art-1"),
        "{message}"
    );
    assert!(article("model-laws/dignity#art-1").contains("near: model-laws/dignity-online"));
    assert!(article(OFFENCE).contains("is a provision of a law; ask for it as a provision"));
    let provision = |id: &str| refused(&GridRequest::about(Subject::Provision(id.to_owned()))).to_string();
    assert!(provision("legislation/xa/online-safety-act-2021#s-66a").contains(OFFENCE));
    assert!(
        provision("legislation/xa/online-safety-act-2021").contains("is a whole document; name one provision of it")
    );
    assert!(provision("jurisprudence/xa/r-v-marrow-2024").contains("is a decision or note"));
    let mut rows = topic(Topic::Doxing);
    rows.rows = RowOrder::Column("XZ".parse().unwrap());
    assert!(refused(&rows).to_string().contains("not among the jurisdictions"));
    let long = GridRequest::about(Subject::Words("a".repeat(2001)));
    assert!(refused(&long).to_string().contains("2001 characters"));
}

#[test]
fn exactly_one_subject_is_read() {
    let words = |words: SubjectWords| words.read();
    assert!(
        words(SubjectWords::default())
            .unwrap_err()
            .to_string()
            .contains("nothing to compare")
    );
    let two = SubjectWords {
        topics: vec![Topic::Doxing],
        words: Some("doxing".to_owned()),
        ..SubjectWords::default()
    };
    assert!(words(two).unwrap_err().to_string().contains("more than one"));
    let numbered = |article: &str, law: Option<&str>| SubjectWords {
        article: Some(article.to_owned()),
        model_law: law.map(str::to_owned),
        ..SubjectWords::default()
    };
    for (article, law) in [
        ("1", Some("dignity-online")),
        ("art 1", Some("model-laws/dignity-online.md")),
        (ARTICLE, None),
    ] {
        assert_eq!(
            words(numbered(article, law)).unwrap(),
            Subject::Article(ARTICLE.to_owned())
        );
    }
    assert!(
        words(numbered("1", None))
            .unwrap_err()
            .to_string()
            .contains("needs the model law")
    );
}

#[test]
fn a_timeline_tells_who_was_first_and_what_is_not_dated() {
    let timeline = fixture::library(false).timeline(Topic::IntimateImageAbuse).unwrap();
    let firsts: Vec<(String, &str)> = timeline
        .events
        .iter()
        .filter(|event| event.element.is_none())
        .map(|event| (event.date.to_string(), event.jurisdiction.as_str()))
        .collect();
    assert_eq!(
        firsts,
        [
            ("2021-07-01".into(), "XA"),
            ("2022-01-02".into(), "XD"),
            ("2023-02-01".into(), "XU")
        ]
    );
    assert!(
        timeline.events.iter().all(|event| !event.own_date),
        "all dates are those of the laws"
    );
    let undated: Vec<&str> = timeline.undated.iter().map(|one| one.jurisdiction.as_str()).collect();
    assert_eq!(undated, ["XB", "XC"], "of a code only its own age is known");
    let threats = timeline
        .events
        .iter()
        .find(|event| event.element == Some(Element::ThreatCovered))
        .unwrap();
    assert_eq!(threats.jurisdiction.as_str(), "XA");
    let removal = fixture::library(false).timeline(Topic::NoticeAndRemoval).unwrap();
    let own = removal
        .events
        .iter()
        .find(|event| event.jurisdiction.as_str() == "XA")
        .unwrap();
    assert!(own.own_date && own.reserve.as_ref().unwrap().contains("unverified"));
    assert!(
        removal.events.iter().all(|event| event.jurisdiction.as_str() != "XC"),
        "not yet in force is no first"
    );
}

#[test]
fn what_an_article_leaves_to_another_is_not_missed() {
    let images = grid(&topic(Topic::IntimateImageAbuse));
    let of_row = |key: &str| {
        let row = images.rows.iter().find(|row| row.key == key).unwrap();
        let cell = row.cells.iter().find(|cell| cell.state == CellState::Provided);
        cell.unwrap_or_else(|| panic!("{key}")).clone()
    };
    let cells = BTreeMap::from([(Element::ThreatCovered, of_row("threat_covered"))]);
    let asked = |answer| BTreeMap::from([(Element::ThreatCovered, ElementValue::Answer(answer))]);
    let left_out = align(&asked(Answer::No), &cells, &Weights::default());
    assert!(left_out.parts.is_empty() && left_out.degree.is_none(), "{left_out:?}");
    assert_eq!(
        align(&asked(Answer::Yes), &cells, &Weights::default()).degree,
        Some(1.0)
    );
}
