//! Drafts and wording, as users send them: the command line's file and the API's body, on the whole corpus without a model.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use collex::api::{Options, router};
use collex::compare::{
    AskedState, Draft, DraftError, DraftFormat, DraftReport, DraftRequest, GridRequest, Recognised, Reuse,
    SectionReport, Subject,
};
use collex::corpus::Roots;
use collex::index::{BuildOptions, build};
use collex::law::{Answer, Code, Element, ElementValue};
use collex::library::Library;
use collex::search::Tuning;
use serde_json::Value;
use tower::ServiceExt;
use zip::write::SimpleFileOptions;

use crate::cli::{fixtures, index, run};
use crate::fixture;

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Ten sections of an invented country, with three gaps on purpose: threats, generated images, anonymity.
fn bill() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/drafts/digital-safety-bill.md");
    std::fs::read_to_string(path).unwrap()
}

/// The library over the whole corpus, by words only.
fn whole() -> Arc<Library> {
    static LIBRARY: OnceLock<(tempfile::TempDir, Arc<Library>)> = OnceLock::new();
    let (_, library) = LIBRARY.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = tempfile::tempdir().unwrap();
        let roots = Roots {
            corpus: root.join("corpus"),
            model_laws: root.join("model-laws"),
        };
        build(&BuildOptions::new(folder.path().to_path_buf(), roots, &|_| {}), None).unwrap();
        let library = Library::open(folder.path(), None, Tuning::default()).unwrap();
        (folder, Arc::new(library))
    });
    Arc::clone(library)
}

fn examined(text: &str, codes: &[&str]) -> DraftReport {
    let codes: Vec<Code> = codes.iter().map(|code| code.parse().unwrap()).collect();
    let request = DraftRequest {
        against: GridRequest::about(Subject::Topics(Vec::new())).of_jurisdictions(codes),
        model_law: None,
    };
    let draft = Draft::read(text.as_bytes(), DraftFormat::Markdown).unwrap();
    whole().examine(&draft, &request).unwrap()
}

fn section<'a>(report: &'a DraftReport, pinpoint: &str) -> &'a SectionReport {
    let found = report
        .sections
        .iter()
        .find(|section| section.pinpoint.as_deref() == Some(pinpoint));
    found.unwrap_or_else(|| panic!("no {pinpoint}"))
}

fn stated(section: &SectionReport, element: Element) -> Option<&Recognised> {
    section.elements.iter().find(|one| one.element == element)
}

#[test]
fn sets_each_section_against_its_article() {
    let report = examined(&bill(), &["ALL"]);
    assert_eq!(report.sections.len(), 10);
    for (pinpoint, article) in [
        ("s 2", "model-laws/tfgbv-model-law#art-6"),
        ("s 3", "model-laws/tfgbv-model-law#art-9"),
        ("s 4", "model-laws/tfgbv-model-law#art-11"),
        ("s 5", "model-laws/tfgbv-model-law#art-13"),
        ("s 6", "model-laws/tfgbv-model-law#art-17"),
        ("s 7", "model-laws/tfgbv-model-law#art-22"),
        ("s 8", "model-laws/platform-accountability-model-law#art-7"),
        ("s 10", "model-laws/tfgbv-model-law#art-36"),
    ] {
        let found: Vec<&str> = section(&report, pinpoint)
            .articles
            .iter()
            .map(|one| one.article.id.as_str())
            .collect();
        assert!(found.contains(&article), "{pinpoint}: {found:?}");
    }
}

