//! Measuring: a tiny set in BEIR format, and the judged questions over the real corpus where its index is there.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use collex::eval::{EvalError, EvalOptions, evaluate};
use collex::index::embedding::{Embedder, FixedEmbedder};
use collex::search::{Mode, Tuning};
use tempfile::TempDir;

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn set(folder: &Path) {
    write(
        folder,
        "corpus.jsonl",
        "{\"_id\":\"a\",\"title\":\"Images\",\"text\":\"Sharing an intimate image without consent is an offence.\"}\n\
         {\"_id\":\"b\",\"title\":\"Stalking\",\"text\":\"Following a person with a tracking device is stalking.\"}\n\
         {\"_id\":\"c\",\"title\":\"Names\",\"text\":\"The court keeps the names of victims from the public.\"}\n",
    );
    write(
        folder,
        "queries.jsonl",
        "{\"_id\":\"1\",\"text\":\"intimate image\"}\n{\"_id\":\"2\",\"text\":\"tracking device\"}\n{\"_id\":\"3\",\"text\":\"never judged\"}\n",
    );
    write(
        folder,
        "qrels/test.tsv",
        "query-id\tcorpus-id\tscore\n1\ta\t2\n2\tb\t1\n",
    );
}

fn options(folder: &Path, with_model: bool) -> EvalOptions<'static> {
    EvalOptions {
        index_dir: folder.join("index"),
        language: None,
        embedder: with_model.then(|| Arc::new(FixedEmbedder) as Arc<dyn Embedder>),
        tuning: Tuning::default(),
        progress: &|_, _| {},
    }
}

#[test]
fn measures_every_leg() {
    let folder = TempDir::new().unwrap();
    let ground = folder.path().join("tiny");
    set(&ground);
    // Twice: the second run finds the vectors kept.
    for _ in 0..2 {
        let report = evaluate(&ground, &options(folder.path(), true)).unwrap();
        assert_eq!((report.set.as_str(), report.passages, report.questions), ("tiny", 3, 2));
        let modes: Vec<Mode> = report.legs.iter().map(|leg| leg.mode).collect();
        assert_eq!(modes, [Mode::Keyword, Mode::Semantic, Mode::Hybrid]);
        for leg in &report.legs {
            assert!(
                (leg.ndcg_at_10 - 1.0).abs() < 1e-9 && (leg.recall_at_10 - 1.0).abs() < 1e-9,
                "{leg:?}"
            );
        }
    }
    assert_eq!(evaluate(&ground, &options(folder.path(), false)).unwrap().legs.len(), 1);
}

#[test]
fn says_what_is_wrong_with_a_set() {
    let folder = TempDir::new().unwrap();
    let ground = folder.path().join("tiny");
    assert!(matches!(
        evaluate(&ground, &options(folder.path(), false)),
        Err(EvalError::Unreadable { .. })
    ));
    set(&ground);
    write(&ground, "qrels/test.tsv", "query-id\tcorpus-id\tscore\n1 a 2\n");
    let error = evaluate(&ground, &options(folder.path(), false))
        .unwrap_err()
        .to_string();
    assert!(error.contains("test.tsv:2"), "{error}");
    write(&ground, "qrels/test.tsv", "query-id\tcorpus-id\tscore\n");
    assert!(matches!(
        evaluate(&ground, &options(folder.path(), false)),
        Err(EvalError::NothingJudged { .. })
    ));
    write(&ground, "corpus.jsonl", "{\"_id\": 3}\n");
    let error = evaluate(&ground, &options(folder.path(), false))
        .unwrap_err()
        .to_string();
    assert!(error.contains("corpus.jsonl:1"), "{error}");
}

/// Grades by question, then by provision.
type Grades = HashMap<String, HashMap<String, u32>>;

