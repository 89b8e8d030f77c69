//! The corpus as a whole: each question of the review finds what breaks its rule, and nothing in what keeps it.

use std::fs;
use std::path::{Path, PathBuf};

use collex::corpus::{Problem, Question, Roots, Severity, load, review};
use jiff::civil::Date;

const ACT: &str = "corpus/legislation/xa/online-safety-act-2021.md";
const MODEL: &str = "model-laws/dignity-online.md";
const FRENCH: &str = "model-laws/dignity-online.fr.md";

/// Copies a folder with all below it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What the review says of the miniature corpus after changes, by question.
fn found(change: impl FnOnce(&dyn Fn(&str) -> String, &dyn Fn(&str, String)), question: Question) -> Vec<Problem> {
    found_on(Date::constant(2026, 11, 25), change, question)
}

fn found_on(
    today: Date,
    change: impl FnOnce(&dyn Fn(&str) -> String, &dyn Fn(&str, String)),
    question: Question,
) -> Vec<Problem> {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for part in ["corpus", "model-laws"] {
        copy(&fixtures.join(part), &folder.path().join(part));
    }
    let at = |name: &str| -> PathBuf { folder.path().join(name) };
    change(&|name| fs::read_to_string(at(name)).unwrap(), &|name, text| {
        fs::create_dir_all(at(name).parent().unwrap()).unwrap();
        fs::write(at(name), text).unwrap();
    });
    let roots = Roots {
        corpus: at("corpus"),
        model_laws: at("model-laws"),
    };
    let corpus = load(&roots).unwrap();
    assert_eq!(corpus.problems, [], "the change breaks another rule");
    let mut problems = review(&corpus, today);
    problems.retain(|problem| problem.question == question);
    problems
}

/// What the review says after `from` became `to` in one file.
fn after(name: &str, from: &str, to: &str, question: Question) -> Vec<Problem> {
    let change = |read: &dyn Fn(&str) -> String, write: &dyn Fn(&str, String)| {
        let text = read(name);
        assert!(text.contains(from), "`{from}` does not stand in {name}");
        write(name, text.replace(from, to));
    };
    found(change, question)
}

/// One problem, at this file, with these words.
#[track_caller]
fn one(problems: &[Problem], path: &str, words: &str) {
    let [problem] = problems else {
        panic!("not one problem: {problems:#?}")
    };
    assert!(problem.path == path && problem.message.contains(words), "{problem:#?}");
}

fn untouched(question: Question) -> Vec<Problem> {
    found(|_, _| {}, question)
}

#[test]
fn the_miniature_corpus_has_nothing_that_must_be_mended() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let roots = Roots {
        corpus: folder.join("corpus"),
        model_laws: folder.join("model-laws"),
    };
    let problems = review(&load(&roots).unwrap(), Date::constant(2026, 11, 25));
    let only = [Question::UnusedElement, Question::EmptyTopic];
    assert!(problems.iter().all(|problem| problem.severity == Severity::Advice));
    assert!(
        problems.iter().all(|problem| only.contains(&problem.question)),
        "{problems:#?}"
    );
}

#[test]
fn a_commentary_points_somewhere() {
    let text = "It follows `instruments/xu/protocol-on-violence-online#art-4`. Arvenia has a like offence\n\
                (`legislation/xa/online-safety-act-2021#s-66b`).";
    let told = after(MODEL, text, "It follows good sense.", Question::Commentary);
    one(&told, MODEL, "the commentary of `art 1` points nowhere");
}

#[test]
fn a_sentence_on_a_jurisdiction_carries_an_identifier() {
    let told = after(
        MODEL,
        "Arvenia has a like offence",
        "So does Arvenia, as in art. 5 of its Act. Arvenian courts agree",
        Question::UnsupportedSentence,
    );
    one(&told, MODEL, "speaks of Arvenia");
    assert!(
        told[0].message.contains("“So does Arvenia, as in art. 5 of its Act.”"),
        "{told:?}"
    );
}

