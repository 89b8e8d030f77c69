//! Where to listen, and the bounds of what is answered.

use std::net::SocketAddr;
use std::time::Duration;

use crate::compare::MOST_DRAFT_BYTES;
use crate::config::Settings;

/// Settings of the server.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address and port; port 0 takes any free one.
    pub listen: SocketAddr,
    /// After this time a request is given up.
    pub timeout: Duration,
    /// Whether addresses with their queries may appear in the log.
    pub log_queries: bool,
    /// Bytes an address may have. Room for the longest query in a script that is percent-encoded with nine bytes a letter.
    pub max_uri: usize,
    /// Bytes a request's body may have where none is read.
    pub max_body: u64,
    /// Bytes a draft may have.
    pub max_draft: usize,
    /// Requests in progress, waiting ones included; one more is turned away.
    pub max_in_flight: usize,
    /// How long requests in progress may go on after the signal to stop.
    pub grace: Duration,
    /// How often to look for a newer generation of the index.
    pub reload_every: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            timeout: Duration::from_secs(10),
            log_queries: false,
            max_uri: 32 * 1024,
            max_body: 64 * 1024,
            max_draft: MOST_DRAFT_BYTES,
            max_in_flight: 256,
            grace: Duration::from_secs(10),
            reload_every: Duration::from_secs(1),
        }
    }
}

impl From<&Settings> for Options {
    fn from(settings: &Settings) -> Self {
        Self {
            listen: settings.listen,
            timeout: Duration::from_millis(settings.timeout_ms),
            log_queries: settings.log_queries,
            ..Self::default()
        }
    }
}
