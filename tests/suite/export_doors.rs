//! Files as clients of the API and users of the command line get them.

use std::fs;
use std::path::PathBuf;

use axum::http::StatusCode;
use serde_json::Value;

use crate::api::{ask, get, problem};
use crate::cli::{collex, index};

const GRID: &str = "/v1/compare?topic=intimate-image-abuse,threats-to-share&as_of=2026-11-25";
const MEDIA: [(&str, &str); 5] = [
    ("csv", "text/csv"),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("md", "text/markdown"),
    ("html", "text/html"),
];

#[test]
fn a_format_is_asked_for_by_name_or_by_media_type() {
    for (format, media) in MEDIA {
        let named = get(&format!("{GRID}&format={format}"));
        assert_eq!(named.status, StatusCode::OK, "{format}: {}", named.text());
        assert!(named.header("content-type").starts_with(media), "{format}");
        let disposition = named.header("content-disposition");
        assert!(
            disposition.ends_with(&format!("2026-11-25.{format}\"")),
            "{disposition}"
        );
        assert_eq!(disposition.starts_with("inline"), format == "html");
        let accepted = ask("GET", GRID, &[("accept", media)]);
        assert_eq!(accepted.body, named.body, "{format}");
        assert!(accepted.header("vary").to_lowercase().contains("accept"));
        // A client that kept the page is not told that the JSON is unchanged.
        assert_ne!(accepted.header("etag"), get(GRID).header("etag"), "{format}");
    }
    let page = get(&format!("{GRID}&format=html"));
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    for accept in ["application/json", "*/*"] {
        assert_eq!(
            ask("GET", GRID, &[("accept", accept)]).json()["columns"][0]["code"],
            "XA",
            "{accept}"
        );
    }
}

#[test]
fn an_unknown_format_is_refused_with_those_there_are() {
    let refused = get(&format!("{GRID}&format=xslx"));
    let refused = problem(&refused, "invalid-value");
    assert!(
        refused["detail"].as_str().unwrap().contains("did you mean `xlsx`?"),
        "{refused}"
    );
    let refused = problem(&get("/v1/sheets/XA?format=csv"), "invalid-value");
    assert_eq!(refused["allowed"], serde_json::json!(["md", "html", "docx", "json"]));
    let refused = problem(&get("/v1/sheets/Arvenja"), "unknown-id");
    assert_eq!(refused["allowed"][0], "XA");
    problem(&get("/v1/schemas/gird"), "unknown-id");
}

/// A link gives the same grid again.
#[test]
fn the_permanent_link_reproduces_the_grid() {
    for address in [
        GRID.to_owned(),
        "/v1/compare?article=model-laws/dignity-online%23art-1&weight=threat_covered:5&columns=name".to_owned(),
        "/v1/compare?provision=legislation/xa/online-safety-act-2021%23s-66b&jurisdiction=XD,XB&transposed=true"
            .to_owned(),
        "/v1/compare?q=threat+to+share+images+%26+more&region=Latin%20America%20%26%20Caribbean&element=threat_covered"
            .to_owned(),
    ] {
        let first = get(&format!("{address}&format=json")).json();
        let link = first["about"]["link"].as_str().unwrap();
        let again = get(link).json();
        let still = |grid: &Value| {
            let mut grid = grid.clone();
            grid.as_object_mut().unwrap().remove("took_ms");
            grid
        };
        assert_eq!(still(&again), still(&first), "{link}");
        assert_eq!(again["about"]["link"], link, "the link is not in its canonical form");
    }
}

#[test]
fn json_files_keep_to_their_published_schemas() {
    let schema = |name: &str| get(&format!("/v1/schemas/{name}")).json();
    let (grids, sheets) = (schema("grid"), schema("sheet"));
    let (grids, sheets) = (
        jsonschema::validator_for(&grids).unwrap(),
        jsonschema::validator_for(&sheets).unwrap(),
    );
    let check = |validator: &jsonschema::Validator, address: &str| {
        let file = get(address).json();
        let errors: Vec<String> = validator
            .iter_errors(&file)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{address}: {errors:#?}");
        file
    };
    let file = check(&grids, &format!("{GRID}&format=json"));
    for address in [
        "/v1/compare?model_law=dignity-online&format=json",
        "/v1/compare?article=model-laws/dignity-online%23art-1&format=json",
        "/v1/compare?provision=legislation/xa/online-safety-act-2021%23s-66b&format=json",
        "/v1/compare?q=images&jurisdiction=XA,XB&format=json",
        "/v1/compare?topic=cyberflashing&format=json",
    ] {
        check(&grids, address);
    }
    check(&sheets, "/v1/sheets/XA?format=json");
    check(&sheets, "/v1/sheets/intimate-image-abuse?format=json");
    // A schema that lets everything through would pass all of that.
    for (pointer, wrong) in [
        ("/rows/0/cells/0/state", serde_json::json!("absent")),
        ("/as_of", serde_json::json!(7)),
        ("/columns", serde_json::json!({})),
        ("/about/trust", serde_json::json!("none")),
    ] {
        let mut broken = file.clone();
        *broken.pointer_mut(pointer).unwrap() = wrong;
        assert!(!grids.is_valid(&broken), "{pointer}");
    }
    assert!(!sheets.is_valid(&file));
}

fn out(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    path
}

#[test]
fn the_command_line_never_writes_over_a_file_unasked() {
    index();
    let path = out("export-test.csv");
    let place = path.to_str().unwrap();
    let ask = ["compare", "--topic", "intimate-image-abuse", "--out", place];
    let first = collex(&ask);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(first.err.contains("wrote"), "{}", first.err);
    fs::write(&path, "mine").unwrap();
    let second = collex(&ask);
    assert_eq!(second.code, 2);
    assert!(
        second.err.contains("there already") && second.err.contains("--force"),
        "{}",
        second.err
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    let forced = collex(&["compare", "--topic", "intimate-image-abuse", "--out", place, "--force"]);
    assert_eq!(forced.code, 0, "{}", forced.err);
    assert!(fs::read_to_string(&path).unwrap().starts_with("\u{feff}row,label,"));
}

#[test]
fn the_command_line_prints_text_and_names_what_is_wrong() {
    let page = collex(&["compare", "--topic", "intimate-image-abuse", "--format", "html"]);
    assert!(
        page.out.starts_with("<!doctype html>") && page.code == 0,
        "{}",
        page.err
    );
    let sheet = collex(&["sheet", "XA"]);
    assert!(
        sheet.out.starts_with("# Arvenia (XA)") && sheet.code == 0,
        "{}",
        sheet.err
    );
    let json = collex(&["sheet", "intimate-image-abuse", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&json.out).unwrap()["sheet"], "topic");
    for (arguments, words) in [
        (vec!["compare", "--topic", "doxing", "--format", "pdf"], "format"),
        (vec!["compare", "--topic", "doxing", "--out", "grid"], "add --format"),
        (
            vec!["compare", "--topic", "doxing", "--out", "grid.odt"],
            "`odt` is not a format",
        ),
        (
            vec!["compare", "--topic", "doxing", "--timeline", "--format", "md"],
            "timeline",
        ),
        (vec!["sheet", "XA", "--format", "csv"], "a sheet is a page to be read"),
        (vec!["sheet", "Arvenja"], "near: XA"),
    ] {
        let refused = collex(&arguments);
        assert_eq!(refused.code, 2, "{arguments:?}: {}", refused.err);
        assert!(refused.err.contains(words), "{arguments:?}: {}", refused.err);
    }
}
