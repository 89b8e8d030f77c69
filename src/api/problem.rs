//! Everything that can be refused or go wrong, one row each: code, status, meaning.
//!
//! The form is RFC 9457, Problem Details for HTTP APIs.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::search::SearchError;

/// A problem as it is sent.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Stable address of the kind of problem: `/problems/` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// Stable code.
    pub code: &'static str,
    /// What was wrong this time.
    pub detail: String,
    /// What is allowed, where there is a list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
}

/// A row of the table of problems.
pub(super) struct Row(pub &'static str, pub StatusCode, pub &'static str);

pub(super) const UNKNOWN_ROUTE: Row = Row(
    "unknown-route",
    StatusCode::NOT_FOUND,
    "There is nothing at this address.",
);
pub(super) const METHOD: Row = Row(
    "method-not-allowed",
    StatusCode::METHOD_NOT_ALLOWED,
    "This address answers to another method.",
);
pub(super) const UNKNOWN_PARAMETER: Row = Row(
    "unknown-parameter",
    StatusCode::BAD_REQUEST,
    "There is no such parameter.",
);
pub(super) const BAD_PARAMETER: Row = Row(
    "bad-parameter",
    StatusCode::BAD_REQUEST,
    "The value of a parameter is not allowed.",
);
pub(super) const UNKNOWN_JURISDICTION: Row = Row(
    "unknown-jurisdiction",
    StatusCode::BAD_REQUEST,
    "The corpus has no such jurisdiction.",
);
pub(super) const QUERY_TOO_LONG: Row = Row("query-too-long", StatusCode::BAD_REQUEST, "The query is too long.");
pub(super) const PAGE_SIZE: Row = Row("page-size", StatusCode::BAD_REQUEST, "The page is too large, or empty.");
pub(super) const UNKNOWN_IDENTIFIER: Row = Row(
    "unknown-identifier",
    StatusCode::NOT_FOUND,
    "Nothing has this identifier.",
);
pub(super) const NO_MODEL: Row = Row(
    "no-model",
    StatusCode::SERVICE_UNAVAILABLE,
    "Search by meaning is not available here.",
);
pub(super) const OVERLOADED: Row = Row(
    "overloaded",
    StatusCode::SERVICE_UNAVAILABLE,
    "Too many requests at once; try again shortly.",
);
pub(super) const TIMEOUT: Row = Row(
    "timeout",
    StatusCode::GATEWAY_TIMEOUT,
    "The request took longer than is allowed here.",
);
pub(super) const INTERNAL: Row = Row("internal", StatusCode::INTERNAL_SERVER_ERROR, "The program failed.");

/// The table, for the documentation page.
pub(super) const ROWS: [&Row; 12] = [
    &UNKNOWN_ROUTE,
    &METHOD,
    &UNKNOWN_PARAMETER,
    &BAD_PARAMETER,
    &UNKNOWN_JURISDICTION,
    &QUERY_TOO_LONG,
    &PAGE_SIZE,
    &UNKNOWN_IDENTIFIER,
    &NO_MODEL,
    &OVERLOADED,
    &TIMEOUT,
    &INTERNAL,
];

impl Problem {
    /// A problem of the kind `row`.
    pub(super) fn new(row: &Row, detail: impl Into<String>) -> Self {
        let Row(code, status, title) = *row;
        let (kind, detail) = (format!("/problems/{code}"), detail.into());
        Self {
            kind,
            title,
            status: status.as_u16(),
            code,
            detail,
            allowed: Vec::new(),
        }
    }

    /// The same with what is allowed.
    pub(super) fn allowing(mut self, allowed: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.allowed = allowed.into_iter().map(Into::into).collect();
        self
    }

    /// Our own fault: told to the log in full, to the asker in a word.
    pub(super) fn internal(error: &dyn std::error::Error) -> Self {
        let causes = std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string);
        tracing::error!("{}", causes.collect::<Vec<_>>().join(": "));
        Self::new(&INTERNAL, "The log of the server says more.")
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        let detail = error.to_string();
        match error {
            SearchError::QueryTooLong { .. } => Self::new(&QUERY_TOO_LONG, detail),
            SearchError::PageSize { .. } => Self::new(&PAGE_SIZE, detail),
            SearchError::UnknownJurisdiction { given, known } => Self::new(
                &UNKNOWN_JURISDICTION,
                format!("the corpus has no jurisdiction `{given}`"),
            )
            .allowing(known),
            SearchError::NoMeaning { .. } => Self::new(&NO_MODEL, detail).allowing(["keyword", "hybrid"]),
            error => Self::internal(&error),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if self.code == OVERLOADED.0 {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
        }
        response
    }
}
