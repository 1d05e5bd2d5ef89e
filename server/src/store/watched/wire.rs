//! Commands sent without copying their values.

use redis::{Connection, RedisResult, Value};
use std::io;
use std::time::{Duration, Instant};

/// Bytes from which on a value is sent from where it lies.
const LARGE: usize = 16 * 1024;

/// Bytes that are sent before the time is looked at.
const PIECE: usize = 1024 * 1024;

/// Commands on their way to Redis, one after the other.
pub(super) struct Wire<'c> {
    connection: &'c mut Connection,
    small: Vec<u8>,
    sent: usize,
    until: Instant,
}

impl<'c> Wire<'c> {
    /// Everything must have been sent within this time.
    pub(super) fn new(connection: &'c mut Connection, patience: Duration) -> Self {
        Self {
            connection,
            small: Vec::with_capacity(2 * LARGE),
            sent: 0,
            until: Instant::now() + patience,
        }
    }

    /// Sends a command: its name, keys and values.
    pub(super) fn command(&mut self, words: &[&[u8]]) -> RedisResult<()> {
        self.small
            .extend_from_slice(format!("*{}\r\n", words.len()).as_bytes());
        for word in words {
            self.small
                .extend_from_slice(format!("${}\r\n", word.len()).as_bytes());
            if word.len() < LARGE {
                self.small.extend_from_slice(word);
            } else {
                self.flush()?;
                for piece in word.chunks(PIECE) {
                    if Instant::now() > self.until {
                        return Err(io::Error::from(io::ErrorKind::TimedOut).into());
                    }
                    self.connection.send_packed_command(piece)?;
                }
            }
            self.small.extend_from_slice(b"\r\n");
        }
        self.sent += 1;
        Ok(())
    }

    /// The answers to all commands.
    pub(super) fn answers(mut self) -> RedisResult<Vec<Value>> {
        self.flush()?;
        (0..self.sent)
            .map(|_| self.connection.recv_response())
            .collect()
    }

    fn flush(&mut self) -> RedisResult<()> {
        if !self.small.is_empty() {
            self.connection.send_packed_command(&self.small)?;
            self.small.clear();
        }
        Ok(())
    }
}