#[test]
fn shows_what_is_there_with_the_very_words() {
    let report = examined(&bill(), &["ALL"]);
    // What is there, with the very words.
    let offence = section(&report, "s 2");
    let months = stated(offence, Element::MaxImprisonmentMonths).unwrap();
    assert_eq!(months.value, Some(ElementValue::Whole(36)));
    assert_eq!(months.by[0].words, "not exceeding three years");
    let motive = stated(offence, Element::MotiveRequired).unwrap();
    assert_eq!(motive.value, Some(ElementValue::Answer(Answer::No)));
    let removal = section(&report, "s 8");
    assert_eq!(
        stated(removal, Element::RemovalDeadlineHours).unwrap().value,
        Some(ElementValue::Whole(24))
    );
    for section in &report.sections {
        let letters: Vec<char> = section.text.chars().collect();
        for by in section.elements.iter().flat_map(|one| &one.by) {
            assert_eq!(letters[by.start..by.end].iter().collect::<String>(), by.words);
        }
    }
}

#[test]
fn finds_the_three_gaps_and_the_thirty_years() {
    let report = examined(&bill(), &["ALL"]);
    // The three gaps, each as an article and as an element.
    let missing: Vec<&str> = report
        .missing_articles
        .iter()
        .map(|one| one.article.id.as_str())
        .collect();
    for article in ["art-7", "art-8", "art-29"] {
        let id = format!("model-laws/tfgbv-model-law#{article}");
        assert!(missing.contains(&id.as_str()), "{article}: {missing:?}");
    }
    assert!(
        missing.iter().position(|id| id.ends_with("tfgbv-model-law#art-8")) < Some(3),
        "{missing:?}"
    );
    let elements: Vec<Element> = report.missing_elements.iter().map(|one| one.element).collect();
    for element in [Element::ThreatCovered, Element::SyntheticCovered, Element::Anonymity] {
        assert!(elements.contains(&element), "{element}: {elements:?}");
        assert!(
            report.sections.iter().all(|section| stated(section, element).is_none()),
            "{element} is not in it"
        );
    }
    let suggested = report.suggestions.iter().filter_map(|one| one.article.as_deref());
    let suggested: Vec<&str> = suggested.collect();
    assert!(suggested.contains(&"model-laws/tfgbv-model-law#art-8"));
    for id in suggested {
        assert!(whole().provision(id).unwrap().is_some(), "{id} is no article");
    }

    // Thirty years for stalking.
    let unusual = report
        .unusual
        .iter()
        .find(|one| one.element == Element::MaxImprisonmentMonths)
        .unwrap();
    assert_eq!(report.sections[unusual.section - 1].pinpoint.as_deref(), Some("s 4"));
    assert!(unusual.above && unusual.range.count >= 3 && !unusual.range.maximum.jurisdictions.is_empty());
    assert!(unusual.reason.contains("360 months"), "{}", unusual.reason);
}

#[test]
fn nearest_provisions_are_of_the_countries_asked_for() {
    let report = examined(&bill(), &["MX", "CL", "AR"]);
    let codes: Vec<&str> = report.jurisdictions.iter().map(Code::as_str).collect();
    let near: Vec<_> = report.sections.iter().flat_map(|section| &section.nearest).collect();
    assert!(!near.is_empty());
    for one in near {
        assert!(codes.contains(&one.jurisdiction.as_str()));
        assert!(report.provisions.contains_key(&one.provision), "{}", one.provision);
    }
}

#[test]
fn a_copied_article_is_told_from_an_adapted_one() {
    let (article, _) = whole().provision("model-laws/tfgbv-model-law#art-6").unwrap().unwrap();
    let copied = examined(
        &format!(
            "Section 1 — Sharing an intimate image without consent\n\n{}",
            article.text
        ),
        &["KE"],
    );
    let passages = &copied.sections[0].articles[0].passages;
    assert!(passages.iter().any(|one| one.reuse == Reuse::Copied), "{passages:?}");
    assert!(
        copied.sections[0]
            .asked
            .iter()
            .all(|asked| asked.state != AskedState::Differs)
    );
}

