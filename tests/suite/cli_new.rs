//! `collex new`: what it writes is refused for its placeholders alone, and once they are filled in, not at all.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::{Ran, bare, root, run};

/// An empty corpus.
struct Corpus(tempfile::TempDir);

impl Corpus {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("corpus")).unwrap();
        fs::create_dir_all(folder.path().join("model-laws")).unwrap();
        Self(folder)
    }

    fn file(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn collex(&self, arguments: &[&str]) -> Ran {
        let mut command: Command = bare();
        command.arg("--corpus").arg(self.file("corpus"));
        command.arg("--model-laws").arg(self.file("model-laws"));
        run(command.args(arguments))
    }

    /// Writes a new note; its path, and what is to be filled in by line.
    fn new_note(&self, arguments: &[&str]) -> (PathBuf, Vec<(u64, String)>) {
        let ran = self.collex(&[&["new", "--json"], arguments].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let told = ran.json();
        let open = told["to_fill_in"].as_array().unwrap().iter();
        let open = open.map(|one| (one["line"].as_u64().unwrap(), one["text"].as_str().unwrap().to_owned()));
        (told["file"].as_str().unwrap().into(), open.collect())
    }

    /// Line and message of every problem of a file.
    fn problems(&self, file: &Path) -> Vec<(u64, String)> {
        let ran = self.collex(&["check", "--json", file.to_str().unwrap()]);
        let found = ran.json();
        let found = found.as_array().unwrap().iter();
        found
            .map(|one| {
                (
                    one["line"].as_u64().unwrap(),
                    one["message"].as_str().unwrap().to_owned(),
                )
            })
            .collect()
    }
}

const KINDS: [&[&str]; 6] = [
    &["note", "--jurisdiction", "XN", "--title", "Northmark"],
    &[
        "law",
        "--jurisdiction",
        "XN",
        "--title",
        "Online Safety Act: Part \"One\"",
    ],
    &[
        "law",
        "--jurisdiction",
        "XN",
        "--title",
        "Dignity Bill",
        "--type",
        "bill",
        "--number",
        "Bill 3",
    ],
    &[
        "instrument",
        "--jurisdiction",
        "XN",
        "--title",
        "Northmark Charter",
        "--url",
        "https://xn.example/charter",
    ],
    &[
        "case",
        "--jurisdiction",
        "XN",
        "--title",
        "R v A & another",
        "--date",
        "2025-02",
        "--folder",
        "xn-court",
    ],
    &["model-law", "--title", "Model Law on Dignity Online"],
];

/// What an author would write in the place of each placeholder.
fn filled(text: &str) -> String {
    let written = BTreeMap::from([
        ("code such as KE, US-CA or COE", "XN"),
        (
            "constitution, code, act, decree, regulation, directive, treaty, bill, policy or strategy",
            "act",
        ),
        (
            "as it is cited, such as No. 5 of 2018, or remove the line",
            "No. 7 of 2021",
        ),
        ("YYYY-MM-DD, YYYY-MM or YYYY, or remove the line", "2021-03"),
        ("bill or draft", "bill"),
        (
            "in force, partly in force, not yet in force, adopted, bill, draft, repealed or struck down",
            "in force",
        ),
        (
            "address of the official text, or remove the line",
            "https://xn.example/act?s=1#top",
        ),
        ("YYYY-MM-DD, the day on which you read it", "2026-11-20"),
        (
            "One or two paragraphs: what the law is, and how it bears on the subject.",
            "It is a law.",
        ),
        ("s 1", "s 1"),
        ("s-1", "s-1"),
        ("heading of the section", "Sharing of images"),
        (
            "one or more topics such as intimate-image-abuse",
            "intimate-image-abuse, doxing",
        ),
        ("primary, reproduced, secondary or recalled", "primary"),
        (
            "what the person does, in a few words, or another element",
            "shares an intimate image",
        ),
        ("address at which you read it", "https://xn.example/read"),
        (
            "official / court / un-or-regional-body / ngo / law-firm / academic / news / encyclopedia / other",
            "official",
        ),
        ("YYYY-MM-DD", "2026-11-20"),
        ("What the section says, in your own words.", "Nobody may share it."),
        ("English name of the court", "High Court of Northmark"),
        ("as it is cited, or remove the line", "[2025] XNHC 1"),
        ("address of the decision, or remove the line", "https://xn.example/1"),
        (
            "identifiers or citations, or remove the line",
            "legislation/xn/online-safety-act-part-one#s-1",
        ),
        (
            "what was ordered, in a few words, or remove the line",
            "appeal dismissed",
        ),
        ("What happened, without the name of any victim.", "An image was shared."),
        ("What the court decided, and on what provision.", "The appeal fails."),
        ("Why it matters for the subject.", "It is the first decision."),
        (
            "Africa, Asia, Europe, Latin America & Caribbean, Middle East & North Africa, Northern America, Oceania or \
             International",
            "Middle East & North Africa",
        ),
        (
            "civil law, common law, mixed, religious, customary or supranational",
            "mixed",
        ),
        ("codes of the official languages such as en or pt-BR", "ar, en"),
        (
            "One or two paragraphs: how the jurisdiction deals with the subject, with identifiers of its provisions.",
            "Sharing is an offence (`legislation/xn/online-safety-act-part-one#s-1`).",
        ),
        ("what is missing, in a few words", "doxing"),
        ("what is disputed, in a few words", "its date"),
        (
            "In whole sentences, or remove this heading and its block.",
            "It is reported in two ways.",
        ),
        (
            "What those notes leave open, each sentence with an identifier, or remove this heading.",
            "Consent is not named (`legislation/xn/online-safety-act-part-one#s-1`).",
        ),
        (
            "What the plans promise, each sentence with an identifier, or remove this heading.",
            "Nothing (`legislation/xn/online-safety-act-part-one#s-1`).",
        ),
        (
            "What this is; that it is a draft, adopted by no body and law of no country; how to read it.",
            "A draft, adopted by no body.",
        ),
        ("title of the part", "General"),
        ("heading of the article", "Sharing of images"),
        (
            "what the article forbids, in a few words, or another element",
            "shares an intimate image",
        ),
        (
            "What must, may or must not be done, in words that can be enacted.",
            "No one may share it.",
        ),
        ("legal system, or remove the variant", "federal states"),
        (
            "In place of paragraph (1): the other wording.",
            "(1) No one may share it in any state.",
        ),
        (
            "Why the article is as it is; each sentence on the law of a country with the identifier of the provision.",
            "It follows Northmark (`legislation/xn/online-safety-act-part-one#s-1`).",
        ),
    ]);
    let mut rest = text;
    let mut done = String::new();
    while let Some((before, after)) = rest.split_once('⟨') {
        let (asked, after) = after.split_once('⟩').unwrap();
        done.push_str(before);
        done.push_str(
            written
                .get(asked)
                .unwrap_or_else(|| panic!("nothing to write for ⟨{asked}⟩")),
        );
        rest = after;
    }
    done + rest
}

#[test]
fn the_check_names_what_is_to_be_filled_in_and_then_nothing() {
    let corpus = Corpus::new();
    let written: Vec<_> = KINDS.iter().map(|kind| corpus.new_note(kind)).collect();
    for (file, open) in &written {
        let mut expected: Vec<_> = open.clone();
        let mut found = corpus.problems(file);
        assert_eq!(found.len(), expected.len(), "{}: {found:?}", file.display());
        expected.sort();
        found.sort();
        for ((line, text), (told_on, message)) in expected.iter().zip(&found) {
            let shown: String = text.chars().take(50).collect();
            assert!(line == told_on && message.contains(&shown), "{text}: {message}");
        }
    }
    for (file, _) in &written {
        let text = fs::read_to_string(file).unwrap();
        fs::write(file, filled(&text)).unwrap();
    }
    let checked = corpus.collex(&["check"]);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    let law = fs::read_to_string(&written[1].0).unwrap();
    assert!(
        written[1]
            .0
            .ends_with("corpus/legislation/xn/online-safety-act-part-one.md")
    );
    assert!(
        law.contains("title: \"Online Safety Act: Part \\\"One\\\"\"\n"),
        "{law}"
    );
    assert!(written[4].0.ends_with("corpus/jurisprudence/xn-court/r-v-a-another.md"));
}

#[test]
fn what_may_be_left_out_may_be_left_out() {
    let corpus = Corpus::new();
    for kind in KINDS {
        let (file, _) = corpus.new_note(kind);
        let text = fs::read_to_string(&file).unwrap();
        let kept: Vec<&str> = text
            .lines()
            .filter(|line| !line.contains("or remove the line"))
            .collect();
        fs::write(&file, filled(&(kept.join("\n") + "\n"))).unwrap();
    }
    let checked = corpus.collex(&["check"]);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
}

#[test]
fn a_model_law_has_the_labels_of_its_language() {
    let printed = Corpus::new().collex(&["new", "model-law", "--language", "fr", "--print"]);
    assert!(
        printed.out.contains("**Texte**") && printed.out.contains("**Commentaire**"),
        "{}",
        printed.out
    );
}

#[test]
fn refuses_what_cannot_be_written() {
    let corpus = Corpus::new();
    let law = ["new", "law", "--jurisdiction", "KE", "--title", "Penal Code"];
    let first = corpus.collex(&law);
    assert_eq!(first.code, 0);
    assert!(
        first.out.trim_end().ends_with("legislation/ke/penal-code.md"),
        "{}",
        first.out
    );
    assert!(
        first.err.contains("no note on KE yet") && first.err.contains("collex new note"),
        "{}",
        first.err
    );
    let before = fs::read_to_string(corpus.file("corpus/legislation/ke/penal-code.md")).unwrap();
    corpus.collex(&law).fails(2, &["is there already", "--id"]);
    assert_eq!(
        before,
        fs::read_to_string(corpus.file("corpus/legislation/ke/penal-code.md")).unwrap()
    );

    corpus.new_note(&["note", "--jurisdiction", "COE", "--title", "Council of Europe"]);
    let refused = |more: &[&str], words: &[&str]| {
        corpus
            .collex(&[&["new", "law", "--title", "A"], more].concat())
            .fails(2, words);
    };
    refused(&["--jurisdiction", "QQ"], &["`QQ`", "ISO 3166", "KE or US-CA, COE"]);
    refused(&["--jurisdiction", "COEE"], &["did you mean `COE`?"]);
    refused(&["--jurisdiction", "K/E"], &["`K/E` is not a jurisdiction code"]);
    refused(
        &["--jurisdiction", "KE", "--type", "acts"],
        &["did you mean `act`?", "constitution, code, act"],
    );
    refused(&["--jurisdiction", "KE", "--language", "English"], &["BCP 47"]);
    refused(&["--jurisdiction", "KE", "--url", "example.org"], &["https://"]);
    refused(&["--jurisdiction", "KE", "--id", "A b"], &["cannot be an identifier"]);
    refused(&["--jurisdiction", "KE", "--id", "../x"], &["is a path"]);
    refused(&[], &["--jurisdiction", "--print"]);
    corpus
        .collex(&["new", "law", "--jurisdiction", "KE"])
        .fails(2, &["--title"]);
    corpus
        .collex(&["new", "model-law", "--title", "قانون"])
        .fails(2, &["--id"]);
    corpus
        .collex(&["new", "note", "--jurisdiction", "QQ"])
        .fails(2, &["ISO 3166"]);
    corpus
        .collex(&[
            "new",
            "case",
            "--jurisdiction",
            "KE",
            "--title",
            "A",
            "--folder",
            "../..",
        ])
        .fails(2, &["is a path"]);
    let left = walk(&corpus.file("corpus")) + walk(&corpus.file("model-laws"));
    assert_eq!(left, 2, "nothing else was written");
    fs::remove_dir_all(corpus.file("model-laws")).unwrap();
    corpus
        .collex(&["new", "model-law", "--title", "A"])
        .fails(2, &["there is no folder"]);
}

/// Number of files below a folder.
fn walk(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { walk(&path) } else { 1 }).sum()
}

