//! References between documents: each must lead to a document or provision that exists.

use std::collections::BTreeSet;

use super::fields::clip;
use super::markdown::FOLDERS;
use super::problem::Report;

/// The identifier that `target`, written in the document `from`, refers to; none for an address on the web.
pub(super) fn identifier(target: &str, from: &str) -> Option<String> {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    if target.starts_with("//") || scheme.is_some_and(|s| s.len() > 1 && s.bytes().all(|b| b.is_ascii_alphanumeric())) {
        return None;
    }
    let (path, anchor) = target
        .split_once('#')
        .map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let path = path.strip_suffix(".md").unwrap_or(path);
    let absolute = path.trim_start_matches('/');
    let document = if path.is_empty() {
        from.to_owned()
    } else if FOLDERS.iter().any(|folder| absolute.starts_with(folder)) {
        absolute.to_owned()
    } else {
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        let joined = parts.join("/");
        joined.strip_prefix("corpus/").map(str::to_owned).unwrap_or(joined)
    };
    Some(match anchor {
        Some(anchor) => format!("{document}#{anchor}"),
        None => document,
    })
}

/// Reports every link of the document `from` that leads to nothing in `known`.
pub(super) fn check(from: &str, links: &[(String, usize)], known: &BTreeSet<&str>, report: &mut Report) {
    for (target, line) in links {
        let Some(wanted) = identifier(target, from) else {
            continue;
        };
        if known.contains(wanted.as_str()) {
            continue;
        }
        let document = wanted.split('#').next().unwrap_or_default();
        let cure = if known.contains(document) {
            format!("The document is there, but no heading with this anchor; see its headings in {document}.md")
        } else {
            match crate::law::nearest(&wanted, &known.iter().copied().collect::<Vec<_>>()) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Write the identifier of a document of the corpus, or remove the link".to_owned(),
            }
        };
        report.say(*line, format!("`{}` leads to nothing", clip(target)), cure);
    }
}

#[cfg(test)]
mod tests {
    use super::identifier;

    #[test]
    fn resolves_what_is_written() {
        let from = "legislation/xa/online-safety-act";
        for (target, wanted) in [
            ("#s-1", Some("legislation/xa/online-safety-act#s-1")),
            ("penal-code.md#s-2", Some("legislation/xa/penal-code#s-2")),
            ("../xb/code.md", Some("legislation/xb/code")),
            ("../../jurisdictions/xa.md", Some("jurisdictions/xa")),
            ("../../../model-laws/m.md#art-1", Some("model-laws/m#art-1")),
            ("/legislation/xa/penal-code", Some("legislation/xa/penal-code")),
            ("instruments/xcu/protocol#art-4", Some("instruments/xcu/protocol#art-4")),
            ("https://example.org/x", None),
            ("mailto:a@example.org", None),
        ] {
            assert_eq!(identifier(target, from).as_deref(), wanted, "{target}");
        }
        assert_eq!(
            identifier("../corpus/legislation/xa/y.md", "model-laws/m").as_deref(),
            Some("legislation/xa/y")
        );
    }
}
