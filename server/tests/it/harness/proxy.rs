//! A proxy between the server and Redis that injects a fault at an exact command.
//!
//! The proxy parses Redis' protocol just enough to find the end of commands and replies. Commands
//! of a connection pass one after the other, so that the fault hits exactly one of them. The
//! connection with notifications of changes is exempt.

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// The point in the life of a command at which the connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultPoint {
    /// The command is not delivered.
    Before,
    /// Half of the command is delivered.
    Within,
    /// The command is delivered without waiting for its execution.
    Delivered,
    /// The command is executed, but its reply is lost.
    Answered,
}

impl FaultPoint {
    pub(crate) const ALL: [Self; 4] = [Self::Before, Self::Within, Self::Delivered, Self::Answered];
}

/// A fault that happens once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProxyFault {
    /// Number of commands before the fault.
    pub(crate) position: usize,
    pub(crate) moment: FaultPoint,
    /// A process to kill before the connection is cut.
    pub(crate) kill: Option<Pid>,
}

pub(crate) struct Proxy {
    port: u16,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

type OnCommand = dyn Fn(&[u8]) + Send + Sync;

struct Shared {
    redis: u16,
    /// Number of commands since the fault was injected.
    seen: AtomicUsize,
    fault: Mutex<Option<ProxyFault>>,
    on_command: Box<OnCommand>,
}

impl Proxy {
    pub(crate) async fn start(redis: u16) -> Self {
        Self::watching(redis, |_| {}).await
    }

    /// Calls back with each command before it is delivered.
    pub(crate) async fn watching(
        redis: u16,
        on_command: impl Fn(&[u8]) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            redis,
            seen: AtomicUsize::new(0),
            fault: Mutex::new(None),
            on_command: Box::new(on_command),
        });
        let task = tokio::spawn(accept(listener, shared.clone()));
        Self { port, shared, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    pub(crate) fn inject(&self, fault: ProxyFault) {
        *self.shared.fault.lock().expect("not poisoned") = Some(fault);
        self.shared.seen.store(0, Ordering::SeqCst);
    }

    /// Removes the fault. Returns whether it had happened.
    pub(crate) fn remove_fault(&self) -> bool {
        self.shared
            .fault
            .lock()
            .expect("not poisoned")
            .take()
            .is_none()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Shared {
    fn next(&self, command: &[u8]) -> Option<ProxyFault> {
        (self.on_command)(command);
        let position = self.seen.fetch_add(1, Ordering::SeqCst);
        let mut fault = self.fault.lock().expect("not poisoned");
        fault.take_if(|fault| fault.position == position)
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        let (server, _) = listener.accept().await.expect("a connection");
        let shared = shared.clone();
        // Broken connections are expected.
        connections.spawn(async move { pass(&shared, server).await.unwrap_or_default() });
    }
}

async fn pass(shared: &Shared, mut server: TcpStream) -> io::Result<()> {
    let mut redis = TcpStream::connect(("127.0.0.1", shared.redis)).await?;
    // Otherwise short replies would wait 40 ms for acknowledgements.
    server.set_nodelay(true)?;
    redis.set_nodelay(true)?;
    if has_notifications(&server).await? {
        // Notifications are no replies to commands.
        tokio::io::copy_bidirectional(&mut server, &mut redis).await?;
        return Ok(());
    }
    let (from_server, to_server) = server.split();
    let (from_redis, mut to_redis) = redis.split();
    let (mut from_server, mut to_server) = (BufReader::new(from_server), to_server);
    let mut from_redis = BufReader::new(from_redis);
    loop {
        let command = tokio::select! {
            command = read_value(&mut from_server) => command?,
            // Redis sends nothing here except that it closes the connection.
            _ = from_redis.fill_buf() => return Ok(()),
        };
        let fault = shared.next(&command);
        let at = |moment: FaultPoint| fault.filter(|fault| fault.moment == moment);
        if let Some(fault) = at(FaultPoint::Before) {
            return fault.strike();
        }
        if let Some(fault) = at(FaultPoint::Within) {
            to_redis.write_all(&command[..command.len() / 2]).await?;
            return fault.strike();
        }
        to_redis.write_all(&command).await?;
        if let Some(fault) = at(FaultPoint::Delivered) {
            return fault.strike();
        }
        let reply = read_value(&mut from_redis).await?;
        if let Some(fault) = at(FaultPoint::Answered) {
            return fault.strike();
        }
        to_server.write_all(&reply).await?;
    }
}

/// Whether this is the connection of the legacy index. Only that one begins with `HELLO`, because
/// notifications require version 3 of the protocol.
async fn has_notifications(server: &TcpStream) -> io::Result<bool> {
    let mut first = [0; 32];
    let length = server.peek(&mut first).await?;
    Ok(first[..length].windows(5).any(|word| word == b"HELLO"))
}

impl ProxyFault {
    fn strike(self) -> io::Result<()> {
        match self.kill {
            Some(process) => Ok(kill(process, Signal::SIGKILL)?),
            None => Ok(()),
        }
    }
}

/// Reads a command or a reply of Redis' protocol, version 2 or 3.
async fn read_value(from: &mut (impl AsyncBufReadExt + Unpin)) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut missing = 1_u64;
    while missing > 0 {
        let start = bytes.len();
        if from.read_until(b'\n', &mut bytes).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let line = std::str::from_utf8(&bytes[start..])
            .unwrap_or_default()
            .trim_end();
        // A length of -1 means null.
        let length: u64 = line
            .get(1..)
            .and_then(|length| length.parse().ok())
            .unwrap_or_default();
        let absent = line.ends_with("-1");
        missing -= 1;
        match line.as_bytes().first() {
            Some(b'$' | b'=' | b'!') if !absent => {
                let read = (&mut *from)
                    .take(length + 2)
                    .read_to_end(&mut bytes)
                    .await?;
                if read as u64 != length + 2 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            Some(b'*' | b'~' | b'>') => missing += length,
            Some(b'%') => missing += 2 * length,
            // Attributes precede the reply.
            Some(b'|') => missing += 2 * length + 1,
            _ => {}
        }
    }
    Ok(bytes)
}

#[tokio::test]
async fn redis_values_are_parsed() {
    let values: [&[u8]; 9] = [
        b"*2\r\n$4\r\nPING\r\n$3\r\n\r\n*\r\n",
        b"+OK\r\n",
        b":12\r\n",
        b"$-1\r\n",
        b"*-1\r\n",
        b"*2\r\n*1\r\n$0\r\n\r\n$-1\r\n",
        b"%1\r\n+a\r\n*2\r\n:1\r\n:2\r\n",
        b"|1\r\n+a\r\n+b\r\n_\r\n",
        b"-ERR no\r\n",
    ];
    let stream = values.concat();
    let mut stream = BufReader::new(stream.as_slice());
    for value in values {
        assert_eq!(read_value(&mut stream).await.expect("a value"), value);
    }
    assert!(read_value(&mut stream).await.is_err());
    let cut = b"$10\r\nabc";
    assert!(
        read_value(&mut BufReader::new(cut.as_slice()))
            .await
            .is_err()
    );
}
