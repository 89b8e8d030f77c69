//! What a kill, damage, a full disk or a second builder do to an index: nothing that the next build does not
//! put right, and at no moment is there no index to serve.

use std::cell::RefCell;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use super::disk::OLD;
use super::*;
use crate::corpus::Roots;
use crate::index::Generation;
use crate::index::durable::NEW;
use crate::index::embedding::{EmbeddingError, FixedEmbedder};

/// The fixed embedder under another name, counting what it is asked to embed.
struct Counting {
    id: &'static str,
    passages: AtomicUsize,
    fails: bool,
}

impl Counting {
    fn new(id: &'static str) -> Self {
        Self {
            id,
            passages: AtomicUsize::new(0),
            fails: false,
        }
    }

    fn take(&self) -> usize {
        self.passages.swap(0, Ordering::SeqCst)
    }
}

impl Embedder for Counting {
    fn id(&self) -> &str {
        self.id
    }
    fn dimensions(&self) -> usize {
        FixedEmbedder.dimensions()
    }
    fn window(&self) -> usize {
        60
    }
    fn embed_query(&self, text: &str) -> Result<Vec<f32>, EmbeddingError> {
        FixedEmbedder.embed_query(text)
    }
    fn embed_passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        self.passages.fetch_add(texts.len(), Ordering::SeqCst);
        if self.fails {
            return Err(EmbeddingError::Run {
                id: self.id.to_owned(),
                reason: "no".to_owned(),
            });
        }
        FixedEmbedder.embed_passages(texts)
    }
    fn cut(&self, text: &str, max_tokens: usize, overlap: usize) -> Vec<Range<usize>> {
        FixedEmbedder.cut(text, max_tokens, overlap)
    }
}

/// A corpus of one invented country with `laws` laws of three sections; `word` is in the first section of the first.
struct Ground {
    folder: TempDir,
}

impl Ground {
    fn new(laws: usize, word: &str) -> Self {
        let ground = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        std::fs::create_dir_all(ground.roots().model_laws).unwrap();
        let note = "---\ntitle: Zedland\nkind: jurisdiction\ncode: ZZ\nregion: Europe\nlegal_system: civil law\n\
                    languages: [en]\nlanguage: en\n---\n\nA note.\n";
        ground.file("jurisdictions/zz.md", note);
        ground.laws(laws, word);
        ground
    }

    fn laws(&self, laws: usize, word: &str) {
        for law in 0..laws {
            let mut text = format!(
                "---\ntitle: Act {law}\nkind: legislation\njurisdiction: ZZ\ntype: act\nlanguage: en\n\
                 enacted: 2020-01-01\nstatus: in force\nurl: https://example.org/{law}\n---\n"
            );
            for section in 1..4 {
                let word = if (law, section) == (0, 1) { word } else { "nothing" };
                text.push_str(&format!(
                    "\n## s {section} Offence {section} {{#s-{section}}}\n\n```facts\ntopics: [intimate-image-abuse]\n\
                     confidence: primary\nsources:\n  - {{url: \"https://example.org/{law}\", kind: official}}\n```\n\n\
                     Whoever does {word} commits offence {section} of act {law}.\n"
                ));
            }
            self.file(&format!("legislation/zz/act-{law}.md"), &text);
        }
    }

