//! The command line, driven as a user would: the compiled program on the miniature corpus, without a model.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

const LAW: &str = "legislation/xa/online-safety-act-2021";

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program with no settings but those of the test.
pub(crate) fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_collex"));
    for (key, _) in std::env::vars_os().filter(|(key, _)| key.to_string_lossy().starts_with("COLLEX_")) {
        command.env_remove(key);
    }
    // A folder without a settings file; paths below are absolute.
    command
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .env_remove("NO_COLOR")
        .env_remove("COLUMNS");
    command
}

pub(crate) fn fixtures(index: &Path) -> Command {
    with_model("off", index)
}

pub(crate) fn with_model(model: &str, index: &Path) -> Command {
    let mut command = bare();
    command
        .args(["--model", model, "--corpus"])
        .arg(root().join("tests/fixtures/corpus"));
    command
        .arg("--model-laws")
        .arg(root().join("tests/fixtures/model-laws"))
        .arg("--index")
        .arg(index);
    command
}

/// One index for all tests that only read it.
pub(crate) fn index() -> &'static Path {
    static INDEX: OnceLock<PathBuf> = OnceLock::new();
    INDEX.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli-index");
        let _ = fs::remove_dir_all(&folder);
        let built = run(fixtures(&folder).arg("index"));
        assert_eq!(built.code, 0, "{}", built.err);
        folder
    })
}

