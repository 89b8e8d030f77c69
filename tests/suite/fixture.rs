//! The miniature corpus of invented countries, built once with the fixed embedder, for the tests of all doors.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use collex::corpus::Roots;
use collex::index::embedding::{Embedder, FixedEmbedder};
use collex::index::{BuildOptions, build};
use collex::library::Library;
use collex::search::Tuning;

/// Where the miniature corpus stands.
pub fn roots() -> Roots {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    Roots {
        corpus: fixtures.join("corpus"),
        model_laws: fixtures.join("model-laws"),
    }
}

/// Builds an index of the miniature corpus into a folder.
pub fn build_into(index: &Path) {
    build(
        &BuildOptions::new(index.to_path_buf(), roots(), &|_| {}),
        Some(&FixedEmbedder),
    )
    .unwrap();
}

/// The folder of an index of the miniature corpus, built once for all tests.
pub fn index() -> PathBuf {
    static INDEX: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = INDEX.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        build_into(folder.path());
        folder
    });
    folder.path().to_path_buf()
}

/// The library over it, with a model or without.
pub fn library(with_model: bool) -> Arc<Library> {
    let embedder = with_model.then(|| Arc::new(FixedEmbedder) as Arc<dyn Embedder>);
    Arc::new(Library::open(&index(), embedder, Tuning::default()).unwrap())
}