#[test]
fn elements_and_topics_are_used() {
    let names = |problems: &[Problem], word: &str| problems.iter().any(|problem| problem.message.contains(word));
    let before = untouched(Question::UnusedElement);
    assert!(names(&before, "`conduct`") && !names(&before, "`synthetic_covered`"));
    let told = after(MODEL, "  synthetic_covered: yes\n", "", Question::UnusedElement);
    assert!(names(&told, "`synthetic_covered`") && told.len() == before.len() + 1);

    assert!(!names(&untouched(Question::EmptyTopic), "`doxing`"));
    let bill = "corpus/legislation/xa/digital-dignity-bill-2026.md";
    let told = after(
        bill,
        "topics: [doxing]",
        "topics: [civil-remedies]",
        Question::EmptyTopic,
    );
    assert!(names(&told, "`doxing`") && !names(&told, "`civil-remedies`"));
    assert_eq!(told[0].path, "legislation/");
}

#[test]
fn what_was_read_long_ago_is_named_once_a_document() {
    assert_eq!(untouched(Question::OldDate), []);
    let day = |day| found_on(day, |_, _| {}, Question::OldDate);
    assert_eq!(day(Date::constant(2027, 11, 20)), []);
    let told = day(Date::constant(2027, 11, 21));
    one(
        &told,
        "legislation/xa/online-safety-act-2021.md",
        "2 dates of checking are older than a year",
    );
}

/// A new law of Arvenia with these lines in its front matter.
fn new_law(lines: &str) -> String {
    format!(
        "---\ntitle: New Act 2025\nkind: legislation\njurisdiction: XA\ntype: act\nlanguage: en\n{lines}---\n\nIt is new.\n"
    )
}

#[test]
fn a_repealed_law_is_not_in_force() {
    let with = |lines: &'static str| {
        found(
            move |_, write| write("corpus/legislation/xa/new-act-2025.md", new_law(lines)),
            Question::Repeal,
        )
    };
    let whole = with("status: in force\nrepeals: [legislation/xa/online-safety-act-2021]\n");
    one(
        &whole,
        "legislation/xa/online-safety-act-2021.md",
        "the law is `in force`, but `legislation/xa/new-act-2025`",
    );
    let part = with("status: in force\nrepeals: [\"legislation/xa/online-safety-act-2021#s-66b\"]\n");
    one(
        &part,
        "legislation/xa/online-safety-act-2021.md",
        "the provision is `in force`",
    );
    assert_eq!(
        with("status: bill\nrepeals: [legislation/xa/online-safety-act-2021]\n"),
        []
    );
    // Struck down already, and a law that is repealed.
    assert_eq!(
        with("status: in force\nrepeals: [\"legislation/xa/online-safety-act-2021#ss-22-23\"]\n"),
        []
    );
    let by_bill = with("status: repealed\nrepealed_by: legislation/xa/digital-dignity-bill-2026\n");
    one(&by_bill, "legislation/xa/new-act-2025.md", "whose status is `bill`");
    assert_eq!(
        with("status: repealed\nrepealed_by: legislation/xa/online-safety-act-2021\n"),
        []
    );
}

/// A second article in two languages.
const SECOND: [&str; 2] = [
    "\n### art 2 — Orders {#art-2}\n\n```facts\ntopics: [civil-remedies]\n```\n\n**Text**\n\nA court may order: (a) removal; \
     and (b) payment, under article 1(1).\n\n**Commentary**\n\nAs `instruments/xu/protocol-on-violence-online#art-4`.\n",
    "\n### art 2 — Injonctions {#art-2}\n\n**Texte**\n\nLe tribunal peut ordonner : (a) le retrait ; (b) le paiement.\n\n\
     **Commentaire**\n\nComme `instruments/xu/protocol-on-violence-online#art-4`.\n",
];