pub(crate) struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.out, self.err))
    }

    /// One sentence on standard error, and this exit code.
    pub fn fails(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "`{word}` is missing in: {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}

pub(crate) fn run(command: &mut Command) -> Ran {
    let Output { status, stdout, stderr } = command.output().unwrap();
    Ran {
        code: status.code().unwrap_or(-1),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

pub(crate) fn collex(arguments: &[&str]) -> Ran {
    run(fixtures(index()).args(arguments))
}

#[test]
fn searches_and_says_where_why_and_how_far_to_trust() {
    let found = collex(&[
        "search",
        "sharing intimate image",
        "--jurisdiction",
        "XA,XC",
        "--explain",
    ]);
    assert_eq!(found.code, 0, "{}", found.err);
    assert!(
        found
            .out
            .starts_with("  1. Arvenia · Online Safety Act 2021 · s 66B — Sharing of intimate images"),
        "{}",
        found.out
    );
    assert!(
        found.out.contains("in force today: yes") && found.out.contains("why: by words 1"),
        "{}",
        found.out
    );
    assert!(!found.out.contains('\u{1b}'), "no colours in a pipe");
    assert!(found.err.contains("by words only"), "{}", found.err);
}

#[test]
fn prints_the_same_answer_as_json() {
    let found = collex(&[
        "search",
        "\"intimate photograph\"",
        "--mode",
        "keyword",
        "--topic",
        "threats-to-share",
        "--json",
    ]);
    assert_eq!(found.code, 0, "{}", found.err);
    let answer = found.json();
    assert_eq!(answer["hits"][0]["id"], format!("{LAW}#s-66b"));
    assert_eq!(answer["mode"], "keyword");
    assert!(answer["facets"]["jurisdiction"]["XA"].as_u64() >= Some(1));
}

#[test]
fn groups_by_jurisdiction() {
    let found = collex(&[
        "search",
        "image",
        "--group",
        "jurisdiction",
        "--per-group",
        "1",
        "--json",
    ]);
    let answer = found.json();
    let groups = answer["groups"].as_array().unwrap();
    assert!(
        !groups.is_empty() && groups.iter().all(|group| group["hits"].as_array().unwrap().len() == 1),
        "{}",
        found.out
    );
    assert!(
        collex(&["search", "image", "--group", "jurisdiction"])
            .out
            .contains("Arvenia XA")
    );
}

#[test]
fn finding_nothing_is_told_by_the_exit_code() {
    let found = collex(&["search", "qwertzuiop", "--mode", "keyword"]);
    assert_eq!(found.code, 1);
    assert!(found.out.contains("Nothing found."), "{}", found.out);
}

#[test]
fn shows_a_provision_with_its_facts_and_sources() {
    let shown = collex(&["show", &format!("{LAW}#s-66b")]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    for words in [
        "s 66B — Sharing of intimate images",
        "Our summary, not the words of the law:",
        "threat covered           yes",
        "primary: read in the official text",
        "https://laws.example/xa/osa#66b (official, checked 2026-11-20)",
    ] {
        assert!(shown.out.contains(words), "`{words}` is missing in {}", shown.out);
    }
    let json = collex(&["show", &format!("corpus/{LAW}.md#s-66b"), "--json"]).json();
    assert_eq!(json["provision"]["elements"]["max_imprisonment_months"], 36);
}

#[test]
fn shows_a_document() {
    let shown = collex(&["show", LAW]);
    assert!(
        shown.out.contains("No. 7 of 2021") && shown.out.contains("Contents"),
        "{}",
        shown.out
    );
    let decision = collex(&["show", "jurisprudence/xa/r-v-marrow-2024"]);
    assert!(
        decision.out.contains("Constitutional Court of Arvenia") && decision.out.contains("too broad"),
        "{}",
        decision.out
    );
    assert_eq!(collex(&["show", LAW, "--json"]).json()["document"]["id"], LAW);
    collex(&["show", "legislation/xa/online-safety-act-2022"]).fails(1, &["There is nothing under", LAW]);
}

#[test]
fn checks_the_corpus() {
    let checked = collex(&["check", "--as-of", "2026-11-25"]);
    assert_eq!(checked.code, 0, "{}", checked.err);
    assert!(
        checked.out.contains("Advice: Topics without a provision") && checked.out.contains("more; `--all` prints them"),
        "{}",
        checked.out
    );
    assert!(
        checked.err.contains("no errors, ") && checked.err.contains(" pieces of advice"),
        "{}",
        checked.err
    );
    assert_eq!(collex(&["check", "--strict"]).code, 1);
    let json = collex(&["check", "--json", "--as-of", "2026-11-25"]).json();
    let advice = json.as_array().unwrap();
    assert!(advice.iter().all(|one| one["severity"] == "advice"), "{json}");
    let all = collex(&["check", "--all", "--as-of", "2026-11-25"]);
    let lines = all.out.lines().filter(|line| line.contains(" — ")).count();
    assert_eq!(lines, advice.len());
    let part = root().join("tests/fixtures/corpus/legislation/xa");
    let part = collex(&["check", part.to_str().unwrap(), "--as-of", "2026-11-25"]);
    assert_eq!((part.code, part.out.as_str()), (0, ""));
    assert!(part.err.contains("no problems"), "{}", part.err);
    collex(&["check", "no/such/folder"]).fails(2, &["there is no file or folder"]);
}

#[test]
fn checks_a_broken_corpus_and_a_file_of_it() {
    let broken = root().join("tests/fixtures/broken/corpus");
    let broken = broken.to_str().unwrap();
    let checked = collex(&["check", broken]);
    assert_eq!(checked.code, 1);
    let errors = checked.out.split("\nAdvice").next().unwrap();
    assert!(
        errors.contains("unknown-topic.md:") && errors.contains(" — "),
        "{}",
        checked.out
    );
    let json = collex(&["check", broken, "--json"]).json();
    let wrong = json.as_array().unwrap().iter().filter(|one| one["severity"] == "error");
    assert_eq!(wrong.count(), errors.lines().count());
    let part = run(bare()
        .args(["check", "--corpus", broken, "--model-laws"])
        .arg(root().join("tests/fixtures/model-laws"))
        .arg(format!("{broken}/legislation/xa/unknown-topic.md")));
    assert_eq!(part.code, 1);
    assert!(
        part.out
            .lines()
            .filter(|line| line.contains(" — "))
            .all(|line| line.contains("unknown-topic.md:")),
        "{}",
        part.out
    );
}

#[test]
fn builds_an_index_for_the_first_search_and_leaves_an_unchanged_one() {
    let folder = tempfile::tempdir().unwrap();
    let found = run(fixtures(folder.path()).args(["search", "cyberstalking"]));
    assert_eq!(found.code, 0, "{}", found.err);
    assert!(found.err.contains("Building the index"), "{}", found.err);
    let again = run(fixtures(folder.path()).args(["index", "--json"])).json();
    assert_eq!((&again["built"], &again["generation"]), (&false.into(), &1.into()));
    assert!(
        run(fixtures(folder.path()).args(["index", "--no-model"]))
            .out
            .contains("up to date")
    );
}

#[test]
fn tells_settings_and_where_they_came_from() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    fs::write(&file, "model = \"off\"\nthreads = 3\n[search]\nrrf_constant = 7\n").unwrap();
    let mut program = bare();
    program
        .arg("--config")
        .arg(&file)
        .args(["--threads", "2", "config", "--json"])
        .env("COLLEX_MAX_PAGE", "50");
    let settings = run(&mut program).json();
    assert_eq!(
        settings["threads"],
        serde_json::json!({"value": 2, "origin": "flag --threads"})
    );
    assert_eq!(settings["max_page"]["origin"], "environment COLLEX_MAX_PAGE");
    assert!(settings["model"]["origin"].as_str().unwrap().ends_with("mine.toml"));
    assert_eq!(settings["search.rrf_constant"]["value"], 7.0);
    assert_eq!(settings["listen"]["origin"], "default");
    assert!(run(bare().arg("config")).out.starts_with("setting\tvalue\tfrom\n"));
    run(bare().arg("config").env("COLLEX_LISTEN", "here")).fails(2, &["listen"]);
    run(bare().arg("config").env("COLLEX_LISTN", "x")).fails(2, &["did you mean `listen`?"]);
    run(bare().args(["config", "--config", "no/such.toml"])).fails(2, &["does not exist"]);
    fs::write(&file, "[search]\nrrf = 7\n").unwrap();
    run(bare().arg("--config").arg(&file).arg("config")).fails(2, &["rrf", "rrf_constant"]);
}

#[test]
fn prints_completions_a_manual_and_help() {
    assert!(collex(&["completions", "bash"]).out.contains("complete"));
    assert!(collex(&["man"]).out.contains(".TH collex"));
    insta::assert_snapshot!("cli_help", collex(&["--help"]).out);
    insta::assert_snapshot!("cli_help_search", collex(&["search", "--help"]).out);
}

#[test]
fn measures_a_set() {
    let folder = tempfile::tempdir().unwrap();
    let set = folder.path().join("tiny");
    fs::create_dir_all(set.join("qrels")).unwrap();
    let passage = |id: &str, text: &str| format!("{{\"_id\":\"{id}\",\"title\":\"\",\"text\":\"{text}\"}}\n");
    let corpus =
        passage("a", "Stalking with a tracking device is an offence.") + &passage("b", "Taxes are due in May.");
    fs::write(set.join("corpus.jsonl"), corpus).unwrap();
    fs::write(
        set.join("queries.jsonl"),
        "{\"_id\":\"q\",\"text\":\"tracking device\"}\n",
    )
    .unwrap();
    fs::write(set.join("qrels/test.tsv"), "query-id\tcorpus-id\tscore\nq\ta\t1\n").unwrap();
    let measured = run(fixtures(folder.path()).args(["eval", "--json"]).arg(&set));
    assert_eq!(measured.code, 0, "{}", measured.err);
    let report = measured.json();
    assert_eq!(
        (&report[0]["legs"][0]["mode"], &report[0]["legs"][0]["ndcg_at_10"]),
        (&"keyword".into(), &1.0.into())
    );
    assert!(
        run(fixtures(folder.path()).arg("eval").arg(&set))
            .out
            .contains("tiny\tkeyword\t1.000")
    );
    collex(&["eval", "no/such"]).fails(2, &["cannot be read"]);
}

#[cfg(feature = "serve")]
#[test]
fn serves_and_says_where() {
    use std::io::{BufRead, BufReader};
    let mut program = fixtures(index());
    program
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stdout(std::process::Stdio::piped());
    let mut child = program.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line
        .split_whitespace()
        .find(|word| word.starts_with("http://"))
        .map(str::to_owned);
    let answer = address.map(|address| {
        ureq::get(format!("{address}/v1/stats"))
            .call()
            .map(|answer| answer.status())
    });
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(
        line.starts_with("Collex serves http://127.0.0.1:") && line.contains("by words only"),
        "{line}"
    );
    assert_eq!(answer.unwrap().unwrap(), 200);
}

#[test]
fn compares_countries_on_a_terminal_and_as_json() {
    let few = collex(&[
        "compare",
        "--topic",
        "intimate-image-abuse",
        "--jurisdiction",
        "XA,XC",
        "--element",
        "max_imprisonment_months,threat_covered",
    ]);
    assert_eq!(few.code, 0, "{}", few.err);
    assert!(
        few.out
            .contains("● provided   ◐ partly   ○ none found   · not collected"),
        "{}",
        few.out
    );
    assert!(
        few.out
            .contains("maximum imprisonment (months)\t● 36 months (s 66B)\t● 24 months (art 226-2-1)"),
        "{}",
        few.out
    );
    assert!(
        few.out.contains("threat covered\t● yes (s 66B)\t· not collected"),
        "{}",
        few.out
    );
    let many = collex(&[
        "compare",
        "--topic",
        "intimate-image-abuse",
        "--element",
        "max_imprisonment_months",
        "--explain",
    ]);
    assert!(
        many.out
            .contains("XD Dahabia\t◐ partly: 36 months (art 44) — only adopted"),
        "{}",
        many.out
    );
    assert!(
        many.out.contains("months 12 (XB) to 36 (XA), median 24"),
        "{}",
        many.out
    );
    assert!(
        many.out
            .contains("rests on legislation/xa/online-safety-act-2021#s-66b (primary)"),
        "{}",
        many.out
    );
    let article = collex(&[
        "compare",
        "--model-law",
        "dignity-online",
        "--article",
        "1",
        "--jurisdiction",
        "XA,XB",
    ]);
    assert!(
        article
            .out
            .contains("● provided, 100 % of what is collected\t· not collected"),
        "{}",
        article.out
    );
    let json = collex(&["compare", "--like", &format!("{LAW}#s-66b"), "--json"]).json();
    assert_eq!(json["columns"].as_array().unwrap().len(), 5);
    let timeline = collex(&["compare", "--topic", "intimate-image-abuse", "--timeline"]);
    assert!(
        timeline
            .out
            .contains("not before 2021-07-01  Arvenia — on the topic: s 66B"),
        "{}",
        timeline.out
    );
}

#[test]
fn refuses_comparisons_with_the_nearest_that_there_is() {
    collex(&["compare"]).fails(2, &["nothing to compare was named"]);
    collex(&["compare", "--topic", "doxin"]).fails(2, &["doxing"]);
    collex(&["compare", "--topic", "doxing", "--element", "max_fin"]).fails(2, &["max_fine"]);
    collex(&["compare", "--topic", "doxing", "--jurisdiction", "Arvenia"]).fails(2, &["XA (Arvenia)"]);
    collex(&["compare", "--topic", "doxing", "words"]).fails(2, &["more than one thing"]);
    collex(&["compare", "--model-law", "dignity-online", "--article", "7"]).fails(2, &["art-7", "#art-1"]);
    collex(&["compare", "--topic", "doxing", "--weight", "max_fine"]).fails(2, &["element:number"]);
    collex(&["compare", "--topic", "civil-remedies"]).fails(1, &[]);
}
