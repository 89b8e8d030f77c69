//! The router and its layers; start, newer generations, graceful stop.

use std::any::Any;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Uri, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::api::problem::{INTERNAL, METHOD, Problem, UNKNOWN_ROUTE};
use crate::api::work::Shared;
use crate::api::{documents, health, jurisdictions, metrics, openapi, pages, provisions, search, stats, topics};
use crate::library::Library;

/// How the server is run.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Whether the texts of queries may appear in the log.
    pub log_queries: bool,
    /// After how long a request is given up.
    pub timeout: Duration,
    /// Requests that may be under way at once; more are refused.
    pub concurrent: usize,
    /// How long requests under way may take when the server is told to stop.
    pub grace: Duration,
    /// How often a newer generation of the index is looked for.
    pub reload_every: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            log_queries: false,
            timeout: Duration::from_secs(10),
            concurrent: 256,
            grace: Duration::from_secs(10),
            reload_every: Duration::from_secs(1),
        }
    }
}

/// Why the server could not start or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// The address is taken, or not one of this machine's.
    #[error("cannot listen at {address}: {source}; choose another address with `--listen`, or stop what uses it")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The event loop failed.
    #[error("the server stopped: {0}")]
    Run(#[from] std::io::Error),
}

/// Every route over `library`.
pub fn router(library: Arc<Library>, options: Options) -> Router {
    routes(Shared::new(library, options))
}

fn routes(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(pages::home))
        .route("/docs", get(pages::docs))
        .route("/openapi.json", get(openapi::openapi))
        .route("/v1/search", get(search::search))
        .route("/v1/documents/{*id}", get(documents::document))
        .route("/v1/provisions/{*id}", get(provisions::route))
        .route("/v1/jurisdictions", get(jurisdictions::jurisdictions))
        .route("/v1/topics", get(topics::topics))
        .route("/v1/stats", get(stats::stats))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(metrics::metrics))
        .fallback(nowhere)
        .method_not_allowed_fallback(other_method)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(CompressionLayer::new())
        .layer(from_fn(harden))
        .layer(from_fn_with_state(shared.clone(), measure))
        .with_state(shared)
}

async fn nowhere(uri: Uri) -> Problem {
    let path: String = uri.path().chars().take(200).collect();
    Problem::new(
        &UNKNOWN_ROUTE,
        format!("there is nothing at {path}; /docs lists the addresses"),
    )
}

async fn other_method() -> Problem {
    Problem::new(&METHOD, "everything here is read with GET or HEAD").allowing(["GET", "HEAD"])
}

fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let said = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or(panic.downcast_ref::<&str>().copied());
    tracing::error!("a handler panicked: {}", said.unwrap_or("without a word"));
    Problem::new(&INTERNAL, "The log of the server says more.").into_response()
}

/// What every answer carries so that a browser does nothing with it that was not meant.
async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy =
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, policy),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Counts and logs: route, status and time, never the address asked for, which holds the query.
async fn measure(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str)
        .to_owned();
    let method = request.method().clone();
    let begun = Instant::now();
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    shared.metrics.answered(&route, status, took);
    tracing::debug!(%method, route, status, ms = took.as_secs_f64() * 1000.0, "answered");
    response
}

/// Serves until the process is told to stop; requests under way are finished. `on_ready` is told the address.
///
/// # Errors
/// When the address cannot be listened at, or the event loop fails.
pub fn serve(library: Arc<Library>, options: &Options, on_ready: impl FnOnce(SocketAddr)) -> Result<(), ApiError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let result = runtime.block_on(listen(library, options.clone(), on_ready));
    // Work that outlived its request is not waited for.
    runtime.shutdown_background();
    result
}

async fn listen(library: Arc<Library>, options: Options, on_ready: impl FnOnce(SocketAddr)) -> Result<(), ApiError> {
    let address = options.listen;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| ApiError::Listen { address, source })?;
    let (grace, every) = (options.grace, options.reload_every);
    let app = router(library.clone(), options);
    let reloading = tokio::spawn(reload(library, every));
    let (stop, stopping) = tokio::sync::watch::channel(());
    let mut told = stopping.clone();
    on_ready(listener.local_addr()?);
    let serving = axum::serve(listener, app).with_graceful_shutdown(async move {
        // An error means that the sender is gone, which is a reason to stop as well.
        let _ = told.changed().await;
    });
    drop(stopping);
    let mut serving = std::pin::pin!(serving.into_future());
    let result = tokio::select! {
        result = &mut serving => result,
        () = signal() => {
            tracing::info!("stopping; requests under way are finished");
            let _ = stop.send(());
            tokio::time::timeout(grace, serving).await.unwrap_or(Ok(()))
        }
    };
    reloading.abort();
    Ok(result?)
}

/// Waits for Ctrl-C or, on Unix, SIGTERM.
async fn signal() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        let terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut terminated) = terminated else {
            return interrupted.await;
        };
        tokio::select! {
            () = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}

/// Takes up newer generations of the index as they appear.
async fn reload(library: Arc<Library>, every: Duration) {
    let mut clock = tokio::time::interval(every);
    clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        clock.tick().await;
        let library = library.clone();
        match tokio::task::spawn_blocking(move || library.reload().map(|newer| newer.then(|| library.generation())))
            .await
        {
            Ok(Ok(Some(generation))) => tracing::info!(generation, "a newer index is in use"),
            Ok(Ok(None)) => {}
            Ok(Err(error)) => tracing::warn!("a newer index cannot be opened, the old one stays in use: {error}"),
            Err(_) => return,
        }
    }
}
