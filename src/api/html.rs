//! The frame of the plain pages: no script, nothing from elsewhere, light and dark.

use axum::http::header;
use axum::response::{IntoResponse, Response};

pub(super) use crate::export::escape;

/// What a page may load: its own style sheet.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page with a title; `body` is HTML already.
pub(super) fn page(title: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"stylesheet\" href=\"/style.css\">\n\
         </head>\n<body>\n{body}\n</body>\n</html>\n",
        escape(title)
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, html).into_response()
}

/// The style sheet of all pages.
pub(super) async fn style() -> Response {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("style.css"),
    )
        .into_response()
}

/// A comment of the code as HTML: paragraphs, and code between backticks.
pub(super) fn prose(text: &str) -> String {
    let paragraph = |text: &str| {
        let mut html = String::new();
        for (at, part) in escape(text).split('`').enumerate() {
            let code = at % 2 == 1;
            html.push_str(&if code {
                format!("<code>{part}</code>")
            } else {
                part.to_owned()
            });
        }
        html
    };
    text.split("\n\n").map(paragraph).collect::<Vec<_>>().join("<br><br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_inside_its_marks() {
        assert_eq!(prose("a `b<` c"), "a <code>b&lt;</code> c");
    }
}
