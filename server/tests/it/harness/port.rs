//! Ports for programs that must be told theirs.

use std::net::TcpListener;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU16, Ordering};

/// Below those that systems give to connections that go out, and to whoever asks for any port: a Redis that is killed finds its
/// own again, however many connections are made meanwhile.
const PORTS: std::ops::Range<u16> = 10_000..30_000;

/// Where this process looks next. Another one looks elsewhere.
static NEXT: LazyLock<AtomicU16> = LazyLock::new(|| AtomicU16::new(fastrand::u16(PORTS)));

/// A port that nobody listens on, and that no other test of this process gets.
pub(crate) fn free_port() -> u16 {
    loop {
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        if !PORTS.contains(&next) {
            NEXT.store(PORTS.start, Ordering::Relaxed);
        } else if TcpListener::bind(("127.0.0.1", next)).is_ok() {
            return next;
        }
    }
}