#[test]
fn a_translation_keeps_step() {
    let both = |english: &'static str, french: &'static str| {
        let change = move |read: &dyn Fn(&str) -> String, write: &dyn Fn(&str, String)| {
            write(MODEL, read(MODEL) + english);
            write(FRENCH, read(FRENCH) + french);
        };
        found(change, Question::Translation)
    };
    assert_eq!(both("", ""), []);
    assert_eq!(both(SECOND[0], SECOND[1]), []);
    one(
        &both(SECOND[0], ""),
        FRENCH,
        "`art 2` is missing, with the anchor `art-2`",
    );

    let variant = "**Variante — systèmes de common law**\n\nAu lieu du paragraphe (2) : quiconque menace de diffuser une \
                   image intime commet une infraction.\n\n";
    one(
        &after(FRENCH, variant, "", Question::Translation),
        FRENCH,
        "`art 1` has 0 variants, the original 1",
    );
    let joined = after(FRENCH, "\n\n(2) Nul", " Nul", Question::Translation);
    one(
        &joined,
        FRENCH,
        "`art 1` has 1 paragraphs such as `(1)`, the original 2",
    );
    let introduction = after(
        FRENCH,
        "Projet pour les essais de Collex, adopté par aucun organe.\n",
        "",
        Question::Translation,
    );
    one(&introduction, FRENCH, "the introduction is missing");

    let turned = |read: &dyn Fn(&str) -> String, write: &dyn Fn(&str, String)| {
        write(MODEL, read(MODEL) + SECOND[0]);
        let text = read(FRENCH);
        let (head, first) = text.split_once("### art 1").unwrap();
        write(FRENCH, format!("{head}{}\n### art 1{first}", SECOND[1]));
    };
    one(
        &found(turned, Question::Translation),
        FRENCH,
        "`art 1` stands behind `art 2`",
    );
}

#[test]
fn one_provision_has_one_note() {
    let provision =
        "\n## s 66B(1)-(2) — Again {#again}\n\n```facts\ntopics: [doxing]\nconfidence: recalled\n```\n\nText.\n";
    let add =
        |text: String| move |read: &dyn Fn(&str) -> String, write: &dyn Fn(&str, String)| write(ACT, read(ACT) + &text);
    assert_eq!(found(add(provision.to_owned()), Question::DescribedTwice), []);
    let twice = provision.replace("s 66B(1)-(2)", "ss 22 and 23");
    let told = found(add(twice), Question::DescribedTwice);
    one(
        &told,
        "legislation/xa/online-safety-act-2021.md",
        "`ss 22 and 23` is the same place as `ss 22-23`",
    );

    let other = |lines: &'static str, pinpoint: &'static str| {
        let text = new_law(lines) + &provision.replace("s 66B(1)-(2)", pinpoint);
        found(
            move |_, write| write("corpus/legislation/xa/new-act-2025.md", text),
            Question::TwoNotes,
        )
    };
    let told = other("status: in force\nnumber: No 7 of 2021\n", "§ 66B");
    one(
        &told,
        "legislation/xa/online-safety-act-2021.md",
        "described in `legislation/xa/new-act-2025#again` too",
    );
    assert_eq!(other("status: in force\nnumber: No 8 of 2021\n", "s 66B"), []);
    assert_eq!(other("status: in force\nnumber: No 7 of 2021\n", "s 67"), []);
}

#[test]
fn addresses_say_what_is_there() {
    assert_eq!(untouched(Question::Address), []);
    let told = after(
        ACT,
        "https://guide.example/xa",
        "https://guide.example//978019475",
        Question::Address,
    );
    one(&told, "legislation/xa/online-safety-act-2021.md", "is a bare number");
}

#[test]
fn nobody_is_named_in_a_decision_under_initials() {
    let path = "corpus/jurisprudence/xa/r-v-marrow-2024.md";
    let decided = |title: &'static str, facts: &'static str| {
        let change = move |read: &dyn Fn(&str) -> String, write: &dyn Fn(&str, String)| {
            let text = read(path).replace("title: R v Marrow", &format!("title: {title}"));
            write(path, text.replace("A journalist was charged", facts));
        };
        found(change, Question::NamedVictim)
    };
    let told = decided("J.L. v. Arvenia", "A journalist, Jana Lund, was charged");
    one(
        &told,
        "jurisprudence/xa/r-v-marrow-2024.md",
        "`Jana Lund` may be the name behind the initials JL",
    );
    for (title, facts) in [
        ("J.L. v. Arvenia", "J.L., a journalist of Jutta Lake Times, was charged"),
        ("Jana Lund v. Arvenia", "Jana Lund, a journalist, was charged"),
        ("OS v Arvenia", "Under the Online Safety Act a journalist was charged"),
    ] {
        assert_eq!(decided(title, facts), [], "{title}");
    }
}
