//! The API as its clients see it, on the miniature corpus.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use collex::api::{ApiError, Code, Options, openapi, router, serve_until};
use collex::index::embedding::{Embedder, EmbeddingError, FixedEmbedder};
use collex::library::Library;
use serde_json::Value;
use tower::ServiceExt;

use crate::fixture;

const PROVISION: &str = "legislation/xa/online-safety-act-2021%23s-66b";

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

fn ask_of(library: Arc<Library>, options: Options, request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let response = router(library, options).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
        }
    })
}

pub fn ask(method: &str, address: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    ask_of(
        fixture::library(true),
        Options::default(),
        request.body(Body::empty()).unwrap(),
    )
}

pub fn get(address: &str) -> Answer {
    ask("GET", address, &[])
}

pub fn problem(answer: &Answer, code: &str) -> Value {
    let problem = answer.json();
    assert_eq!(problem["code"], code, "{problem}");
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(problem["status"], answer.status.as_u16());
    assert_eq!(problem["type"], format!("/problems/{code}"));
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.len() < 600 && detail.ends_with(['.', '?']), "{detail}");
    problem
}

/// The fixed embedder, slowed down so that a short limit is passed for certain.
struct Slow;

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
        std::thread::sleep(Duration::from_millis(400));
        FixedEmbedder.embed_query(text)
    }
    fn embed_passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbeddingError> {
        FixedEmbedder.embed_passages(texts)
    }
    fn cut(&self, text: &str, max_tokens: usize, overlap: usize) -> Vec<Range<usize>> {
        FixedEmbedder.cut(text, max_tokens, overlap)
    }
}

