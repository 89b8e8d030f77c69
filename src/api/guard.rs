//! What every request passes on its way in and out: bounds, time, caching, headers, counters and the log.

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::api::download::accepted;
use crate::api::drafts;
use crate::api::errors::{Code, Problem};
use crate::api::state::{Shared, State};
use crate::export::Format;

/// For whatever is no page: nothing in it may be loaded, run or framed.
const JSON_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Takes a request through to its answer.
pub(super) async fn guard(axum::extract::State(shared): State, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (method, address, route) = (method_of(request.method()), request.uri().clone(), route_of(&request));
    let mut response = match admit(&shared, &request) {
        Err(problem) => problem.into_response(),
        Ok(()) => answer(&shared, request, next, &route).await,
    };
    protect(response.headers_mut());
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    shared.metrics.answered(method, &route, status, took);
    log(&shared, method, &route, &address, status, took);
    response
}

/// Refuses what is too large before anything is done for it.
fn admit(shared: &Shared, request: &Request) -> Result<(), Problem> {
    let options = &shared.options;
    let length = request
        .uri()
        .path_and_query()
        .map_or(0, |address| address.as_str().len());
    if length > options.max_uri {
        let detail = format!(
            "The address has {length} bytes; at most {} are read. Ask in fewer words.",
            options.max_uri
        );
        return Err(Problem::new(Code::AddressTooLong, detail));
    }
    let is_draft = request.uri().path() == drafts::ADDRESS;
    let body = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if is_draft && body.is_some_and(|length| length > options.max_draft as u64) {
        return Err(drafts::too_large(options.max_draft));
    }
    if !is_draft && body.is_some_and(|length| length > options.max_body) {
        let detail = format!(
            "The body has more than {} bytes; nothing here reads one.",
            options.max_body
        );
        return Err(Problem::new(Code::BodyTooLarge, detail));
    }
    Ok(())
}

async fn answer(shared: &Arc<Shared>, request: Request, next: Next, route: &str) -> Response {
    if route.starts_with("/health/") {
        return next.run(request).await;
    }
    let Ok(_place) = shared.in_flight.try_acquire() else {
        return Problem::new(
            Code::Overloaded,
            "Too many requests are in progress; try again in a second.",
        )
        .into_response();
    };
    let is_asked = matches!(*request.method(), Method::GET | Method::HEAD);
    let tag = (is_asked && cacheable(route)).then(|| tag(shared, &request, route));
    let known = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|known| known.to_str().ok())
        .map(str::to_owned);
    let known = known.unwrap_or_default();
    if let Some(tag) = tag.as_deref().filter(|tag| matches(&known, tag)) {
        return unchanged(tag);
    }
    let Ok(mut response) = tokio::time::timeout(shared.options.timeout, next.run(request)).await else {
        let detail = format!(
            "No answer within {} ms; ask for less, or try again later.",
            shared.options.timeout.as_millis()
        );
        return Problem::new(Code::Timeout, detail).into_response();
    };
    match tag {
        Some(tag) if response.status() == StatusCode::OK => {
            if known.trim() == "*" {
                return unchanged(&tag);
            }
            remember(response.headers_mut(), &tag);
        }
        _ => {
            response
                .headers_mut()
                .entry(header::CACHE_CONTROL)
                .or_insert(HeaderValue::from_static("no-store"));
        }
    }
    response
}

fn cacheable(route: &str) -> bool {
    route.starts_with("/v1/") || matches!(route, "/" | "/docs" | "/openapi.json" | "/style.css")
}

/// A weak tag of everything an answer depends on: program, index, model, day, address, and the format where one
/// is negotiated.
///
/// Made before the answer is: if a newer index comes in between, the tag is the older one's and simply never matches
/// again, while an answer is never taken for fresh that is not.
fn tag(shared: &Shared, request: &Request, route: &str) -> String {
    let address = request.uri();
    let mut pairs: Vec<&str> = address
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty())
        .collect();
    pairs.sort_unstable();
    let library = &shared.library;
    let is_file = matches!(route, "/v1/compare" | "/v1/sheets/{of}");
    let accepted = is_file.then(|| accepted(request.headers())).flatten();
    let accepted = accepted.map_or("", Format::as_str);
    let state = format!(
        "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{accepted}",
        env!("CARGO_PKG_VERSION"),
        library.generation(),
        library.corpus(),
        library.no_meaning().is_none(),
        crate::law::today(),
        address.path(),
        pairs.join("&"),
    );
    let hash: String = Sha256::digest(state)
        .iter()
        .take(10)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("W/\"{hash}\"")
}

/// Whether one of the tags that a client knows is `tag`; weak comparison, as for every GET.
fn matches(known: &str, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.split(',').any(|one| bare(one) == bare(tag))
}

fn unchanged(tag: &str) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    remember(response.headers_mut(), tag);
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("accept, accept-encoding"));
    response
}

/// Kept by the client alone, since what someone asks is nobody else's business, and asked after every time.
fn remember(headers: &mut HeaderMap, tag: &str) {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
}

fn protect(headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(JSON_POLICY);
    let opener = HeaderName::from_static("cross-origin-opener-policy");
    headers.insert(opener, HeaderValue::from_static("same-origin"));
}

/// The address as a template, so that neither log nor counters hold what was asked for.
fn route_of(request: &Request) -> String {
    let Some(matched) = request.extensions().get::<MatchedPath>() else {
        return "unknown".to_owned();
    };
    let route = matched.as_str().replace("{*id}", "{id}");
    let similar = route == "/v1/provisions/{id}" && request.uri().path().ends_with("/similar");
    if similar { format!("{route}/similar") } else { route }
}

fn method_of(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        "PATCH" => "PATCH",
        _ => "other",
    }
}

fn log(shared: &Shared, method: &str, route: &str, address: &Uri, status: u16, took: Duration) {
    let milliseconds = took.as_secs_f64() * 1000.0;
    if shared.options.log_queries {
        tracing::info!(target: "collex::api", "{method} {address} {status} {milliseconds:.1} ms");
    } else {
        tracing::info!(target: "collex::api", "{method} {route} {status} {milliseconds:.1} ms");
    }
}

/// A panic in a handler, as an answer.
pub(super) fn caught(panic: Box<dyn Any + Send>) -> Response {
    let message = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let message = message.or_else(|| panic.downcast_ref::<String>().cloned());
    Problem::internal(&message.unwrap_or_else(|| "a handler panicked".to_owned())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_tags_weakly() {
        assert!(matches("\"x\", W/\"a\"", "W/\"a\""));
        assert!(matches("\"a\"", "W/\"a\""));
        assert!(!matches("", "W/\"a\""));
    }
}
