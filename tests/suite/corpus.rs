//! The corpus as a whole: the miniature one is free of problems, the broken one has one of each.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use collex::corpus::{Corpus, CorpusError, Details, Roots, Severity, fingerprint, load, review};
use collex::law::{Confidence, Element, Kind, Pinpoint, Status, Topic, references, today};

fn roots(below: &str) -> Roots {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(below);
    Roots {
        corpus: root.join("corpus"),
        model_laws: root.join("model-laws"),
    }
}

fn problems(corpus: &Corpus) -> String {
    corpus.problems.iter().fold(String::new(), |mut list, problem| {
        let _ = writeln!(list, "{problem}");
        list
    })
}

#[test]
fn the_miniature_corpus_is_free_of_problems() {
    let corpus = load(&roots("tests/fixtures")).unwrap();
    assert_eq!(problems(&corpus), "");
    let mut contents = String::new();
    for document in &corpus.documents {
        let _ = writeln!(
            contents,
            "{} [{} {}] {}",
            document.id, document.kind, document.language, document.title
        );
        document.contents.iter().for_each(|entry| {
            let _ = writeln!(contents, "    {} | {}", entry.id, entry.label);
        });
    }
    insta::assert_snapshot!("contents", contents);
}

#[test]
fn a_provision_is_read_whole() {
    let corpus = load(&roots("tests/fixtures")).unwrap();
    let provision = |id: &str| corpus.provisions.iter().find(|provision| provision.id == id).unwrap();
    insta::assert_json_snapshot!("provision", provision("legislation/xa/online-safety-act-2021#s-66b"));
    insta::assert_json_snapshot!("decision", provision("jurisprudence/xa/r-v-marrow-2024"));
    let struck = provision("legislation/xa/online-safety-act-2021#ss-22-23")
        .validity
        .unwrap();
    assert_eq!(
        (struck.status, struck.until.unwrap().to_string()),
        (Status::StruckDown, "2024-05-10".to_owned())
    );
    assert_eq!(
        provision("legislation/xa/online-safety-act-2021#s-40").confidence,
        Some(Confidence::Recalled)
    );
    let article = provision("instruments/xu/protocol-on-violence-online#art-4");
    assert_eq!(article.path, ["Chapter II"]);
    assert!(article.text.contains("Reservations\n\nNo reservation"));
    assert!(!provision("legislation/xa/online-safety-act-2021#offences-and-orders").citable);
}

#[test]
fn each_broken_file_is_told_with_its_cure() {
    let corpus = load(&roots("tests/fixtures/broken")).unwrap();
    insta::assert_snapshot!("problems", problems(&corpus));
}

#[test]
fn what_editors_and_disks_do_to_files_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let roots = Roots {
        corpus: folder.path().join("corpus"),
        model_laws: folder.path().join("model-laws"),
    };
    let xa = roots.corpus.join("legislation/xa");
    fs::create_dir_all(&xa).unwrap();
    fs::create_dir_all(roots.corpus.join("jurisdictions")).unwrap();
    fs::create_dir_all(&roots.model_laws).unwrap();
    let mini = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/corpus");
    fs::copy(
        mini.join("jurisdictions/xa.md"),
        roots.corpus.join("jurisdictions/xa.md"),
    )
    .unwrap();
    let act = fs::read_to_string(mini.join("legislation/xa/online-safety-act-2021.md")).unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(xa.join(name), bytes).unwrap();
    put("bom.md", format!("\u{feff}{act}").as_bytes());
    put("crlf.md", act.replace('\n', "\r\n").as_bytes());
    put(
        "tab.md",
        act.replacen("Whoever shares", "\tWhoever shares", 1).as_bytes(),
    );
    put("control.md", act.replacen("Whoever", "Who\u{7}ever", 1).as_bytes());
    put(
        "latin-1.md",
        &act.replacen("Whoever", "Caf\u{e9}", 1)
            .chars()
            .map(|c| c as u8)
            .collect::<Vec<_>>(),
    );
    put("empty.md", b"");
    put("huge.md", act.repeat(3000).as_bytes());
    put(".hidden.md", b"not read");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&xa, xa.join("loop")).unwrap();
        std::os::unix::fs::symlink(
            mini.join("legislation/xa/online-safety-act-2021.md"),
            xa.join("link.md"),
        )
        .unwrap();
    }
    let corpus = load(&roots).unwrap();
    insta::assert_snapshot!("bytes", problems(&corpus));
    let mended: Vec<&str> = corpus.documents.iter().map(|document| document.id.as_str()).collect();
    assert!(
        ["bom", "crlf", "tab", "control"]
            .iter()
            .all(|name| mended.contains(&format!("legislation/xa/{name}").as_str()))
    );
}

