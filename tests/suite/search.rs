//! Search as a program uses it: the miniature corpus of invented countries through the library.

use std::sync::Arc;

use collex::corpus::Roots;
use collex::index::embedding::{Embedder, FixedEmbedder};
use collex::index::{BuildOptions, Filters, build};
use collex::law::{Confidence, InForce, Kind, Topic};
use collex::library::{Library, LibraryError};
use collex::search::{Answer, Limits, Mode, Request, SearchError, Tuning};
use proptest::prelude::*;
use tempfile::TempDir;

const OFFENCE: &str = "legislation/xa/online-safety-act-2021#s-66b";

fn roots() -> Roots {
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    Roots {
        corpus: fixtures.join("corpus"),
        model_laws: fixtures.join("model-laws"),
    }
}

fn library(with_model: bool) -> (TempDir, Library) {
    let folder = TempDir::new().unwrap();
    let options = BuildOptions::new(folder.path().to_path_buf(), roots(), &|_| {});
    let embedder = with_model.then(|| Arc::new(FixedEmbedder) as Arc<dyn Embedder>);
    build(&options, embedder.as_deref()).unwrap();
    let library = Library::open(folder.path(), embedder, Tuning::default()).unwrap();
    (folder, library)
}

fn ask(query: &str) -> Request {
    Request {
        query: query.to_owned(),
        limit: 50,
        ..Request::default()
    }
}

fn ids(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.id.as_str()).collect()
}

#[test]
fn hybrid_finds_and_says_why() {
    let (_folder, library) = library(true);
    let request = Request {
        explain: true,
        ..ask("sharing an intimate photograph without consent")
    };
    let answer = library.search(&request).unwrap();
    assert_eq!(answer.mode, Mode::Hybrid);
    let first = &answer.hits[0];
    assert_eq!(first.id, OFFENCE);
    assert_eq!(first.jurisdiction_name.as_deref(), Some("Arvenia"));
    assert_eq!(first.in_force_on_date, Some(InForce::Yes));
    let why = first.why.as_ref().unwrap();
    assert!(why.keyword.is_some() && why.vector.is_some() && why.fused.is_some());
    assert!(
        why.matched_words.iter().any(|word| word == "intimate"),
        "{:?}",
        why.matched_words
    );
    assert!(!first.snippet.highlights.is_empty());
    let shown: Vec<char> = first.snippet.text.chars().collect();
    let (provision, _) = library.provision(OFFENCE).unwrap().unwrap();
    let whole: Vec<char> = provision.text.chars().collect();
    assert_eq!(
        whole[first.snippet.offset..first.snippet.offset + shown.len()],
        shown[..]
    );
}

#[test]
fn counts_are_those_of_what_paging_reaches() {
    let (_folder, library) = library(true);
    for mode in [Mode::Hybrid, Mode::Keyword, Mode::Semantic] {
        let whole = library
            .search(&Request {
                mode,
                ..ask("intimate images")
            })
            .unwrap();
        assert_eq!(whole.total, whole.hits.len());
        assert_eq!(whole.facets.kind.values().sum::<usize>(), whole.total);
        let mut paged = Vec::new();
        for offset in 0..whole.total {
            let page = Request {
                mode,
                offset,
                limit: 1,
                ..ask("intimate images")
            };
            paged.extend(library.search(&page).unwrap().hits.into_iter().map(|hit| hit.id));
        }
        assert_eq!(paged, ids(&whole), "{mode:?}");
    }
}

#[test]
fn groups_hold_what_was_fused_before() {
    let (_folder, library) = library(true);
    let whole = library.search(&ask("images")).unwrap();
    let grouped = library
        .search(&Request {
            group: Some(1),
            ..ask("images")
        })
        .unwrap();
    assert!(grouped.hits.is_empty());
    assert_eq!(grouped.total, whole.total);
    assert_eq!(grouped.groups[0].hits[0].id, whole.hits[0].id);
    assert_eq!(
        grouped.groups.iter().map(|group| group.total).sum::<usize>(),
        whole.total
    );
    assert!(grouped.groups.iter().all(|group| group.hits.len() == 1));
}

#[test]
fn references_and_names_come_first() {
    let (_folder, library) = library(true);
    for query in ["s 66B", "section 66b", "s 66B Online Safety Act", "No. 7 of 2021 s 66B"] {
        let answer = library.search(&ask(query)).unwrap();
        assert_eq!(answer.hits[0].id, OFFENCE, "{query}");
    }
    let answer = library.search(&ask("Online Safety Act 2021")).unwrap();
    assert!(
        answer.hits[0].document.ends_with("online-safety-act-2021"),
        "{:?}",
        ids(&answer)
    );
}

