//! The command line on bad input: each time one clear sentence, an exit code that says whose turn it is, and nothing lost.

use std::fs;
use std::path::Path;

#[cfg(feature = "embed")]
use crate::cli::with_model;
use crate::cli::{bare, collex, fixtures, index, root, run};

#[test]
fn refuses_words_of_no_list_and_proposes_the_nearest() {
    collex(&["search", "x", "--topic", "doxxing"]).fails(2, &["did you mean `doxing`?"]);
    collex(&["search", "x", "--mode", "fuzzy"]).fails(2, &["hybrid, keyword, semantic"]);
    collex(&["search", "x", "--as-of", "2025"]).fails(2, &["write YYYY-MM-DD"]);
    collex(&["search", "x", "--jurisdiction", "X!"]).fails(2, &["is not a jurisdiction code"]);
    collex(&["search", "x", "--jurisdiction", "Arvenya"]).fails(2, &["nearest: XA (Arvenia)", "XB", "XU"]);
    collex(&["search", "x", "--limit", "0"]).fails(2, &["1 to 100 are allowed"]);
    collex(&["search", "x", "--mode", "semantic"]).fails(2, &["search by meaning is not available"]);
    collex(&["serch"]).fails(2, &["search"]);
}

#[test]
fn takes_any_query() {
    collex(&["search", &"word ".repeat(20_000)]).fails(2, &["the query has 100000 characters; at most 2000"]);
    for query in [
        "\u{1b}[2J\u{7}\u{1}",
        "\"never closed (AND",
        "\u{202e}\u{2068}abc",
        "field:",
        "* - + NOT",
        "🙂",
        "نشر صور",
    ] {
        let found = collex(&["search", "--", query]);
        assert!(matches!(found.code, 0 | 1), "{query:?}: {} {}", found.code, found.err);
        assert!(
            !found.out.contains('\u{1b}') && !found.err.contains('\u{1b}'),
            "{query:?}"
        );
    }
}

#[test]
fn names_a_missing_or_empty_corpus() {
    let (folder, index) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let laws = root().join("tests/fixtures/model-laws");
    let asked = |corpus: &Path, laws: &Path, command: &str| {
        let mut program = bare();
        program
            .args(["--model", "off", "--corpus"])
            .arg(corpus)
            .arg("--model-laws")
            .arg(laws);
        run(program.arg("--index").arg(index.path()).arg(command))
    };
    asked(Path::new("no/such"), &laws, "index").fails(2, &["there is no folder no/such"]);
    asked(Path::new("no/such"), &laws, "check").fails(2, &["there is no folder no/such"]);
    asked(folder.path(), folder.path(), "index").fails(2, &["no documents found"]);
    asked(folder.path(), folder.path(), "check").fails(2, &["no documents found"]);
}

#[test]
fn indexes_what_is_whole_and_counts_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = bare();
    program
        .args(["--model", "off", "--corpus"])
        .arg(root().join("tests/fixtures/broken/corpus"));
    program
        .arg("--model-laws")
        .arg(root().join("tests/fixtures/broken/model-laws"))
        .arg("--index")
        .arg(folder.path());
    let built = run(program.args(["index", "--json"]));
    assert_eq!(built.code, 0, "{}", built.err);
    assert!(
        built.json()["problems"].as_u64() > Some(10) && built.err.contains("`collex check` lists them"),
        "{}",
        built.err
    );
}

#[test]
fn builds_a_damaged_index_anew() {
    let folder = tempfile::tempdir().unwrap();
    run(fixtures(folder.path()).arg("index"));
    fs::write(folder.path().join("generations/000001/documents.json"), "{").unwrap();
    let found = run(fixtures(folder.path()).args(["search", "cyberstalking", "--mode", "keyword"]));
    assert_eq!(found.code, 0, "{}", found.err);
    assert!(
        found.err.contains("damaged") && found.err.contains("Building the index"),
        "{}",
        found.err
    );
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let mut child = fixtures(index())
        .args(["search", "--limit", "100"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[cfg(feature = "serve")]
#[test]
fn a_port_in_use_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    collex(&["serve", "--listen", &address]).fails(3, &[&address, "in use"]);
}

#[cfg(feature = "embed")]
#[test]
fn a_truncated_model_is_named_and_search_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model");
    fs::create_dir_all(&model).unwrap();
    fs::write(model.join("model.onnx"), "cut off").unwrap();
    let path = model.to_str().unwrap();
    let with = |arguments: &[&str]| run(with_model(path, index()).args(arguments));
    let found = with(&["search", "cyberstalking"]);
    assert_eq!(found.code, 0, "{}", found.err);
    assert!(
        found.err.contains("WARNING") && found.err.contains("words only"),
        "{}",
        found.err
    );
    let status = with(&["model", "status", "--json"]);
    assert_eq!(
        (status.code, &status.json()["ready"]),
        (1, &serde_json::Value::Bool(false)),
        "{}",
        status.err
    );
    collex(&["model", "status"]).fails(2, &["switched off"]);
}
