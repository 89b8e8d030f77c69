//! Listens, takes up new generations of the index, stops in good order.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::spawn_blocking;

use crate::api::options::Options;
use crate::api::router::routes;
use crate::api::state::Shared;
use crate::library::Library;

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// The address cannot be listened at.
    #[error("cannot serve at http://{address}: {}", cure(source))]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The server broke down.
    #[error("the server stopped: {0}")]
    Broken(#[source] io::Error),
}

fn cure(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            "another program listens there; stop it, or choose another address, e.g. --listen 127.0.0.1:8081".to_owned()
        }
        io::ErrorKind::PermissionDenied => "this user may not listen there; choose a port from 1024 up".to_owned(),
        io::ErrorKind::AddrNotAvailable => "this machine does not have that address; choose one of its own".to_owned(),
        _ => error.to_string(),
    }
}

/// Serves a library until the process is told to stop (SIGINT or SIGTERM). Blocks; `on_ready` is told the address.
///
/// # Errors
/// When the address cannot be listened at, or the server breaks down.
pub fn serve(library: Arc<Library>, options: &Options, on_ready: impl FnOnce(SocketAddr)) -> Result<(), ApiError> {
    serve_until(library, options, on_ready, signal())
}

/// Serves a library until `stop` comes about; then requests in progress are finished, within bounds. Blocks.
///
/// # Errors
/// When the address cannot be listened at, or the server breaks down.
pub fn serve_until(
    library: Arc<Library>,
    options: &Options,
    on_ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ApiError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ApiError::Broken)?;
    let served = runtime.block_on(listen(Shared::new(library, options.clone()), on_ready, stop));
    runtime.shutdown_background();
    served
}

async fn listen(
    shared: Arc<Shared>,
    on_ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ApiError> {
    let address = shared.options.listen;
    let failed = |source| ApiError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    // Without this, small answers wait for the client's acknowledgement of their first packet.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(target: "collex::api", "TCP_NODELAY: {error}");
        }
    });
    let reloading = tokio::spawn(take_up(Arc::clone(&shared)));
    let stopped = Arc::new(Notify::new());
    let told = {
        let (shared, stopped) = (Arc::clone(&shared), Arc::clone(&stopped));
        async move {
            stop.await;
            shared.stopping.store(true, Ordering::Relaxed);
            tracing::info!(target: "collex::api", "stopping; requests in progress are finished first");
            stopped.notify_one();
        }
    };
    let grace = shared.options.grace;
    let server = axum::serve(listener, routes(shared)).with_graceful_shutdown(told);
    on_ready(bound);
    let served = tokio::select! {
        served = async { server.await } => served.map_err(ApiError::Broken),
        () = patience(&stopped, grace) => Ok(()),
    };
    reloading.abort();
    served
}

/// Ends when those in progress have had their time, or the signal comes a second time.
async fn patience(stopped: &Notify, grace: Duration) {
    stopped.notified().await;
    tokio::select! {
        () = tokio::time::sleep(grace) => {
            tracing::warn!(target: "collex::api", "requests in progress took longer than {} s; they are cut off", grace.as_secs());
        }
        () = signal() => {}
    }
}

/// Looks for a newer generation of the index from time to time. A failure is said once, not at every look.
async fn take_up(shared: Arc<Shared>) {
    let mut said = String::new();
    loop {
        tokio::time::sleep(shared.options.reload_every).await;
        let library = Arc::clone(&shared.library);
        match spawn_blocking(move || library.reload().map(|newer| newer.then(|| library.generation()))).await {
            Ok(Ok(Some(generation))) => {
                said.clear();
                tracing::info!(target: "collex::api", "generation {generation} of the index is in use");
            }
            Ok(Ok(None)) => {}
            Ok(Err(error)) if error.to_string() == said => {}
            Ok(Err(error)) => {
                tracing::warn!(target: "collex::api", "a newer index cannot be opened, the old one stays in use: {error}");
                said = error.to_string();
            }
            Err(error) => tracing::error!(target: "collex::api", "{error}"),
        }
    }
}

/// Waits for SIGINT or SIGTERM.
async fn signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
