//! The index as a whole, as a program uses it: several builders, kills in the middle, readers during a switch.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use collex::corpus::Roots;
use collex::index::embedding::{Embedder, EmbeddingError, FixedEmbedder};
use collex::index::{BuildOptions, Built, Generation, Progress, build};

/// Names the ground to build on in a child process.
const GROUND: &str = "COLLEX_TEST_GROUND";
const LAWS: usize = 120;

/// The fixed embedder, slowed down so that a kill falls into the embedding.
struct Slow(Duration);

impl Embedder for Slow {
    fn id(&self) -> &str {
        FixedEmbedder.id()
    }
    fn dimensions(&self) -> usize {
        FixedEmbedder.dimensions()
    }
    fn window(&self) -> usize {
        FixedEmbedder.window()
    }
    fn embed_query(&self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
        FixedEmbedder.embed_query(text)
    }
    fn embed_passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        std::thread::sleep(self.0);
        FixedEmbedder.embed_passages(texts)
    }
    fn cut(&self, text: &str, max_tokens: usize, overlap: usize) -> Vec<Range<usize>> {
        FixedEmbedder.cut(text, max_tokens, overlap)
    }
}

fn roots(ground: &Path) -> Roots {
    Roots {
        corpus: ground.join("corpus"),
        model_laws: ground.join("model-laws"),
    }
}

/// Writes an invented country's laws, each of them containing `word`.
fn write_corpus(ground: &Path, word: &str) {
    let folder = ground.join("corpus/legislation/zz");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::create_dir_all(ground.join("model-laws")).unwrap();
    for law in 0..LAWS {
        let text = format!(
            "---\ntitle: Act {law}\nkind: legislation\njurisdiction: ZZ\ntype: act\nlanguage: en\nenacted: 2020-01-01\n\
             status: in force\nurl: https://example.org/{law}\n---\n\n## s 1 Offence {{#s-1}}\n\n```facts\n\
             topics: [intimate-image-abuse]\nconfidence: primary\nsources:\n  - {{url: \"https://example.org\", \
             kind: official}}\n```\n\nWhoever does {word} commits the offence of act {law}.\n"
        );
        std::fs::write(folder.join(format!("act-{law}.md")), text).unwrap();
    }
}

fn build_on(ground: &Path, embedder: &dyn Embedder) -> Built {
    build(
        &BuildOptions::new(ground.join("index"), roots(ground), &|_| {}),
        Some(embedder),
    )
    .unwrap()
}

/// The word of all laws in an opened index; the same in all of them, since a generation is one state of the corpus.
fn word_in(generation: &Generation) -> String {
    assert_eq!(generation.keyword.len(), LAWS);
    let word_of = |ordinal: usize| {
        let text = generation.keyword.record(ordinal as u32).unwrap().text;
        text.split(' ').nth(2).unwrap().to_owned()
    };
    let word = word_of(0);
    assert!((1..LAWS).step_by(17).all(|ordinal| word_of(ordinal) == word));
    let query = FixedEmbedder.embed_query("the offence of act 7").unwrap();
    let vectors = generation.vectors.as_ref().expect("built with a model");
    assert_eq!(vectors.nearest(&query, None, 10).unwrap().len(), 10);
    word
}

/// This test binary again, running [`child_builds`] on a ground.
fn child(ground: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "index::child_builds", "--ignored", "--nocapture"])
        .env(GROUND, ground)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "only run by other tests, as a process of its own"]
fn child_builds() {
    if let Some(ground) = std::env::var_os(GROUND).map(PathBuf::from) {
        build_on(&ground, &Slow(Duration::from_millis(15)));
    }
}

#[test]
fn killed_processes_leave_the_last_good_index() {
    let ground = tempfile::tempdir().unwrap();
    let index = ground.path().join("index");
    write_corpus(ground.path(), "alpha");
    build_on(ground.path(), &FixedEmbedder);
    write_corpus(ground.path(), "beta");
    let mut finished = 0;
    for round in 0..16_u64 {
        let mut process = child(ground.path());
        std::thread::sleep(Duration::from_millis(10 + round * 23));
        process.kill().unwrap();
        finished += usize::from(process.wait().unwrap().success());
        let word = word_in(&Generation::open(&index).unwrap().expect("there was one before"));
        assert!(word == "alpha" || word == "beta", "{word}");
    }
    build_on(ground.path(), &FixedEmbedder);
    assert_eq!(
        word_in(&Generation::open(&index).unwrap().unwrap()),
        "beta",
        "{finished} had finished"
    );
    let left = std::fs::read_dir(index.join("generations")).unwrap().count();
    assert!(left <= 2, "{left} generations");
}

