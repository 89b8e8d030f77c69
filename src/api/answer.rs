//! JSON with an entity tag, so that what a client has already is not sent, and not computed, again.

use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::api::problem::Problem;
use crate::api::work::Shared;

/// The tag of an answer: the index, the day (on which "in force" hangs) and the address tell it beforehand.
///
/// Weak (RFC 9110, 8.8.1), because the times in an answer differ from run to run.
pub(super) fn tag(shared: &Shared, uri: &Uri) -> HeaderValue {
    let library = &shared.library;
    let whole = format!("{}\n{}\n{uri}", library.corpus(), library.no_meaning().is_some());
    let tag = format!(
        "W/\"{}-{}-{:08x}\"",
        library.generation(),
        crate::law::today(),
        crc32fast::hash(whole.as_bytes())
    );
    HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"0\""))
}

/// Whether the client has the answer with this tag already.
pub(super) fn has_it(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let tag = tag.to_str().unwrap_or_default();
    known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag || one.trim() == "*"))
}

/// "You have it."
pub(super) fn not_modified(tag: HeaderValue) -> Response {
    (
        StatusCode::NOT_MODIFIED,
        [(header::ETAG, tag), (header::CACHE_CONTROL, caching())],
    )
        .into_response()
}

/// `value` as JSON with its tag.
pub(super) fn json<T: Serialize>(value: &T, tag: HeaderValue) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => {
            let json = HeaderValue::from_static("application/json");
            (
                [
                    (header::CONTENT_TYPE, json),
                    (header::ETAG, tag),
                    (header::CACHE_CONTROL, caching()),
                ],
                body,
            )
                .into_response()
        }
        Err(error) => Problem::internal(&error).into_response(),
    }
}

/// May be kept, must be asked about: a newer index is a newer answer.
fn caching() -> HeaderValue {
    HeaderValue::from_static("no-cache")
}