#[test]
fn the_skeletons_to_copy_are_those_that_it_prints() {
    let corpus = Corpus::new();
    let page = fs::read_to_string(root().join("corpus/README.md")).unwrap();
    for kind in ["law", "instrument", "case", "note", "model-law"] {
        let printed = corpus.collex(&["new", kind, "--print"]);
        assert_eq!(printed.code, 0, "{}", printed.err);
        let block = format!("````markdown\n{}````\n", printed.out);
        assert!(
            page.contains(&block),
            "corpus/README.md does not hold what `collex new {kind} --print` prints:\n{block}"
        );
    }
    assert_eq!(walk(&corpus.file("corpus")), 0, "printing writes nothing");
}

#[test]
fn the_concept_to_copy_becomes_one() {
    let corpus = Corpus::new();
    let page = fs::read_to_string(root().join("corpus/README.md")).unwrap();
    let (_, after) = page.split_once("corpus/topics/<name>.md").unwrap();
    let (_, block) = after.split_once("````markdown\n").unwrap();
    let block = block.split_once("````").unwrap().0;
    // Words of its own for each language; the concept above, the provision and the relation as they are asked for.
    let concept = |name: &str, above: &str| {
        let lines = block
            .lines()
            .filter(|line| !above.is_empty() || !line.starts_with("broader"));
        let text = lines.collect::<Vec<_>>().join("\n") + "\n";
        let text = text
            .replace("⟨name of the concept above it⟩", above)
            .replace("[⟨names of concepts beside it⟩]", "[]")
            .replace(
                "⟨identifier of a provision or instrument⟩",
                "legislation/xn/online-safety-act-part-one#s-1",
            )
            .replace("⟨exact / close / broad / narrow / related⟩", "close");
        text.replace('⟨', &format!("{name} ")).replace('⟩', "")
    };
    for (file, _) in [KINDS[0], KINDS[1]].map(|kind| corpus.new_note(kind)) {
        let text = filled(&fs::read_to_string(&file).unwrap());
        fs::write(&file, text).unwrap();
    }
    fs::create_dir_all(corpus.file("corpus/topics")).unwrap();
    let child = corpus.file("corpus/topics/doxing.md");
    fs::write(corpus.file("corpus/topics/abuse.md"), concept("abuse", "")).unwrap();
    fs::write(&child, block).unwrap();
    let left = block.matches('⟨').count();
    let found = corpus.problems(&child);
    let unfilled = found
        .iter()
        .filter(|(_, message)| message.contains("still to be filled in"))
        .count();
    assert_eq!(unfilled, left, "{found:?}");
    fs::write(&child, concept("doxing", "abuse")).unwrap();
    let checked = corpus.collex(&["check"]);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
}

#[test]
fn the_page_for_lawyers_names_the_labels_of_every_language() {
    let page = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    for language in ["en", "fr", "es", "pt", "ar", "sw"] {
        let printed = Corpus::new().collex(&["new", "model-law", "--language", language, "--print"]);
        let labels = printed.out.lines().filter_map(|line| line.strip_prefix("**"));
        let labels: Vec<&str> = labels
            .filter_map(|line| line.split(['*', '—']).next())
            .map(str::trim)
            .collect();
        let row = format!("| {language} | {} |", labels.join(" | "));
        assert_eq!(labels.len(), 3, "{}", printed.out);
        assert!(page.contains(&row), "CONTRIBUTING.md has no row `{row}`");
    }
}
