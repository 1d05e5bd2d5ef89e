//! Free ports of this machine, for programs that must be given one.

use anyhow::{Context, Result};
use std::net::{Ipv4Addr, TcpListener};

/// A port that no other program gets until this is dropped. The identity provider must know the
/// page's URL before the server starts, so the server cannot choose the port; and the build before
/// it takes minutes.
pub(crate) struct ReservedPort(TcpListener);

impl ReservedPort {
    /// Reserves the port of this number; 0 takes a free one.
    pub(crate) fn new(number: u16) -> Result<Self> {
        TcpListener::bind((Ipv4Addr::LOCALHOST, number))
            .map(Self)
            .with_context(|| format!("cannot listen on port {number}; --port 0 takes a free one"))
    }

    pub(crate) fn number(&self) -> Result<u16> {
        Ok(self.0.local_addr()?.port())
    }
}

/// Returns a free port for a program that starts at once.
pub(crate) fn free() -> Result<u16> {
    ReservedPort::new(0)?.number()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_port_is_taken() {
        let reserved = ReservedPort::new(0).unwrap();
        assert!(ReservedPort::new(reserved.number().unwrap()).is_err());
    }
}
