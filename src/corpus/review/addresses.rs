//! Is the address of a source that of the page itself, and does it say what is there?

use std::collections::BTreeSet;

use super::{Page, base, path};
use crate::corpus::fields::clip;
use crate::corpus::problem::{Problem, Question};
use crate::law::SourceKind;

/// Parts of host names of readers, translators and caches that show the pages of others.
const PROXIES: &[&str] = &[
    "12ft.io",
    "cdn.ampproject.org",
    "googleusercontent",
    "r.jina.ai",
    "threadreaderapp",
    "translate.goog",
    "webcache",
];

/// Addresses by which nobody could find the page again, each once a document.
pub(super) fn ask(pages: &[Page<'_>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    // A version in another language has the sources of its original.
    for (document, provisions) in pages.iter().filter(|(document, _)| base(&document.id).is_none()) {
        let own = document.url.iter().map(|url| (url, None, 1));
        let sources = provisions.iter().flat_map(|provision| {
            let at = |line| {
                provision
                    .sources
                    .iter()
                    .map(move |source| (&source.url, Some(source.kind), line))
            };
            at(provision.line)
        });
        let mut told = BTreeSet::new();
        for (url, kind, line) in own.chain(sources) {
            let Some(what) = fault(url, kind).filter(|_| told.insert(url)) else {
                continue;
            };
            let cure = "Open it, and write the address of the page at its publisher";
            let message = format!("`{}` {what}", clip(url));
            problems.push(Problem::found(Question::Address, &path(document), line, message, cure));
        }
    }
    problems
}

/// What is wrong with an address. Official publishers may number their pages.
fn fault(url: &str, kind: Option<SourceKind>) -> Option<&'static str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = authority.split(':').next().unwrap_or_default();
    if !host.contains('.') {
        return Some("names no host");
    }
    if host.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return Some("names a machine by its number instead of a host by its name");
    }
    // Libraries lend their access under names such as `ezproxy.lib.example` or `www-paper-xa.lib.example`.
    let library = |label: &str| label.ends_with("proxy") || label.starts_with("www-");
    if PROXIES.iter().any(|proxy| host.contains(proxy)) || host.split('.').any(library) {
        return Some("leads through a site that shows the pages of others");
    }
    let numbered = path.split('/').any(|part| !part.is_empty()) && path.chars().all(|c| c.is_ascii_digit() || c == '/');
    let official = matches!(kind, Some(SourceKind::Official | SourceKind::Court | SourceKind::Body));
    (numbered && !official).then_some("is a bare number, which does not say what is there")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_bare_numbers_and_proxies_from_ordinary_addresses() {
        let news = Some(SourceKind::News);
        for (url, kind) in [
            ("https://news.example//978019475", news),
            ("https://news.example/449276/", news),
            ("http://103.16.74.116/bangladesh/ordinance", news),
            (
                "http://138.25.65.29:8080/au/legis/s63db.html",
                Some(SourceKind::Official),
            ),
            ("https://www-paper-xa.nproxy.org/story.html", news),
            ("https://laws-example-xa.translate.goog/act", Some(SourceKind::Official)),
            ("https://r.jina.ai/https://laws.example/act", None),
            ("https:///act", None),
        ] {
            assert!(fault(url, kind).is_some(), "{url}");
        }
        for (url, kind) in [
            ("https://new.kenyalaw.org/akn/ke/act/2018/5/", news),
            ("https://www.legislation.gov.uk/ukpga/2023/50", None),
            ("https://laws.example/5", Some(SourceKind::Official)),
            ("https://laws.example/", news),
            ("https://laws.example/?id=12", news),
            ("https://www.proxydata.example/a", news),
        ] {
            assert_eq!(fault(url, kind), None, "{url}");
        }
    }
}
