//! HTTP servers of a test, on free ports of this machine.

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Binds a free port. Returns its listener and base URL.
pub(crate) async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    (listener, url)
}

/// Serves until the returned set is dropped.
pub(crate) fn serve(listener: TcpListener, app: Router) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(async move { axum::serve(listener, app).await.expect("served") });
    tasks
}