#[test]
fn reads_spanish_and_arabic_drafts() {
    let spanish = "Artículo 1.- Difusión de imágenes íntimas. Quien difunda imágenes íntimas de una persona sin su consentimiento, \
        o amenace con difundirlas, será sancionado con prisión de uno a tres años.\n\nArtículo 2.- Perspectiva. El Estado adopta \
        medidas con perspectiva de género.\n";
    let report = examined(spanish, &["MX"]);
    assert_eq!(report.language.as_deref(), Some("es"));
    let offence = section(&report, "art 1");
    assert_eq!(
        stated(offence, Element::MaxImprisonmentMonths).unwrap().value,
        Some(ElementValue::Whole(36))
    );
    assert!(
        offence
            .articles
            .iter()
            .any(|one| one.article.id.contains("tfgbv-model-law#art-")),
        "{:?}",
        offence.topics
    );
    let arabic = "المادة ١: نشر الصور الخاصة\n\nيعاقب بالحبس مدة لا تقل عن سنة ولا تجاوز ثلاث سنوات كل من نشر صورا خاصة لشخص دون رضاه.";
    let report = examined(arabic, &["EG"]);
    assert_eq!(report.language.as_deref(), Some("ar"));
    assert_eq!(
        stated(section(&report, "art 1"), Element::MinImprisonmentMonths)
            .unwrap()
            .value,
        Some(ElementValue::Whole(12))
    );
}

#[test]
fn a_language_it_does_not_know_is_said() {
    let turkish = "Madde 1 - Rızası olmaksızın bir kişinin özel görüntülerini yayan kimse, iki yıldan beş yıla kadar hapis cezası ile \
        cezalandırılır. Bu suçun basın ve yayın yoluyla işlenmesi halinde de aynı cezaya hükmolunur.";
    let report = examined(turkish, &["TR"]);
    assert_eq!(report.language, None);
    assert!(report.sections[0].elements.is_empty());
    assert!(
        report.notes[0].contains("Turkish") && report.notes[0].contains("Arabic"),
        "{:?}",
        report.notes
    );
}

