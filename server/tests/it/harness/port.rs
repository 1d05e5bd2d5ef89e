//! Free ports for programs that cannot choose their own.

use std::net::TcpListener;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU16, Ordering};

/// Below the ephemeral ports, so that a killed Redis can use its port again.
const PORTS: std::ops::Range<u16> = 10_000..30_000;

/// The next candidate. Processes start at random candidates.
static NEXT: LazyLock<AtomicU16> = LazyLock::new(|| AtomicU16::new(fastrand::u16(PORTS)));

/// Returns a free port that no other test of this process gets.
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