/// A limit on the size of files stands in for a full disk, which only root could make.
#[cfg(target_os = "linux")]
#[test]
fn a_process_that_runs_out_of_room_says_so_and_harms_nothing() {
    let ground = tempfile::tempdir().unwrap();
    write_corpus(ground.path(), "alpha");
    build_on(ground.path(), &FixedEmbedder);
    write_corpus(ground.path(), "beta");
    for blocks in [1, 8, 24] {
        let output = Command::new("sh")
            .args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")])
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", "index::child_builds", "--ignored", "--nocapture"])
            .env(GROUND, ground.path())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && told.contains("DiskFull"),
            "{blocks} blocks: {told}"
        );
        assert_eq!(
            word_in(&Generation::open(&ground.path().join("index")).unwrap().unwrap()),
            "alpha"
        );
    }
    build_on(ground.path(), &FixedEmbedder);
    assert_eq!(
        word_in(&Generation::open(&ground.path().join("index")).unwrap().unwrap()),
        "beta"
    );
}

#[test]
fn two_processes_build_once() {
    let ground = tempfile::tempdir().unwrap();
    write_corpus(ground.path(), "alpha");
    let processes: Vec<Child> = (0..3).map(|_| child(ground.path())).collect();
    for process in processes {
        assert!(process.wait_with_output().unwrap().status.success());
    }
    let generation = Generation::open(&ground.path().join("index")).unwrap().unwrap();
    assert_eq!((generation.number, word_in(&generation)), (1, "alpha".to_owned()));
}

#[test]
fn threads_build_once_and_the_others_wait() {
    let ground = tempfile::tempdir().unwrap();
    write_corpus(ground.path(), "alpha");
    let (waiting, built) = (AtomicUsize::new(0), AtomicUsize::new(0));
    // The one that builds goes on when the two others wait, or after ten seconds.
    let gate = || {
        (0..1000)
            .take_while(|_| waiting.load(Ordering::SeqCst) < 2)
            .for_each(|_| std::thread::sleep(Duration::from_millis(10)))
    };
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let progress = |progress| match progress {
                    Progress::Waiting => drop(waiting.fetch_add(1, Ordering::SeqCst)),
                    Progress::Finishing => gate(),
                    _ => {}
                };
                let options = BuildOptions::new(ground.path().join("index"), roots(ground.path()), &progress);
                let done = build(&options, Some(&FixedEmbedder)).unwrap();
                built.fetch_add(usize::from(matches!(done, Built::New { .. })), Ordering::SeqCst);
            });
        }
    });
    assert_eq!((built.into_inner(), waiting.into_inner()), (1, 2));
}

#[test]
fn readers_search_through_every_switch() {
    let ground = tempfile::tempdir().unwrap();
    let index = ground.path().join("index");
    write_corpus(ground.path(), "word0");
    build_on(ground.path(), &FixedEmbedder);
    // Opened before and held through all switches: its files are removed under it, and it goes on answering.
    let first = Generation::open(&index).unwrap().unwrap();
    let (ended, opened) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut newest = 0;
                while !ended.load(Ordering::SeqCst) {
                    let generation = Generation::open(&index).unwrap().expect("there is always one");
                    assert!(
                        generation.number >= newest && generation.warnings.is_empty(),
                        "{:?}",
                        generation.warnings
                    );
                    newest = generation.number;
                    assert_eq!(word_in(&generation), format!("word{}", newest - 1));
                    opened.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        for round in 1..8 {
            write_corpus(ground.path(), &format!("word{round}"));
            build_on(ground.path(), &FixedEmbedder);
            assert_eq!(word_in(&first), "word0");
        }
        ended.store(true, Ordering::SeqCst);
    });
    assert!(opened.into_inner() > 5);
    assert_eq!(Generation::current_number(&index), Some(8));
}

#[test]
fn progress_tells_why_how_far_and_how_long() {
    let ground = tempfile::tempdir().unwrap();
    write_corpus(ground.path(), "alpha");
    let told = std::cell::RefCell::new(Vec::new());
    let progress = |progress| told.borrow_mut().push(progress);
    let options = BuildOptions::new(ground.path().join("index"), roots(ground.path()), &progress);
    build(&options, Some(&Slow(Duration::from_millis(2)))).unwrap();
    let told = told.take();
    assert_eq!(
        told[0],
        Progress::Started {
            reason: "there is no index yet".to_owned()
        }
    );
    assert_eq!(*told.last().unwrap(), Progress::Finishing);
    let embedding: Vec<_> = told
        .iter()
        .filter(|one| matches!(one, Progress::Embedding { .. }))
        .collect();
    assert!(matches!(
        embedding[0],
        Progress::Embedding {
            done: 0,
            seconds_left: None,
            ..
        }
    ));
    let Some(Progress::Embedding {
        done,
        total,
        per_second,
        seconds_left,
    }) = embedding.last()
    else {
        panic!()
    };
    assert!(done == total && *per_second > 0.0 && seconds_left.unwrap().abs() < 1e-9);
}