/// A DOCX with this XML as its document, deflated.
fn docx_of(document: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive
        .start_file("word/document.xml", SimpleFileOptions::default())
        .unwrap();
    archive.write_all(document).unwrap();
    archive.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let xml = format!(r#"<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>"#);
    docx_of(xml.as_bytes())
}

const PARAGRAPHS: &str = r#"<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Bill</w:t></w:r></w:p>
    <w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>Section 1 </w:t></w:r><w:r><w:t>&#8212; Threats &amp; sharing</w:t></w:r></w:p>
    <w:p><w:r><w:t>A person who threatens to share an intimate image is liable to imprisonment </w:t></w:r><w:del><w:r><w:delText>of ten
    years</w:delText></w:r></w:del><w:ins><w:r><w:t>not exceeding two years.</w:t></w:r></w:ins></w:p>"#;

fn read(bytes: &[u8]) -> Result<(), DraftError> {
    Draft::read(bytes, DraftFormat::Docx).map(|_| ())
}

#[test]
fn reads_a_docx_and_refuses_what_is_none() {
    let draft = Draft::read(&docx(PARAGRAPHS), DraftFormat::Docx).unwrap();
    let report = whole().examine(&draft, &DraftRequest::default()).unwrap();
    let section = section(&report, "s 1");
    assert_eq!(section.heading, "Threats & sharing");
    assert_eq!(
        stated(section, Element::MaxImprisonmentMonths).unwrap().value,
        Some(ElementValue::Whole(24))
    );

    assert!(matches!(read(b"Section 1"), Err(DraftError::NotDocx { .. })));
    assert!(matches!(
        read(b"PK\x03\x04 and nothing behind"),
        Err(DraftError::NotDocx { .. })
    ));
    assert!(matches!(
        read(&docx_of(b"<html><body/></html>")),
        Err(DraftError::NotDocx { .. })
    ));
    assert!(matches!(
        read(&docx_of(b"<w:document><w:p>")),
        Err(DraftError::NotDocx { .. } | DraftError::Empty)
    ));
    assert_eq!(read(&docx("")), Err(DraftError::Empty));
    assert_eq!(read(b""), Err(DraftError::Empty));
    let entity = br#"<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>"#;
    assert!(matches!(read(&docx_of(entity)), Err(DraftError::NotDocx { .. })));
}

#[test]
fn refuses_what_is_encrypted_or_unpacks_to_gigabytes() {
    let compound = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    assert_eq!(read(&compound), Err(DraftError::Encrypted));
    // The bit that says that a part is encrypted, in its own header and in the list at the end.
    let mut locked = docx(PARAGRAPHS);
    for (mark, bit) in [(&b"PK\x03\x04"[..], 6), (&b"PK\x01\x02"[..], 8)] {
        let at = locked.windows(4).position(|four| four == mark).unwrap();
        locked[at + bit] |= 1;
    }
    assert_eq!(read(&locked), Err(DraftError::Encrypted));

    let bomb = docx_of(&vec![b' '; 64 * 1024 * 1024]);
    assert!(bomb.len() < 1024 * 1024, "small until it is unpacked");
    assert!(matches!(read(&bomb), Err(DraftError::Unpacks { .. })));
}

#[test]
fn an_empty_draft_and_one_that_is_too_long_are_refused_with_the_limit() {
    let of = |bytes: &[u8]| Draft::read(bytes, DraftFormat::Text).map(|_| ()).unwrap_err();
    assert_eq!(of(b""), DraftError::Empty);
    assert_eq!(of(b" \n 12 -- \n"), DraftError::Empty);
    assert_eq!(of(&[0xff, 0xfe, b'a']), DraftError::NotText);
    let long = of("a ".repeat(3 * 1024 * 1024).as_bytes());
    assert_eq!(long, DraftError::TooLarge);
    assert!(long.to_string().contains("5 MB"), "{long}");
    let many: String = (1..=1_200).map(|at| format!("Section {at}.\nText.\n\n")).collect();
    let draft = Draft::read(many.as_bytes(), DraftFormat::Text).unwrap();
    let refused = whole().examine(&draft, &DraftRequest::default()).unwrap_err();
    assert!(refused.is_askers() && refused.to_string().contains("1200"), "{refused}");
}

struct Reply {
    status: StatusCode,
    cache: String,
    body: Value,
}

fn post(address: &str, kind: Option<&str>, body: Vec<u8>) -> Reply {
    let mut request = Request::builder().method("POST").uri(address);
    if let Some(kind) = kind {
        request = request.header("content-type", kind);
    }
    let request = request
        .header("content-length", body.len())
        .body(Body::from(body))
        .unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let response = router(fixture::library(true), Options::default())
            .oneshot(request)
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Reply {
            status: parts.status,
            cache: parts.headers["cache-control"].to_str().unwrap().to_owned(),
            body: serde_json::from_slice(&body).unwrap(),
        }
    })
}

#[test]
fn the_api_reads_drafts_within_limits_and_keeps_nothing() {
    let address = "/v1/compare/draft?jurisdiction=xa,xb";
    let good = post(address, Some("text/markdown; charset=utf-8"), bill().into_bytes());
    assert_eq!(good.status, StatusCode::OK, "{}", good.body);
    assert_eq!(good.cache, "no-store");
    assert_eq!(good.body["sections"].as_array().unwrap().len(), 10);
    let as_docx = post(address, Some(DOCX), docx(PARAGRAPHS));
    assert_eq!(as_docx.body["sections"][0]["pinpoint"], "s 1");
}