fn ids(answer: &Value) -> Vec<&str> {
    answer["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| hit["id"].as_str().unwrap())
        .collect()
}

#[test]
fn the_description_is_kept() {
    insta::assert_json_snapshot!("openapi", openapi());
}

/// Every documented address with a request that must succeed.
const GOOD: &[(&str, &str)] = &[
    ("/v1/search", "/v1/search?q=intimate%20image&explain=true"),
    (
        "/v1/compare",
        "/v1/compare?model_law=dignity-online&article=1&weight=threat_covered:5&columns=alignment",
    ),
    (
        "/v1/compare/timeline",
        "/v1/compare/timeline?topic=intimate-image-abuse",
    ),
    ("/v1/sheets/{of}", "/v1/sheets/XA?as_of=2025-01-01"),
    ("/v1/schemas/{name}", "/v1/schemas/grid"),
    (
        "/v1/wording",
        "/v1/wording?a=model-laws/dignity-online%23art-1&b=model-laws/dignity-online%23art-1",
    ),
    (
        "/v1/documents/{id}",
        "/v1/documents/legislation/xa/online-safety-act-2021",
    ),
    (
        "/v1/provisions/{id}",
        "/v1/provisions/legislation/xa/online-safety-act-2021%23s-66b?as_of=2025-01-01",
    ),
    (
        "/v1/provisions/{id}/similar",
        "/v1/provisions/legislation/xa/online-safety-act-2021%23s-66b/similar?per_jurisdiction=2",
    ),
    ("/v1/jurisdictions", "/v1/jurisdictions"),
    ("/v1/topics", "/v1/topics"),
    ("/v1/topics/{id}", "/v1/topics/doxing"),
    ("/v1/stats", "/v1/stats"),
    ("/health/live", "/health/live"),
    ("/health/ready", "/health/ready"),
    ("/metrics", "/metrics"),
    ("/openapi.json", "/openapi.json"),
];

#[test]
fn every_documented_address_answers_as_documented() {
    let description = serde_json::to_value(openapi()).unwrap();
    let documented: BTreeSet<&str> = description["paths"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    // What is sent with POST has its own tests, in `drafts.rs`.
    let with_get = GOOD.iter().map(|(path, _)| *path).chain(["/v1/compare/draft"]);
    assert_eq!(documented, with_get.collect());
    for (path, address) in GOOD {
        let answer = get(address);
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        let content = &description["paths"][path]["get"]["responses"]["200"]["content"];
        if let Some(schema) = content.get("application/json").map(|content| &content["schema"]) {
            let wrong = differences(&description, schema, &answer.json(), path);
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        }
        let unknown = get(&format!(
            "{}{}nonsense=1",
            address,
            if address.contains('?') { '&' } else { '?' }
        ));
        let allowed = problem(&unknown, "unknown-parameter")["allowed"].clone();
        let allowed: BTreeSet<&str> = allowed
            .as_array()
            .into_iter()
            .flatten()
            .map(|name| name.as_str().unwrap())
            .collect();
        let parameters = description["paths"][path]["get"]["parameters"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let query = parameters.iter().filter(|parameter| parameter["in"] == "query");
        assert_eq!(
            allowed,
            query.map(|parameter| parameter["name"].as_str().unwrap()).collect(),
            "{path}"
        );
    }
}

/// Where a value is not what its schema says: enough of JSON Schema for what the description uses.
fn differences(description: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = description.pointer(name.trim_start_matches('#')).unwrap();
        return differences(description, schema, value, at);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let each: Vec<_> = choices
            .iter()
            .map(|one| differences(description, one, value, at))
            .collect();
        return if each.iter().any(Vec::is_empty) {
            Vec::new()
        } else {
            each.concat()
        };
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return parts
            .iter()
            .flat_map(|part| differences(description, part, value, at))
            .collect();
    }
    let mut wrong = Vec::new();
    let named = |name: &str| match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => name == "number" || (name == "integer" && !number.is_f64()),
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    };
    let fits = match &schema["type"] {
        Value::String(name) => named(name),
        Value::Array(names) => names.iter().any(|name| named(name.as_str().unwrap())),
        _ => true,
    };
    if !fits
        || schema["enum"]
            .as_array()
            .is_some_and(|allowed| !allowed.contains(value))
    {
        wrong.push(format!("{at}: {value} does not fit {schema}"));
    }
    for required in schema["required"].as_array().into_iter().flatten() {
        if value.get(required.as_str().unwrap()).is_none() {
            wrong.push(format!("{at}: {required} is missing"));
        }
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(name) {
            wrong.extend(differences(description, schema, value, &format!("{at}.{name}")));
        }
    }
    for (place, value) in value.as_array().into_iter().flatten().enumerate() {
        wrong.extend(differences(
            description,
            &schema["items"],
            value,
            &format!("{at}[{place}]"),
        ));
    }
    wrong
}

#[test]
fn searches_filters_groups_and_pages() {
    let all = get("/v1/search?q=image").json();
    assert!(all["total"].as_u64().unwrap() > 1);
    let one = get("/v1/search?q=image&jurisdiction=xb,XC&jurisdiction=XD").json();
    assert!(
        one["hits"]
            .as_array()
            .unwrap()
            .iter()
            .all(|hit| hit["jurisdiction"] != "XA")
    );
    let first = get("/v1/search?q=image&limit=1").json();
    let second = get("/v1/search?q=image&limit=1&offset=1").json();
    assert_eq!([ids(&first), ids(&second)].concat(), ids(&all)[..2]);
    let grouped = get("/v1/search?q=image&group=jurisdiction&per_group=1").json();
    let groups = grouped["groups"].as_array().unwrap();
    assert!(groups.len() > 1 && groups.iter().all(|group| group["hits"].as_array().unwrap().len() == 1));
    let why = get("/v1/search?q=image&explain=true").json();
    assert!(why["hits"][0]["why"].is_object() && all["hits"][0]["why"].is_null());
    assert_eq!(get("/v1/search?q=zzqqxxyy&mode=keyword").json()["total"], 0);
    assert!(get("/v1/search").json()["total"].as_u64().unwrap() > 10);
}

#[test]
fn every_refusal_says_what_is_allowed() {
    let cases = [
        ("/v1/search?jurisdicton=KE", "unknown-parameter", "`jurisdiction`"),
        ("/v1/search?q=a&q=b", "repeated-parameter", "2 times"),
        ("/v1/search?mode=hybird", "invalid-value", "did you mean `hybrid`"),
        ("/v1/search?topic=doxxing", "invalid-value", "did you mean `doxing`"),
        ("/v1/search?region=Atlantis", "invalid-value", "Atlantis"),
        ("/v1/search?group=topic", "invalid-value", "jurisdiction"),
        ("/v1/search?per_group=2", "invalid-value", "group=jurisdiction"),
        ("/v1/search?explain=maybe", "invalid-value", "maybe"),
        ("/v1/search?jurisdiction=%F0%9F%92%A9", "invalid-value", "code"),
        ("/v1/search?as_of=2025-02-30", "invalid-date", "2025-02-30"),
        ("/v1/search?as_of=2025", "invalid-date", "YYYY-MM-DD"),
        ("/v1/search?limit=1000", "invalid-number", "1 to 100"),
        ("/v1/search?limit=0", "invalid-number", "1 to 100"),
        ("/v1/search?offset=-1", "invalid-number", "-1"),
        ("/v1/search?offset=99999999999999999999999", "invalid-number", "0 to"),
        ("/v1/search?q=a&jurisdiction=KE", "unknown-jurisdiction", "KE"),
        (
            "/v1/documents/legislation/xa/online-safety-act-2012",
            "unknown-id",
            "online-safety-act-2021",
        ),
        (
            "/v1/provisions/legislation/xa/online-safety-act-2021%23s-66c",
            "unknown-id",
            "s-66b",
        ),
        ("/v1/provisions/legislation/xa/no%23s-1/similar", "unknown-id", "no#s-1"),
        ("/v1/provisions/%FF", "invalid-address", "UTF-8"),
        ("/v1/serach", "unknown-route", "`/v1/search`"),
        ("/problems/none", "unknown-id", "none"),
    ];
    for (address, code, says) in cases {
        let problem = problem(&get(address), code);
        assert!(
            problem["detail"].as_str().unwrap().contains(says),
            "{address}: {problem}"
        );
    }
    let known = problem(&get("/v1/search?jurisdiction=KE"), "unknown-jurisdiction");
    assert!(known["allowed"].as_array().unwrap().contains(&"XA".into()));
}

#[test]
fn too_much_is_refused() {
    problem(&get(&format!("/v1/search?q={}", "a".repeat(2001))), "query-too-long");
    problem(
        &get(&format!("/v1/search?q={}", "a".repeat(40_000))),
        "address-too-long",
    );
    problem(
        &ask("GET", "/v1/stats", &[("content-length", "99999999")]),
        "body-too-large",
    );
    let post = ask("POST", "/v1/search", &[]);
    problem(&post, "method-not-allowed");
    assert_eq!(post.header("allow"), "GET, HEAD");
    let request = |address: &str| Request::builder().uri(address).body(Body::empty()).unwrap();
    let none = Options {
        max_in_flight: 0,
        ..Options::default()
    };
    let overloaded = ask_of(fixture::library(true), none.clone(), request("/v1/stats"));
    problem(&overloaded, "overloaded");
    assert_eq!(overloaded.header("retry-after"), "1");
    assert_eq!(
        ask_of(fixture::library(true), none, request("/health/live")).status,
        StatusCode::OK
    );
    let hasty = Options {
        timeout: Duration::from_millis(20),
        ..Options::default()
    };
    let slow = Library::open(&fixture::index(), Some(Arc::new(Slow)), Default::default()).unwrap();
    problem(&ask_of(Arc::new(slow), hasty, request("/v1/search?q=image")), "timeout");
}

#[test]
fn odd_queries_are_answered() {
    for query in [
        "%22",
        "%00%01%1b",
        "%E2%80%8F%E2%80%AEabc",
        "((((",
        "a:b:c",
        "%FF%FE",
        "-",
        "*",
        "AND",
        "+%22a",
        "field%3A",
    ] {
        let answer = get(&format!("/v1/search?q={query}"));
        assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.text());
    }
}

