//! Serves connections with timeouts, so that a slow client cannot hold a connection for ever.
//!
//! - [`paced_stream`]: a connection that breaks when the client does not read

mod paced_stream;

use crate::config::HttpConfig;
use crate::state::AppState;
use axum::Router;
use axum::extract::ConnectInfo;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use paced_stream::PacedStream;
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tower::Service;

/// The pause after a failed accept, e.g. when open files have run out.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(100);

/// Serves API and page on a listener until `shutdown` resolves, then lets running requests finish
/// for a limited time.
pub async fn run(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let config = Arc::clone(&state.config);
    serve(listener, crate::app(state), &config.http, shutdown).await
}

/// Serves the endpoints for GN2 in the same way.
pub async fn run_gn2(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let config = Arc::clone(&state.config);
    serve(listener, crate::gn2_app(state), &config.http, shutdown).await
}

async fn serve(
    listener: TcpListener,
    app: Router,
    config: &HttpConfig,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(config.header_timeout);
    let connections = GracefulShutdown::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) if is_of_one_connection(&error) => continue,
            Err(error) => {
                tracing::error!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_RETRY_DELAY).await;
                continue;
            }
        };
        let app = app.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            // A router is always ready.
            app.clone().call(request)
        });
        let stream = PacedStream::new(stream, config.pace);
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            // Clients may disconnect at any time; requests are logged elsewhere.
            let _ = connection.await;
        });
    }
    drop(listener);
    let finished = tokio::time::timeout(config.shutdown_timeout, connections.shutdown());
    if finished.await.is_err() {
        tracing::warn!("stopping although requests are still running");
    }
    Ok(())
}

fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}