#[test]
fn the_api_says_what_it_does_not_read() {
    let address = "/v1/compare/draft?jurisdiction=xa,xb";
    let refused = |answer: Reply, status: StatusCode, code: &str, word: &str| {
        assert_eq!(
            (answer.status, answer.body["code"].as_str()),
            (status, Some(code)),
            "{}",
            answer.body
        );
        assert!(
            answer.body["detail"].as_str().unwrap().contains(word),
            "{}",
            answer.body
        );
        assert_eq!(answer.cache, "no-store");
    };
    let text = Some("text/plain");
    refused(
        post(address, None, b"Section 1".to_vec()),
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "unsupported-media-type",
        "missing",
    );
    refused(
        post(address, Some("application/pdf"), b"x".to_vec()),
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "unsupported-media-type",
        "application/pdf",
    );
    refused(
        post(address, text, Vec::new()),
        StatusCode::BAD_REQUEST,
        "invalid-value",
        "empty",
    );
    refused(
        post(address, Some(DOCX), b"no docx".to_vec()),
        StatusCode::BAD_REQUEST,
        "invalid-value",
        "DOCX",
    );
    refused(
        post(address, text, vec![b'a'; 5 * 1024 * 1024 + 1]),
        StatusCode::PAYLOAD_TOO_LARGE,
        "body-too-large",
        "5 MB",
    );
    refused(
        post(
            "/v1/compare/draft?jurisdiction=QQ",
            text,
            b"Section 1. No one may share.".to_vec(),
        ),
        StatusCode::BAD_REQUEST,
        "unknown-jurisdiction",
        "QQ",
    );
    refused(
        post(
            "/v1/compare/draft?model_law=none",
            text,
            b"Section 1. No one may share.".to_vec(),
        ),
        StatusCode::NOT_FOUND,
        "unknown-id",
        "none",
    );
    refused(
        post("/v1/compare/draft?topic=doxing", text, b"Section 1".to_vec()),
        StatusCode::BAD_REQUEST,
        "unknown-parameter",
        "topic",
    );
    refused(
        post("/v1/search", text, b"x".to_vec()),
        StatusCode::METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "GET",
    );
}

#[test]
fn wording_is_of_official_words_and_model_articles_only() {
    let library = fixture::library(false);
    let article = "model-laws/dignity-online#art-1";
    let same = library.wording(article, article).unwrap();
    assert_eq!((same.share_of_a, same.passages.len()), (1.0, 1));
    assert_eq!(same.passages[0].reuse, Reuse::Copied);
    let summary = library
        .wording(article, "legislation/xa/online-safety-act-2021#s-66b")
        .unwrap_err();
    assert!(summary.to_string().contains("not the words of the law"), "{summary}");
    let french = library
        .wording(article, "model-laws/dignity-online.fr#art-1")
        .unwrap_err();
    assert!(french.to_string().contains("within one language"), "{french}");
    assert!(library.wording(article, "model-laws/dignity-online#art-9").is_err());
}

#[test]
fn the_command_line_reads_a_file_and_refuses_others() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let compare = |path: &Path, more: &[&str]| {
        let mut command = fixtures(index());
        command.args(["compare", "--draft"]).arg(path).args(more);
        run(&mut command)
    };
    let good = compare(&file("bill.md", bill().as_bytes()), &["--jurisdiction", "XA,XB"]);
    assert_eq!(good.code, 0, "{}", good.err);
    for words in [
        "10 provisions",
        "not exceeding three years",
        "Missing",
        "Unusual",
        "Suggestions",
    ] {
        assert!(good.out.contains(words), "{words}: {}", good.out);
    }
    let json = compare(&file("bill.md", bill().as_bytes()), &["--json"]).json();
    assert_eq!(json["sections"][1]["pinpoint"], "s 2");
    compare(&file("bill.pdf", b"x"), &[]).fails(2, &[".docx"]);
    compare(&file("bill.docx", b"x"), &[]).fails(2, &["no DOCX"]);
    compare(&file("empty.txt", b""), &[]).fails(2, &["empty"]);
    compare(&folder.path().join("absent.md"), &[]).fails(2, &["absent.md"]);
    compare(&file("bill.md", bill().as_bytes()), &["--topic", "doxing"]).fails(2, &["--topic"]);
    compare(&file("bill.md", bill().as_bytes()), &["--jurisdiction", "QQ"]).fails(2, &["QQ"]);
}