/// The judged questions over the real corpus, as (id, text), and their grades.
fn judged() -> (Vec<(String, String)>, Grades) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries");
    let text = |line: &str, key: &str| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        value[key].as_str().unwrap().to_owned()
    };
    let queries = std::fs::read_to_string(folder.join("queries.jsonl")).unwrap();
    let mut grades = Grades::new();
    for line in std::fs::read_to_string(folder.join("qrels/test.tsv"))
        .unwrap()
        .lines()
        .skip(1)
    {
        let columns: Vec<&str> = line.split('\t').collect();
        let grade = columns[2].parse().unwrap();
        grades
            .entry(columns[0].to_owned())
            .or_default()
            .insert(columns[1].to_owned(), grade);
    }
    (
        queries
            .lines()
            .map(|line| (text(line, "_id"), text(line, "text")))
            .collect(),
        grades,
    )
}

#[test]
fn every_judged_provision_is_in_the_corpus() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let roots = collex::corpus::Roots {
        corpus: root.join("corpus"),
        model_laws: root.join("model-laws"),
    };
    let corpus = collex::corpus::load(&roots).unwrap();
    let known: std::collections::HashSet<&str> = corpus.provisions.iter().map(|one| one.id.as_str()).collect();
    let (queries, grades) = judged();
    assert!(queries.iter().all(|(id, _)| grades.contains_key(id)));
    let missing: Vec<&String> = grades
        .values()
        .flat_map(HashMap::keys)
        .filter(|id| !known.contains(id.as_str()))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Needs the index of the real corpus with its model, which a fresh clone does not have yet.
#[cfg(feature = "embed")]
#[test]
fn judged_questions_are_answered_as_well_as_before() {
    use collex::eval::{ndcg, recall};
    use collex::index::embedding::{ModelSource, open};
    use collex::library::Library;
    use collex::search::Request;

    let index = Path::new(env!("CARGO_MANIFEST_DIR")).join("index");
    let models = std::env::var_os("COLLEX_MODELS").map_or_else(|| index.join("models"), Into::into);
    let library = open(&ModelSource::Default, &models, 2)
        .map_err(|error| error.to_string())
        .and_then(|model| Library::open(&index, Some(Arc::from(model)), Tuning::default()).map_err(|e| e.to_string()));
    let library = match library {
        Ok(library) if library.no_meaning().is_none() => library,
        other => {
            let reason = other
                .map(|library| library.no_meaning().unwrap_or_default())
                .unwrap_or_else(|error| error);
            eprintln!("SKIPPED: judged questions over the real corpus were NOT measured: {reason}");
            return;
        }
    };
    let (queries, grades) = judged();
    let kept = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries/kept.json")).unwrap();
    let kept: HashMap<String, [f64; 2]> = serde_json::from_str(&kept).unwrap();
    for mode in [Mode::Keyword, Mode::Semantic, Mode::Hybrid] {
        let (mut gained, mut recalled) = (0.0, 0.0);
        for (id, text) in &queries {
            let request = Request {
                query: text.clone(),
                mode,
                ..Request::default()
            };
            let answer = library.search(&request).unwrap();
            let ranked: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
            if mode == Mode::Hybrid && recall(&ranked, &grades[id], 10) < 1.0 {
                println!("{id} {text}: {:.2}", recall(&ranked, &grades[id], 10));
            }
            gained += ndcg(&ranked, &grades[id], 10);
            recalled += recall(&ranked, &grades[id], 10);
        }
        let (gained, recalled) = (gained / queries.len() as f64, recalled / queries.len() as f64);
        println!("{:9} nDCG@10 {gained:.3} recall@10 {recalled:.3}", mode.as_str());
        let [least_gained, least_recalled] = kept[mode.as_str()];
        assert!(
            gained >= least_gained - 0.005 && recalled >= least_recalled - 0.005,
            "{mode:?} has become worse: nDCG@10 {gained:.3}, recall@10 {recalled:.3}; kept are {least_gained} and {least_recalled}"
        );
    }
}