#[test]
fn a_missing_folder_is_an_error() {
    let missing = Roots {
        corpus: PathBuf::from("no/such/folder"),
        ..roots("tests/fixtures")
    };
    assert!(matches!(load(&missing), Err(CorpusError::Missing { .. })));
    assert!(fingerprint(&missing).is_err());
}

#[test]
fn a_fingerprint_changes_with_its_file() {
    let mini = roots("tests/fixtures");
    assert_eq!(fingerprint(&mini).unwrap(), load(&mini).unwrap().files);
}

#[test]
fn the_real_corpus_is_free_of_problems() {
    let corpus = load(&roots("")).unwrap();
    assert_eq!(problems(&corpus), "");
    let mut found = review(&corpus, today());
    found.retain(|problem| problem.severity == Severity::Error);
    assert_eq!(found, []);
    for provision in corpus.provisions.iter().filter(|provision| provision.citable) {
        let written = provision.pinpoint.as_deref().unwrap();
        assert_eq!(written.parse::<Pinpoint>().unwrap().to_string(), written);
    }
    let decided = corpus
        .documents
        .iter()
        .filter(|document| document.kind == Kind::Judgment);
    let dated =
        |details: &Details| matches!(details, Details::Judgment(judgment) if judgment.date.earliest().year() > 1900);
    assert!(decided.clone().count() > 0 && decided.clone().all(|document| dated(&document.details)));
}

#[test]
fn spellings_of_the_query_meet_those_of_the_index() {
    let corpus = load(&roots("tests/fixtures")).unwrap();
    let tokens = |text: &str| {
        references(text)
            .into_iter()
            .flat_map(|found| found.tokens)
            .collect::<Vec<_>>()
    };
    for (query, id) in [
        (
            "what does section 66B say",
            "legislation/xa/online-safety-act-2021#s-66b",
        ),
        ("artículo 199 octies", "legislation/xb/codigo-penal#art-199-octies"),
        ("المادة ٤٥", "legislation/xd/cybercrime-law-2022#art-45"),
        ("Art. 226-2-1", "legislation/xc/code-penal#art-226-2-1"),
        ("section 23", "legislation/xa/online-safety-act-2021#ss-22-23"),
    ] {
        let asked = tokens(query);
        let found = corpus.provisions.iter().find(|provision| provision.id == id).unwrap();
        let indexed = tokens(found.pinpoint.as_deref().unwrap());
        assert!(
            asked.iter().any(|token| indexed.contains(token)),
            "{query}: {asked:?} and {indexed:?}"
        );
    }
}

/// Anchors and numbers of variants of a document's articles, in its order.
fn structure(corpus: &Corpus, document: &str) -> Vec<(String, usize, usize)> {
    let of_it = corpus.provisions.iter().filter(|one| one.document == document);
    of_it
        .filter_map(|one| {
            let article = one.article.as_ref()?;
            let (_, anchor) = one.id.split_once('#')?;
            Some((
                anchor.to_owned(),
                article.variants.len(),
                one.text.split("\n\n").count(),
            ))
        })
        .collect()
}

#[test]
fn the_model_laws_cover_every_topic_and_keep_step_in_every_language() {
    let corpus = load(&roots("")).unwrap();
    let articles: Vec<_> = corpus.provisions.iter().filter(|one| one.article.is_some()).collect();
    for topic in Topic::ALL {
        assert!(
            articles.iter().any(|one| one.topics.contains(topic)),
            "no article on {topic}"
        );
        assert!(
            corpus.taxonomy.concept(topic.as_str()).is_some(),
            "no concept for {topic}"
        );
    }
    let used = |element: &Element| articles.iter().any(|one| one.elements.contains_key(element));
    for element in Element::ALL {
        assert!(used(element), "no article states {element}");
    }
    let original = structure(&corpus, "model-laws/tfgbv-model-law");
    assert_eq!(original.len(), 46);
    for language in ["fr", "es", "pt", "ar"] {
        let version = format!("model-laws/tfgbv-model-law.{language}");
        assert_eq!(structure(&corpus, &version), original, "{language}");
        let article = |id: &str| corpus.provisions.iter().find(|one| one.id == id).unwrap();
        let (theirs, ours) = (
            article(&format!("{version}#art-6")),
            article("model-laws/tfgbv-model-law#art-6"),
        );
        assert_eq!(theirs.elements, ours.elements);
    }
}
