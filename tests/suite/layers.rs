//! The order of the rooms: which room may use which, read from the `crate::…` paths in the sources.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("law", &[]),
    ("corpus", &["law"]),
    ("index", &["law", "corpus"]),
    ("search", &["law", "corpus", "index"]),
    ("compare", &["law", "corpus", "index", "search"]),
    ("export", &["law", "compare"]),
    ("config", &[]),
    ("library", &["law", "corpus", "index", "search", "compare", "export"]),
    ("eval", &["law", "corpus", "index", "search", "library"]),
    (
        "api",
        &[
            "law", "corpus", "index", "search", "compare", "export", "config", "library",
        ],
    ),
    (
        "cli",
        &[
            "law", "corpus", "index", "search", "compare", "export", "config", "library", "eval", "api",
        ],
    ),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the sources are readable") {
        let path = entry.expect("the sources are readable").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The room a file belongs to: the first part of its path below `src`.
fn room_of(path: &Path, src: &Path) -> String {
    let below = path.strip_prefix(src).expect("walked from src");
    let first = below
        .components()
        .next()
        .expect("a file has a name")
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// Rooms named after `crate::` in a line, comments left out.
fn named_rooms(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    code.match_indices("crate::")
        .filter(|(at, _)| !code[..*at].ends_with(|c: char| c == '$' || c.is_alphanumeric() || c == '_'))
        .map(|(at, found)| {
            let rest = &code[at + found.len()..];
            rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        })
        .collect()
}

#[test]
fn rooms_use_only_the_rooms_above_them() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let allowed: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let (mut files, mut wrong) = (Vec::new(), Vec::new());
    sources(&src, &mut files);
    for path in files
        .iter()
        .filter(|path| !path.ends_with("src/lib.rs") && !path.ends_with("src/main.rs"))
    {
        let room = room_of(path, &src);
        let Some(may_use) = allowed.get(room.as_str()) else {
            wrong.push(format!(
                "{}: the room `{room}` is not in the list of rooms",
                path.display()
            ));
            continue;
        };
        for (number, line) in fs::read_to_string(path).expect("sources are UTF-8").lines().enumerate() {
            for used in named_rooms(line).into_iter().filter(|used| *used != room) {
                if !may_use.contains(&used.as_str()) {
                    wrong.push(format!(
                        "{}:{}: `{room}` may not use `{used}`",
                        path.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn finds_rooms_in_paths() {
    assert_eq!(
        named_rooms("use crate::law::Topic; fn f(x: crate::index::Filters)"),
        ["law", "index"]
    );
    assert!(named_rooms("// crate::api is named in a comment").is_empty());
    assert!(named_rooms("pub(crate) use closed_list; $crate::law::UnknownWord").is_empty());
}