#[test]
fn filters_and_required_words_bind_both_legs() {
    let (_folder, library) = library(true);
    let filtered = Request {
        filters: Filters {
            jurisdictions: vec!["XB".parse().unwrap()],
            ..Filters::default()
        },
        ..ask("intimate images without consent")
    };
    let answer = library.search(&filtered).unwrap();
    assert!(answer.total > 0);
    assert!(answer.hits.iter().all(|hit| hit.jurisdiction.as_deref() == Some("XB")));
    let answer = library.search(&ask("images -threatens jurisdiction:XA")).unwrap();
    assert!(!ids(&answer).contains(&OFFENCE));
    assert!(answer.hits.iter().all(|hit| hit.jurisdiction.as_deref() == Some("XA")));
    let answer = library.search(&ask(r#""tracking device" images"#)).unwrap();
    assert_eq!(answer.total, 1, "{:?}", ids(&answer));
}

#[test]
fn unverified_hits_stand_behind_all_others() {
    let (_folder, library) = library(true);
    for query in ["", "law", "images"] {
        let answer = library.search(&ask(query)).unwrap();
        let marks: Vec<bool> = answer.hits.iter().map(|hit| hit.unverified).collect();
        assert!(marks.is_sorted(), "{query}: {marks:?}");
        for hit in &answer.hits {
            assert_eq!(hit.unverified, hit.confidence == Some(Confidence::Recalled));
        }
    }
}

#[test]
fn nothing_asked_lists_everything() {
    let (_folder, library) = library(true);
    let everything = library.search(&ask("")).unwrap();
    // The introduction and the article of the model law stand in two languages, and each is shown once.
    assert_eq!(everything.total + 2, library.stats().unwrap().provisions);
    let request = Request {
        filters: Filters {
            as_of: Some("2020-06-01".parse().unwrap()),
            ..Filters::default()
        },
        ..ask("")
    };
    let before = library.search(&request).unwrap();
    assert!(before.total < everything.total);
    assert!(!ids(&before).contains(&OFFENCE));
}

#[test]
fn without_a_model_words_are_searched_and_it_says_so() {
    let (_folder, library) = library(false);
    let answer = library.search(&ask("intimate")).unwrap();
    assert_eq!(answer.mode, Mode::Keyword);
    assert!(answer.total > 0);
    assert!(
        answer.notes[0].starts_with("Searched by words only"),
        "{:?}",
        answer.notes
    );
    let alone = Request {
        mode: Mode::Semantic,
        ..ask("intimate")
    };
    assert!(matches!(library.search(&alone), Err(SearchError::NoMeaning { .. })));
    assert!(library.stats().unwrap().model.is_none());
}

#[test]
fn similar_provisions_are_of_other_jurisdictions() {
    let (_folder, library) = library(true);
    let similar = library.similar(OFFENCE, 1, 10).unwrap().unwrap();
    assert!(!similar.groups.is_empty());
    assert!(
        similar
            .groups
            .iter()
            .all(|group| group.jurisdiction.as_deref() != Some("XA") && group.hits.len() == 1)
    );
    assert!(
        similar
            .groups
            .iter()
            .flat_map(|group| &group.hits)
            .any(|hit| !hit.shared_topics.is_empty())
    );
    assert!(library.similar("legislation/xa/none#s-1", 1, 10).unwrap().is_none());
    assert_eq!(
        library.near_identifiers("legislation/xa/online-safety-act-2012#s-66b")[0],
        OFFENCE
    );
}

#[test]
fn misspelt_words_are_mended_and_numbers_are_not() {
    let (_folder, library) = library(true);
    let answer = library.search(&ask("intimte images")).unwrap();
    assert_eq!(answer.did_you_mean.as_deref(), Some("intimate images"));
    assert_eq!(library.search(&ask("2o21")).unwrap().did_you_mean, None);
}

#[test]
fn bounds_are_told() {
    let (_folder, library) = library(true);
    let long = "x".repeat(100_000);
    let error = library.search(&ask(&long)).unwrap_err();
    assert!(error.is_askers());
    assert_eq!(
        error.to_string(),
        "the query has 100000 characters; at most 2000 are allowed"
    );
    let library = library.with_limits(Limits {
        max_query_chars: usize::MAX,
        ..Limits::default()
    });
    library.search(&ask(&long)).unwrap();
    library.search(&ask(&"word ".repeat(20_000))).unwrap();
    let unknown = Request {
        filters: Filters {
            jurisdictions: vec!["QQ".parse().unwrap()],
            ..Filters::default()
        },
        ..ask("x")
    };
    assert!(library.search(&unknown).unwrap_err().to_string().contains("XA, XB"));
    assert!(library.search(&Request { limit: 0, ..ask("x") }).is_err());
}

#[test]
fn a_newer_generation_is_taken_up() {
    let (folder, library) = library(false);
    assert!(!library.reload().unwrap());
    let before = library.generation();
    let options = BuildOptions::new(folder.path().to_path_buf(), roots(), &|_| {});
    build(&options, Some(&FixedEmbedder)).unwrap();
    assert!(library.reload().unwrap());
    assert!(library.generation() > before);
    assert!(
        library
            .no_meaning()
            .is_some_and(|reason| reason.contains("no embedding model is loaded"))
    );
    let empty = TempDir::new().unwrap();
    assert!(matches!(
        Library::open(empty.path(), None, Tuning::default()),
        Err(LibraryError::NoIndex { .. })
    ));
}

#[test]
fn no_query_does_harm() {
    let (_folder, library) = library(true);
    for query in [
        "\"",
        "((((",
        "a AND",
        "\u{202e}نشر\u{202c}",
        "\0\u{7}\u{1b}[31m",
        "jurisdiction:",
        "*",
        "-",
        "“x",
        "kind:none",
    ] {
        library.search(&ask(query)).unwrap();
    }
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(200)
    });
    let any = "[\\PC\"()*:+ -]{0,60}|(AND|OR|NOT|s 1|\"|\\(|\\)|-|\\+|[a-z]{1,5}|:|\\*| ){0,30}";
    runner
        .run(&any, |query| {
            let answer = library.search(&ask(&query));
            prop_assert!(answer.is_ok(), "{query:?}");
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_label_in_any_language_finds_the_topic_and_can_be_switched_off() {
    let (_folder, library) = library(true);
    let of_mode = |query: &str, expand: bool| Request {
        mode: Mode::Keyword,
        expand,
        explain: true,
        ..ask(query)
    };
    for query in [
        "نشر صور خاصة",
        "ley olimpia",
        "the nudes were leaked",
        "divulgação de imagens íntimas",
    ] {
        let without = library.search(&of_mode(query, false)).unwrap();
        assert!(!ids(&without).contains(&OFFENCE), "{query}: {:?}", ids(&without));
        let answer = library.search(&of_mode(query, true)).unwrap();
        assert_eq!(answer.topics[0].id, "intimate-image-abuse", "{query}");
        assert_eq!(answer.topic_shares[0].share, 1.0);
        let why = answer.hits[0].why.as_ref().unwrap();
        assert!(
            why.matched_words
                .iter()
                .any(|word| word.starts_with("~intimate-image-abuse")),
            "{why:?}"
        );
        assert!(answer.hits[0].topics.contains(&Topic::IntimateImageAbuse));
        assert!(ids(&answer).contains(&OFFENCE), "{query}: {:?}", ids(&answer));
    }
    // Who writes operators or phrases wants these words and no others.
    assert_eq!(library.search(&of_mode("\"ley olimpia\"", true)).unwrap().total, 0);
    let advised = library.search(&of_mode("revenge porn", true)).unwrap();
    assert!(
        advised.topics[0].rejected && advised.notes[0].contains("advises against"),
        "{:?}",
        advised.notes
    );
}

#[test]
fn model_articles_stand_beside_the_law_in_the_language_of_the_question() {
    let (_folder, library) = library(true);
    let answer = library.search(&ask("sharing intimate images")).unwrap();
    assert!(answer.hits.iter().all(|hit| hit.kind != Kind::ModelLaw));
    assert_eq!(answer.model_articles[0].id, "model-laws/dignity-online#art-1");
    let french = library.search(&ask("la diffusion d'images intimes")).unwrap();
    assert_eq!(french.model_articles[0].id, "model-laws/dignity-online.fr#art-1");
    // By kind or by name they are among the hits, each in one version.
    let by_name = library.search(&ask("Model Law on Dignity Online")).unwrap();
    assert!(
        by_name.hits[0].id.starts_with("model-laws/dignity-online"),
        "{:?}",
        ids(&by_name)
    );
    let request = Request {
        filters: Filters {
            kinds: vec![Kind::ModelLaw],
            ..Filters::default()
        },
        ..ask("images")
    };
    let by_kind = library.search(&request).unwrap();
    let articles = by_kind.hits.iter().filter(|hit| hit.id.ends_with("#art-1")).count();
    assert_eq!(articles, 1, "{:?}", ids(&by_kind));
}
