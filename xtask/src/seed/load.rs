//! Brings records to Redis without waiting for each reply, as `redis-cli --pipe` does.

use anyhow::{Context, Result, bail};
use redis::{Client, ConnectionAddr};
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, BufWriter, Write},
    net::TcpStream,
    thread::JoinHandle,
};

/// Pairs of field and value a command: few enough that Redis serves others in between.
const PAIRS: usize = 100;
/// Bytes handed to the system at once.
const BUFFER: usize = 1 << 20;

/// A connection on which commands are sent while another thread reads the replies.
pub(super) struct Load {
    out: BufWriter<TcpStream>,
    /// Pairs that wait for their command, by hash.
    waiting: BTreeMap<&'static str, Pairs>,
    commands: u64,
    replies: JoinHandle<Result<u64>>,
}

/// Fields and values, written as Redis' protocol has them.
#[derive(Default)]
struct Pairs {
    bytes: Vec<u8>,
    number: usize,
}

impl Load {
    /// Connects as this client would.
    pub(super) fn connect(client: &Client) -> Result<Self> {
        let info = client.get_connection_info();
        let ConnectionAddr::Tcp(host, port) = info.addr() else {
            bail!("only a Redis without TLS can be filled");
        };
        let stream = TcpStream::connect((host.as_str(), *port))?;
        let answers = stream.try_clone()?;
        let mut load = Self {
            out: BufWriter::with_capacity(BUFFER, stream),
            waiting: BTreeMap::new(),
            commands: 0,
            replies: std::thread::spawn(move || read(answers)),
        };
        let settings = info.redis_settings();
        if let Some(password) = settings.password() {
            let user = settings.username().unwrap_or("default");
            load.command(&["AUTH", user, password])?;
        }
        load.command(&["SELECT", &settings.db().to_string()])?;
        Ok(load)
    }

    /// Sets a field of a hash, soon.
    pub(super) fn hset(&mut self, key: &'static str, field: &str, value: &str) -> Result<()> {
        let pairs = self.waiting.entry(key).or_default();
        bulk(&mut pairs.bytes, field)?;
        bulk(&mut pairs.bytes, value)?;
        pairs.number += 1;
        if pairs.number == PAIRS {
            let full = std::mem::take(pairs);
            self.send(key, &full)?;
        }
        Ok(())
    }

    /// Sends a command whose reply is a number or a status.
    pub(super) fn command(&mut self, words: &[&str]) -> Result<()> {
        write!(self.out, "*{}\r\n", words.len())?;
        for word in words {
            bulk(&mut self.out, word)?;
        }
        self.commands += 1;
        Ok(())
    }

    fn send(&mut self, key: &str, pairs: &Pairs) -> Result<()> {
        write!(self.out, "*{}\r\n", 2 + 2 * pairs.number)?;
        bulk(&mut self.out, "HSET")?;
        bulk(&mut self.out, key)?;
        self.out.write_all(&pairs.bytes)?;
        self.commands += 1;
        Ok(())
    }

    /// Sends what is left, and waits until Redis has taken everything.
    pub(super) fn finish(mut self) -> Result<()> {
        for (key, pairs) in std::mem::take(&mut self.waiting) {
            if pairs.number > 0 {
                self.send(key, &pairs)?;
            }
        }
        self.command(&["PING"])?;
        self.out.flush()?;
        let replies = self.replies.join().ok().context("the reader panicked")??;
        if replies != self.commands {
            bail!("Redis answered {replies} of {} commands", self.commands);
        }
        Ok(())
    }
}

fn bulk(out: &mut impl Write, text: &str) -> Result<()> {
    write!(out, "${}\r\n", text.len())?;
    out.write_all(text.as_bytes())?;
    out.write_all(b"\r\n")?;
    Ok(())
}

/// Counts replies of one line each, up to the first error or the answer to the `PING` that comes last.
fn read(answers: TcpStream) -> Result<u64> {
    let mut answers = BufReader::with_capacity(BUFFER, answers);
    let mut line = Vec::new();
    let mut replies = 0;
    loop {
        line.clear();
        if answers.read_until(b'\n', &mut line)? == 0 {
            bail!("Redis closed the connection after {replies} replies");
        }
        if line.first() == Some(&b'-') {
            bail!("Redis: {}", String::from_utf8_lossy(&line).trim());
        }
        replies += 1;
        if line == b"+PONG\r\n" {
            return Ok(replies);
        }
    }
}
