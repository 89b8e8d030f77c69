//! Answers taken away as files: which format is wanted, and the headers that go with it.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::api::errors::Problem;
use crate::api::parameters::Parameters;
use crate::export::{Export, ExportError, Format};

/// What an exported page may load: its own style, which stands in it.
const PAGE_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        Self::internal(&error)
    }
}

/// The format that is asked for by parameter, or else by the `Accept` header; none for the plain answer. An `Accept` of
/// JSON asks for the plain answer.
pub(super) fn wanted(parameters: &Parameters, headers: &HeaderMap) -> Result<Option<Format>, Problem> {
    let named = parameters.word("format")?;
    Ok(named.or_else(|| accepted(headers)))
}

/// The format that the `Accept` header asks for.
pub(super) fn accepted(headers: &HeaderMap) -> Option<Format> {
    let accept = headers.get(header::ACCEPT)?.to_str().ok()?;
    Format::accepted(accept).filter(|format| *format != Format::Json)
}

/// An export in a format, with the name of its file.
pub(super) fn written(export: &Export, format: Format) -> Result<(Vec<u8>, String), Problem> {
    Ok((export.write(format)?, export.file_name(format)))
}

/// A file as a response: a page is shown, everything else is saved.
pub(super) fn file((body, name): (Vec<u8>, String), format: Format) -> Response {
    let kind = HeaderValue::from_static(format.media_type());
    let mut response = ([(header::CONTENT_TYPE, kind)], body).into_response();
    let headers = response.headers_mut();
    let how = if format == Format::Html { "inline" } else { "attachment" };
    // The name is made of small letters, digits and hyphens.
    if let Ok(value) = HeaderValue::from_str(&format!("{how}; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    if format == Format::Html {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    response
}
