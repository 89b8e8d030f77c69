//! Every way in which a request can fail: one row each, answered as RFC 9457 says.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::search::SearchError;

/// Writes the table of codes: `Variant = "code", status, "title", "cure"`.
macro_rules! codes {
    ($($variant:ident = $word:literal, $status:ident, $title:literal, $cure:literal;)+) => {
        /// What went wrong, as a word that stays the same.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
        pub enum Code {
            $(#[doc = $title] #[serde(rename = $word)] $variant,)+
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word itself.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The status that goes with it.
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status),+ }
            }

            /// What it means, in one line.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }

            /// What to do about it.
            pub const fn cure(self) -> &'static str {
                match self { $(Self::$variant => $cure),+ }
            }
        }
    };
}

codes! {
    UnknownParameter = "unknown-parameter", BAD_REQUEST, "There is no such parameter", "Use one of the names in `allowed`.";
    RepeatedParameter = "repeated-parameter", BAD_REQUEST, "The parameter may be given once only", "Leave out all but one.";
    InvalidValue = "invalid-value", BAD_REQUEST, "The value is not one of those allowed", "Use one of the values in `allowed`.";
    InvalidNumber = "invalid-number", BAD_REQUEST, "The value is not a number within bounds", "Use a number within the bounds in `allowed`.";
    InvalidDate = "invalid-date", BAD_REQUEST, "The value is not a day of the calendar", "Write the day as YYYY-MM-DD.";
    UnknownJurisdiction = "unknown-jurisdiction", BAD_REQUEST, "The corpus has no such jurisdiction", "Use one of the codes in `allowed`.";
    QueryTooLong = "query-too-long", BAD_REQUEST, "The query is too long", "Ask in fewer words.";
    InvalidAddress = "invalid-address", BAD_REQUEST, "The address cannot be read", "Percent-encode it as UTF-8.";
    UnknownId = "unknown-id", NOT_FOUND, "Nothing has this identifier", "Take identifiers from answers, and write `#` as %23; `allowed` lists the nearest.";
    UnknownRoute = "unknown-route", NOT_FOUND, "Nothing stands at this address", "See /docs for the addresses.";
    MethodNotAllowed = "method-not-allowed", METHOD_NOT_ALLOWED, "This method is not answered here", "Use one of those in `allowed`.";
    BodyTooLarge = "body-too-large", PAYLOAD_TOO_LARGE, "The body is too large", "Send no body, or at a draft's address one within its limit.";
    UnsupportedMediaType = "unsupported-media-type", UNSUPPORTED_MEDIA_TYPE, "A draft in this format is not read", "Name one of the types in `allowed` in Content-Type.";
    AddressTooLong = "address-too-long", URI_TOO_LONG, "The address is too long", "Ask in fewer words.";
    NoModel = "no-model", SERVICE_UNAVAILABLE, "Search by meaning is not available", "Ask with mode=keyword or mode=hybrid.";
    NotReady = "not-ready", SERVICE_UNAVAILABLE, "The server is not ready to answer", "Try again later.";
    Overloaded = "overloaded", SERVICE_UNAVAILABLE, "Too many requests are in progress", "Wait as long as Retry-After says, then try again.";
    Timeout = "timeout", GATEWAY_TIMEOUT, "The answer took too long", "Ask for less, or try again later.";
    Internal = "internal", INTERNAL_SERVER_ERROR, "The fault is ours", "Try again; the server's log has the cause.";
}

/// A failed request, as RFC 9457 writes it (`application/problem+json`).
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Address of the description of this kind of failure.
    #[serde(rename = "type")]
    #[schema(example = "/problems/invalid-date")]
    pub address: String,
    /// The kind of failure in one line.
    pub title: &'static str,
    /// The status of the response.
    pub status: u16,
    /// What was wrong this time, and the cure.
    pub detail: String,
    /// The kind of failure as a word that stays the same.
    pub code: Code,
    /// What could have been written instead, where that can be listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub allowed: Vec<String>,
}

impl Problem {
    /// A failure of this kind, with what was wrong this time.
    pub(super) fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            address: format!("/problems/{}", code.as_str()),
            title: code.title(),
            status: code.status().as_u16(),
            detail: detail.into(),
            code,
            allowed: Vec::new(),
        }
    }

    /// The same with what could have been written instead.
    pub(super) fn allowing<T: ToString>(mut self, allowed: impl IntoIterator<Item = T>) -> Self {
        self.allowed = allowed.into_iter().map(|one| one.to_string()).collect();
        self
    }

    /// A fault of ours: the cause goes to the log, not to the asker.
    pub(super) fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(target: "collex::api", "{cause}");
        Self::new(
            Code::Internal,
            "The request could not be answered through no fault of yours; the server's log has the cause.",
        )
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        let detail = sentence(&error.to_string());
        match error {
            SearchError::QueryTooLong { .. } => Self::new(Code::QueryTooLong, detail),
            SearchError::PageSize { limit, .. } => {
                Self::new(Code::InvalidNumber, detail).allowing([format!("1 to {limit}")])
            }
            SearchError::UnknownJurisdiction { given, known } => {
                let codes: Vec<&str> = known.iter().map(String::as_str).collect();
                let hint = crate::law::nearest(&given, &codes)
                    .map_or_else(String::new, |code| format!(" Did you mean `{code}`?"));
                Self::new(
                    Code::UnknownJurisdiction,
                    format!(
                        "The corpus has no jurisdiction `{given}`.{hint} The codes it has are listed in `allowed`."
                    ),
                )
                .allowing(known)
            }
            SearchError::NoMeaning { .. } => Self::new(Code::NoModel, detail).allowing(["keyword", "hybrid"]),
            other => Self::internal(&other),
        }
    }
}

/// A message of ours as a sentence: capital in front, full stop behind.
pub(super) fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let end = if message.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).expect("strings and numbers always serialise");
        let mut response = (self.code.status(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if matches!(self.code, Code::Overloaded | Code::NotReady) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if self.code == Code::MethodNotAllowed {
            let allowed = HeaderValue::from_str(&self.allowed.join(", "));
            headers.insert(header::ALLOW, allowed.unwrap_or(HeaderValue::from_static("GET, HEAD")));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_few_and_told_apart() {
        let mut words: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(words.len() < 20);
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Code::ALL.len());
    }

    #[test]
    fn makes_sentences() {
        assert_eq!(sentence("the query is long"), "The query is long.");
        assert_eq!(sentence(""), ".");
    }
}
