//! Ports for programs that must be told theirs.

use anyhow::{Context, Result};
use std::net::{Ipv4Addr, TcpListener};

/// A port that nobody else gets as long as this lives. The identity provider must know the page's URL before the server
/// starts, so the port cannot be left to the server; and before it starts, there may be minutes of building.
pub(crate) struct Reserved(TcpListener);

impl Reserved {
    /// Of this number; 0 takes a free one.
    pub(crate) fn port(number: u16) -> Result<Self> {
        TcpListener::bind((Ipv4Addr::LOCALHOST, number))
            .map(Self)
            .with_context(|| format!("cannot listen on port {number}; --port 0 takes a free one"))
    }

    /// Its number.
    pub(crate) fn number(&self) -> Result<u16> {
        Ok(self.0.local_addr()?.port())
    }
}

/// A free port for a program that is started at once.
pub(crate) fn free() -> Result<u16> {
    Reserved::port(0)?.number()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_else_gets_a_port_that_is_kept() {
        let reserved = Reserved::port(0).unwrap();
        assert!(Reserved::port(reserved.number().unwrap()).is_err());
    }
}