    fn file(&self, path: &str, text: &str) {
        let path = self.roots().corpus.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn roots(&self) -> Roots {
        Roots {
            corpus: self.folder.path().join("corpus"),
            model_laws: self.folder.path().join("model-laws"),
        }
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn build(&self, embedder: Option<&dyn Embedder>) -> Result<Built, IndexError> {
        self.build_in(&self.index(), embedder)
    }

    fn build_in(&self, index: &Path, embedder: Option<&dyn Embedder>) -> Result<Built, IndexError> {
        build(&BuildOptions::new(index.to_path_buf(), self.roots(), &|_| {}), embedder)
    }

    fn build_stepwise(&self, after: &dyn Fn(Step) -> Result<(), IndexError>) -> Result<Built, IndexError> {
        let options = BuildOptions::new(self.index(), self.roots(), &|_| {});
        Build {
            options: &options,
            embedder: Some(&FixedEmbedder),
            after,
        }
        .run()
    }
}

/// The word that tells which state of the corpus an opened index holds; its parts must agree.
fn word_in(index: &Path) -> Option<String> {
    let generation = Generation::open(index).unwrap()?;
    assert_eq!(generation.keyword.len(), generation.manifest.counts.provisions);
    assert_eq!(generation.documents.len(), generation.manifest.counts.documents);
    let ordinal = generation.keyword.ordinal("legislation/zz/act-0#s-1").unwrap().unwrap();
    let text = generation.keyword.record(ordinal).unwrap().text;
    if let Some(vectors) = &generation.vectors {
        let query = FixedEmbedder.embed_query(&text).unwrap();
        assert_eq!(vectors.nearest(&query, None, 1).unwrap()[0].ordinal, ordinal);
    }
    text.split(' ').nth(2).map(str::to_owned)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// Names that only a build under way may have.
fn leftovers(index: &Path) -> Vec<PathBuf> {
    let left = |path: &PathBuf| path.extension().is_some_and(|e| e == BUILDING || e == OLD || e == NEW);
    walkdir::WalkDir::new(index)
        .into_iter()
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .filter(left)
        .collect()
}

/// Copies the index as it is at every step of a build: what a kill there would leave.
fn killed_everywhere(ground: &Ground, states: &Path) -> Vec<(Step, PathBuf)> {
    let seen = RefCell::new(Vec::new());
    let photograph = |step| {
        let to = states.join(format!("{:03}-{step:?}", seen.borrow().len()));
        copy(&ground.index(), &to);
        seen.borrow_mut().push((step, to));
        Ok(())
    };
    ground.build_stepwise(&photograph).unwrap();
    seen.into_inner()
}

#[test]
fn a_kill_during_the_first_build_leaves_none_or_a_whole_index() {
    let (ground, states) = (Ground::new(30, "alpha"), tempfile::tempdir().unwrap());
    let killed = killed_everywhere(&ground, states.path());
    assert!(killed.iter().filter(|(step, _)| *step == Step::Batch).count() >= 2);
    for (step, index) in killed {
        let word = word_in(&index);
        assert_eq!(word.is_some(), step as u8 >= Step::Renamed as u8, "{step:?}");
        ground.build_in(&index, Some(&FixedEmbedder)).unwrap();
        assert_eq!(word_in(&index).unwrap(), "alpha", "{step:?}");
        assert_eq!(leftovers(&index), Vec::<PathBuf>::new(), "{step:?}");
    }
}

#[test]
fn a_kill_during_a_later_build_leaves_the_old_or_the_new_index() {
    let (ground, states) = (Ground::new(2, "alpha"), tempfile::tempdir().unwrap());
    for word in ["beta", "gamma"] {
        ground.build(Some(&FixedEmbedder)).unwrap();
        ground.laws(2, word);
    }
    let killed = killed_everywhere(&ground, states.path());
    for wanted in [Step::Locked, Step::NamedBeside, Step::SetAside, Step::Compacted] {
        assert!(
            killed.iter().any(|(step, _)| *step == wanted),
            "{wanted:?} was never reached"
        );
    }
    for (step, index) in killed {
        let switched = step as u8 >= Step::Switched as u8;
        assert_eq!(
            word_in(&index).unwrap(),
            if switched { "gamma" } else { "beta" },
            "{step:?}"
        );
        let built = ground.build_in(&index, Some(&FixedEmbedder)).unwrap();
        assert_eq!(
            matches!(built, Built::Unchanged { .. }),
            switched,
            "{step:?}: {built:?}"
        );
        if let (Built::New { embedded, .. }, true) = (built, step as u8 >= Step::Batch as u8) {
            assert_eq!(embedded, 0, "{step:?}: what was embedded is kept");
        }
        assert_eq!(word_in(&index).unwrap(), "gamma", "{step:?}");
        ground.laws(2, "delta");
        ground.build_in(&index, Some(&FixedEmbedder)).unwrap();
        assert_eq!(word_in(&index).unwrap(), "delta", "{step:?}");
        assert_eq!(leftovers(&index), Vec::<PathBuf>::new(), "{step:?}");
        ground.laws(2, "gamma");
    }
}

#[test]
fn a_full_disk_at_any_step_keeps_the_last_good_index_and_gives_the_room_back() {
    let ground = Ground::new(3, "alpha");
    ground.build(Some(&FixedEmbedder)).unwrap();
    ground.laws(3, "beta");
    let steps = [
        Step::Swept,
        Step::Words,
        Step::Documents,
        Step::Batch,
        Step::Embedded,
        Step::Vectors,
    ];
    for wanted in steps
        .into_iter()
        .chain([Step::Manifest, Step::Synced, Step::NamedBeside])
    {
        let full = |step| match step == wanted {
            true => Err(IndexError::DiskFull {
                path: PathBuf::from("x"),
            }),
            false => Ok(()),
        };
        let error = ground.build_stepwise(&full).unwrap_err();
        assert!(matches!(error, IndexError::DiskFull { .. }), "{wanted:?}: {error}");
        assert_eq!(word_in(&ground.index()).unwrap(), "alpha", "{wanted:?}");
        assert!(
            leftovers(&ground.index())
                .iter()
                .all(|path| path.ends_with("current.new")),
            "{wanted:?}"
        );
    }
    assert!(matches!(
        ground.build(Some(&FixedEmbedder)).unwrap(),
        Built::New { embedded: 0, .. }
    ));
    assert_eq!(word_in(&ground.index()).unwrap(), "beta");
}

#[test]
fn damage_to_any_file_falls_back_to_the_generation_before_and_is_rebuilt() {
    let ground = Ground::new(2, "alpha");
    ground.build(Some(&FixedEmbedder)).unwrap();
    ground.laws(2, "beta");
    ground.build(Some(&FixedEmbedder)).unwrap();
    let whole = tempfile::tempdir().unwrap();
    copy(&ground.index(), whole.path());
    let files: Vec<PathBuf> = walkdir::WalkDir::new(generation::folder(whole.path(), 2))
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file() && !entry.path().to_string_lossy().ends_with(".lock"))
        .map(|entry| entry.path().strip_prefix(whole.path()).unwrap().to_path_buf())
        .collect();
    assert!(files.len() > 4);
    type Damage<'a> = &'a dyn Fn(&Path, Vec<u8>);
    let damages: [Damage; 3] = [
        &|path, bytes| std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap(),
        &|path, mut bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x55;
            std::fs::write(path, bytes).unwrap();
        },
        &|path, _| std::fs::remove_file(path).unwrap(),
    ];
    for file in files {
        for (nth, damage) in damages.into_iter().enumerate() {
            let state = tempfile::tempdir().unwrap();
            copy(whole.path(), state.path());
            damage(
                &state.path().join(&file),
                std::fs::read(state.path().join(&file)).unwrap(),
            );
            assert_eq!(word_in(state.path()).unwrap(), "alpha", "{}", file.display());
            let opened = Generation::open(state.path()).unwrap().unwrap();
            assert!(opened.warnings[0].contains("damaged"), "{:?}", opened.warnings);
            if nth != 0 {
                continue; // One rebuild for each file says enough.
            }
            match ground.build_in(state.path(), Some(&FixedEmbedder)).unwrap() {
                Built::New { reason, generation, .. } => {
                    assert!(reason.contains("damaged") && generation == 3, "{reason}");
                }
                unchanged => panic!("{}: {unchanged:?}", file.display()),
            }
            assert_eq!(word_in(state.path()).unwrap(), "beta");
            assert_eq!(
                generation::numbers(state.path()).unwrap(),
                [1, 3],
                "the damaged one is removed"
            );
        }
    }
}

#[test]
fn a_garbage_current_falls_back_to_the_newest() {
    let ground = Ground::new(1, "alpha");
    ground.build(None).unwrap();
    ground.laws(1, "beta");
    ground.build(None).unwrap();
    for garbage in [&b""[..], b"\xff\0", b"../../etc", b"-1", b"99999999999999", b"77"] {
        std::fs::write(generation::current_file(&ground.index()), garbage).unwrap();
        let opened = Generation::open(&ground.index()).unwrap().unwrap();
        assert_eq!((opened.number, opened.warnings.len()), (2, 1), "{garbage:?}");
    }
    let Built::New { generation, .. } = ground.build(None).unwrap() else {
        panic!("it had to be built")
    };
    assert_eq!(generation, 78, "greater than any that was named");
    std::fs::remove_file(generation::current_file(&ground.index())).unwrap();
    assert_eq!(Generation::open(&ground.index()).unwrap().unwrap().number, 78);
}

#[test]
fn nothing_whole_is_one_clear_error() {
    let ground = Ground::new(1, "alpha");
    assert!(Generation::open(&ground.index()).unwrap().is_none());
    ground.build(None).unwrap();
    std::fs::write(generation::folder(&ground.index(), 1).join("manifest.json"), b"garbage").unwrap();
    let error = Generation::open(&ground.index()).err().unwrap();
    assert!(error.to_string().contains("collex index"), "{error}");
    ground.build(None).unwrap();
    assert_eq!(word_in(&ground.index()).unwrap(), "alpha");
}

#[test]
fn an_unchanged_text_is_never_embedded_twice() {
    let (ground, model) = (Ground::new(3, "alpha"), Counting::new("one"));
    ground.build(Some(&model)).unwrap();
    assert!(model.take() >= 10);
    assert_eq!(ground.build(Some(&model)).unwrap(), Built::Unchanged { generation: 1 });
    ground.laws(3, "beta");
    let Built::New { embedded, reused, .. } = ground.build(Some(&model)).unwrap() else {
        panic!("changed")
    };
    assert_eq!((embedded, model.take()), (1, 1));
    assert!(reused >= 9);
    std::fs::remove_dir_all(ground.index().join("generations")).unwrap();
    let built = ground.build(Some(&model)).unwrap();
    assert!(matches!(built, Built::New { embedded: 0, .. }), "{built:?}");
    assert_eq!(model.take(), 0);
}

#[test]
fn vectors_come_with_a_model_and_stay_without() {
    let ground = Ground::new(1, "alpha");
    ground.build(None).unwrap();
    assert!(Generation::open(&ground.index()).unwrap().unwrap().vectors.is_none());
    let reason = |built| match built {
        Built::New { reason, .. } => reason,
        Built::Unchanged { .. } => "unchanged".to_owned(),
    };
    assert_eq!(
        reason(ground.build(Some(&Counting::new("one"))).unwrap()),
        "the index has no vectors yet"
    );
    assert_eq!(reason(ground.build(None).unwrap()), "unchanged");
    assert!(Generation::open(&ground.index()).unwrap().unwrap().vectors.is_some());
    assert_eq!(
        reason(ground.build(Some(&Counting::new("two"))).unwrap()),
        "another model is in use"
    );
    assert_eq!(generation::numbers(&ground.index()).unwrap(), [2, 3], "two are kept");
}

#[test]
fn a_failing_model_keeps_the_last_good_index() {
    let ground = Ground::new(1, "alpha");
    ground.build(None).unwrap();
    let failing = Counting {
        fails: true,
        ..Counting::new("one")
    };
    assert!(matches!(ground.build(Some(&failing)), Err(IndexError::Embedding(_))));
    assert_eq!(word_in(&ground.index()).unwrap(), "alpha");
    assert_eq!(leftovers(&ground.index()), Vec::<PathBuf>::new());
}

#[test]
fn bad_folders_are_named() {
    let ground = Ground::new(1, "alpha");
    std::fs::write(ground.index(), b"").unwrap();
    for opened in [ground.build(None).err(), Generation::open(&ground.index()).err()] {
        assert!(matches!(opened, Some(IndexError::NotAFolder { .. })), "{opened:?}");
    }
    std::fs::remove_file(ground.index()).unwrap();
    ground.build(None).unwrap();
    std::fs::remove_dir_all(ground.roots().corpus).unwrap();
    assert!(matches!(ground.build(None), Err(IndexError::Corpus(_))));
    std::fs::create_dir_all(ground.roots().corpus).unwrap();
    assert!(matches!(ground.build(None), Err(IndexError::EmptyCorpus { .. })));
    assert_eq!(word_in(&ground.index()).unwrap(), "alpha");
}