#[test]
fn without_a_model_it_is_said() {
    let ask = |address: &str| {
        let request = Request::builder().uri(address).body(Body::empty()).unwrap();
        ask_of(fixture::library(false), Options::default(), request)
    };
    let answer = ask("/v1/search?q=image").json();
    assert_eq!(answer["mode"], "keyword");
    assert!(!answer["notes"].as_array().unwrap().is_empty());
    problem(&ask("/v1/search?q=image&mode=semantic"), "no-model");
    assert!(ask("/").text().contains("keyword search only: no model"));
    assert_eq!(ask("/health/ready").json()["meaning"], false);
    assert!(ask("/metrics").text().contains("collex_model_loaded 0"));
    assert!(!get("/").text().contains("keyword search only"));
}

#[test]
fn pages_load_nothing_from_elsewhere() {
    for (address, says) in [("/", "<form"), ("/docs", "/v1/provisions/{id}/similar")] {
        let page = get(address);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert!(page.header("content-security-policy").contains("default-src 'none'"));
        let html = page.text();
        assert!(html.contains(says), "{html}");
        assert!(
            !html.contains("<script") && !html.contains("src=") && !html.contains("//fonts"),
            "{html}"
        );
        assert!(!html.contains("href=\"http"), "{html}");
    }
    let docs = get("/docs").text();
    for code in Code::ALL {
        assert!(docs.contains(&format!("id=\"{}\"", code.as_str())));
        let described = get(&format!("/problems/{}", code.as_str()));
        assert_eq!(described.header("location"), format!("/docs#{}", code.as_str()));
    }
    assert_eq!(get("/style.css").header("content-type"), "text/css; charset=utf-8");
}

#[test]
fn unchanged_answers_are_not_sent_again() {
    let first = get("/v1/search?q=image&limit=2");
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    assert_eq!(first.header("cache-control"), "private, no-cache");
    assert_eq!(
        get("/v1/search?limit=2&q=image").header("etag"),
        tag,
        "the order of parameters does not matter"
    );
    assert_ne!(get("/v1/search?q=image&limit=3").header("etag"), tag);
    let again = ask(
        "GET",
        "/v1/search?q=image&limit=2",
        &[("if-none-match", &format!("\"other\", {tag}"))],
    );
    assert_eq!(
        (again.status, again.body.len(), again.header("etag")),
        (StatusCode::NOT_MODIFIED, 0, tag.as_str())
    );
    let other = ask("GET", "/v1/search?q=image&limit=2", &[("if-none-match", "W/\"other\"")]);
    assert_eq!(other.status, StatusCode::OK);
    assert_eq!(get("/health/live").header("etag"), "");
    assert_eq!(get("/v1/documents/none").header("etag"), "");
}

#[test]
fn compresses_answers_heads_and_protects() {
    let plain = get("/openapi.json");
    let packed = ask("GET", "/openapi.json", &[("accept-encoding", "gzip")]);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.starts_with(&[0x1f, 0x8b]) && packed.body.len() * 3 < plain.body.len());
    assert!(packed.header("vary").to_lowercase().contains("accept-encoding"));
    let head = ask("HEAD", "/openapi.json", &[]);
    assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    assert_eq!(head.header("content-length"), plain.body.len().to_string());
    for answer in [&plain, &head, &get("/none")] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
    }
}

#[test]
fn counts_by_route_and_never_by_query() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let text = runtime.block_on(async {
        let router = router(fixture::library(true), Options::default());
        for address in [
            "/v1/search?q=secretword",
            "/secretword",
            &format!("/v1/provisions/{PROVISION}"),
        ] {
            let request = Request::builder().uri(address).body(Body::empty()).unwrap();
            router.clone().oneshot(request).await.unwrap();
        }
        let request = Request::builder().uri("/metrics").body(Body::empty()).unwrap();
        let body = router.oneshot(request).await.unwrap().into_body();
        String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap()
    });
    assert!(
        text.contains("collex_http_requests_total{method=\"GET\",route=\"/v1/search\",status=\"200\"} 1"),
        "{text}"
    );
    assert!(
        text.contains("route=\"/v1/provisions/{id}\"") && text.contains("route=\"unknown\",status=\"404\""),
        "{text}"
    );
    assert!(
        text.contains("collex_search_leg_seconds_count{leg=\"total\"} 1"),
        "{text}"
    );
    assert!(!text.contains("secretword"));
}

/// A server on a free port, stopped when told so.
struct Running {
    address: SocketAddr,
    stop: tokio::sync::oneshot::Sender<()>,
    thread: std::thread::JoinHandle<Result<(), ApiError>>,
}

fn run(library: Arc<Library>, options: Options) -> Running {
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let (ready, address) = std::sync::mpsc::channel();
    let thread = std::thread::spawn(move || {
        let stopped = async {
            let _ = stopped.await;
        };
        serve_until(library, &options, |address| ready.send(address).unwrap(), stopped)
    });
    Running {
        address: address.recv().unwrap(),
        stop,
        thread,
    }
}

fn local() -> Options {
    Options {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        reload_every: Duration::from_millis(20),
        ..Options::default()
    }
}

/// Sends one request on a connection of its own and gives back the whole answer.
fn fetch(address: SocketAddr, path: &str) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    write!(
        connection,
        "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_newer_index_is_taken_up_without_losing_a_request() {
    let folder = tempfile::tempdir().unwrap();
    let (index, corpus) = (folder.path().join("index"), folder.path().join("corpus"));
    copy(&fixture::roots().corpus, &corpus);
    let roots = collex::corpus::Roots {
        corpus: corpus.clone(),
        model_laws: fixture::roots().model_laws,
    };
    let embedder = FixedEmbedder;
    let build = || {
        let options = collex::index::BuildOptions::new(index.clone(), roots.clone(), &|_| {});
        collex::index::build(&options, Some(&embedder)).unwrap()
    };
    build();
    let library = Arc::new(Library::open(&index, Some(Arc::new(embedder)), Default::default()).unwrap());
    let first = library.generation();
    let server = run(Arc::clone(&library), local());
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..16)
            .map(|_| {
                scope.spawn(|| {
                    for _ in 0..40 {
                        let answer = fetch(server.address, "/v1/search?q=image");
                        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
                    }
                })
            })
            .collect();
        let act = corpus.join("legislation/xa/online-safety-act-2021.md");
        let text = std::fs::read_to_string(&act).unwrap();
        std::fs::write(&act, text.replace("photograph", "photo")).unwrap();
        build();
        asking.into_iter().for_each(|thread| thread.join().unwrap());
    });
    let begun = std::time::Instant::now();
    while library.generation() == first && begun.elapsed() < Duration::from_secs(5) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(library.generation() > first);
    server.stop.send(()).unwrap();
    server.thread.join().unwrap().unwrap();
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn stops_in_good_order() {
    let server = run(fixture::library(true), local());
    // An idle connection that is kept open must not hold up the end.
    let mut idle = TcpStream::connect(server.address).unwrap();
    write!(idle, "GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    idle.read_exact(&mut [0; 12]).unwrap();
    let asking = std::thread::spawn(move || fetch(server.address, "/v1/search?q=image"));
    assert!(asking.join().unwrap().starts_with("HTTP/1.1 200"));
    let begun = std::time::Instant::now();
    server.stop.send(()).unwrap();
    server.thread.join().unwrap().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(TcpStream::connect(server.address).is_err());
}

#[test]
fn a_port_in_use_is_said_with_the_cure() {
    let server = run(fixture::library(true), local());
    let taken = Options {
        listen: server.address,
        ..local()
    };
    let error = serve_until(fixture::library(true), &taken, |_| {}, async {})
        .unwrap_err()
        .to_string();
    assert!(
        error.contains(&server.address.to_string()) && error.contains("--listen"),
        "{error}"
    );
    server.stop.send(()).unwrap();
    server.thread.join().unwrap().unwrap();
}

#[test]
fn compares_jurisdictions_in_one_grid() {
    let grid =
        get("/v1/compare?topic=intimate-image-abuse&jurisdiction=XC,XA&element=max_imprisonment_months,max_fine")
            .json();
    assert_eq!(grid["columns"][0]["code"], "XC");
    let cell = &grid["rows"][0]["cells"][1];
    assert_eq!(
        (cell["state"].as_str(), cell["values"][0]["value"].as_u64()),
        (Some("provided"), Some(36))
    );
    let provision = cell["values"][0]["provision"].as_str().unwrap();
    let described = &grid["provisions"][provision];
    assert_eq!(
        (described["title"].as_str(), described["confidence"].as_str()),
        (Some("Online Safety Act 2021"), Some("primary"))
    );
    // The permanent link gives the same grid again.
    let parameters = grid["parameters"].as_array().unwrap().iter();
    let query: Vec<String> = parameters
        .map(|pair| format!("{}={}", pair["name"].as_str().unwrap(), pair["value"].as_str().unwrap()))
        .collect();
    let again = get(&format!("/v1/compare?{}", query.join("&"))).json();
    assert_eq!((&again["rows"], &again["columns"]), (&grid["rows"], &grid["columns"]));
}

#[test]
fn refuses_what_cannot_be_compared() {
    for (address, code, allowed) in [
        ("/v1/compare", "invalid-value", "topic"),
        ("/v1/compare?topic=doxing&q=doxing", "invalid-value", "provision"),
        ("/v1/compare?topic=doxin", "invalid-value", "doxing"),
        ("/v1/compare?topic=doxing&element=max_fin", "invalid-value", "max_fine"),
        ("/v1/compare?topic=doxing&jurisdiction=XZ", "unknown-jurisdiction", "XA"),
        ("/v1/compare?topic=doxing&columns=size", "invalid-value", "alignment"),
        (
            "/v1/compare?topic=doxing&as_of=2025-02-30",
            "invalid-date",
            "YYYY-MM-DD",
        ),
        (
            "/v1/compare?model_law=dignity-online&article=9",
            "unknown-id",
            "model-laws/dignity-online%23art-1",
        ),
        (
            "/v1/compare?model_law=dignity",
            "unknown-id",
            "model-laws/dignity-online",
        ),
        (
            "/v1/compare?provision=legislation/xa/online-safety-act-2021%23s-66",
            "unknown-id",
            "legislation/xa/online-safety-act-2021%23s-66b",
        ),
        ("/v1/compare/timeline?topic=dox", "invalid-value", "doxing"),
        ("/v1/compare/timeline", "invalid-value", "doxing"),
    ] {
        let problem = problem(&get(address), code);
        let names: Vec<&str> = problem["allowed"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one.as_str().unwrap())
            .collect();
        assert!(
            names.contains(&allowed.replace("%23", "#").as_str()),
            "{address}: {problem}"
        );
    }
    problem(&get("/v1/compare?topic=doxing&weight=max_fine:many"), "invalid-value");
    problem(&get("/v1/compare?article=6"), "invalid-value");
}
