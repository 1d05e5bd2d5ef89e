//! A proxy between the server and Redis that does harm at an exact command.
//!
//! It knows as much of Redis' protocol as is needed to tell where a command and its reply end. Commands of a
//! connection pass one after the other, so that the harm hits exactly the one that is meant. The connection on which
//! Redis tells the server of changes is left alone.

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// When in the life of a command the harm is done. The connection is cut in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// The command is swallowed.
    Before,
    /// Half of its bytes were delivered.
    Within,
    /// It was delivered, and nobody waits for what becomes of it.
    Delivered,
    /// It was executed, and its reply is swallowed.
    Answered,
}

impl Moment {
    pub(crate) const ALL: [Self; 4] = [Self::Before, Self::Within, Self::Delivered, Self::Answered];
}

/// Harm to be done once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ambush {
    /// How many commands are let through before.
    pub(crate) position: usize,
    /// When.
    pub(crate) moment: Moment,
    /// A process that is killed before the connection is cut.
    pub(crate) kill: Option<Pid>,
}

/// A running proxy.
pub(crate) struct Proxy {
    port: u16,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

/// What is told of each command.
type OnCommand = dyn Fn(&[u8]) + Send + Sync;

struct Shared {
    redis: u16,
    /// Commands seen since the ambush was laid.
    seen: AtomicUsize,
    ambush: Mutex<Option<Ambush>>,
    on_command: Box<OnCommand>,
}

impl Proxy {
    /// Starts one before the Redis on this port.
    pub(crate) async fn start(redis: u16) -> Self {
        Self::watching(redis, |_| {}).await
    }

    /// Starts one that calls back with each command before it is passed on.
    pub(crate) async fn watching(
        redis: u16,
        on_command: impl Fn(&[u8]) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            redis,
            seen: AtomicUsize::new(0),
            ambush: Mutex::new(None),
            on_command: Box::new(on_command),
        });
        let task = tokio::spawn(accept(listener, shared.clone()));
        Self { port, shared, task }
    }

    /// Where the server finds Redis.
    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/0", self.port)
    }

    /// From now on commands are counted, and the one that is meant is struck.
    pub(crate) fn lay(&self, ambush: Ambush) {
        *self.shared.ambush.lock().expect("not poisoned") = Some(ambush);
        self.shared.seen.store(0, Ordering::SeqCst);
    }

    /// Takes the ambush away; says whether it had struck.
    pub(crate) fn lift(&self) -> bool {
        self.shared
            .ambush
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
    /// The harm that is meant for this command.
    fn next(&self, command: &[u8]) -> Option<Ambush> {
        (self.on_command)(command);
        let position = self.seen.fetch_add(1, Ordering::SeqCst);
        let mut ambush = self.ambush.lock().expect("not poisoned");
        ambush.take_if(|ambush| ambush.position == position)
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    // Connections end with the proxy.
    let mut connections = JoinSet::new();
    loop {
        let (server, _) = listener.accept().await.expect("a connection");
        let shared = shared.clone();
        // A broken connection ends here and is closed on the other side; that is what it is about.
        connections.spawn(async move { pass(&shared, server).await.unwrap_or_default() });
    }
}

async fn pass(shared: &Shared, mut server: TcpStream) -> io::Result<()> {
    let mut redis = TcpStream::connect(("127.0.0.1", shared.redis)).await?;
    // Short replies one after the other would wait for each other's acknowledgement, 40 ms each.
    server.set_nodelay(true)?;
    redis.set_nodelay(true)?;
    if is_told_of_changes(&server).await? {
        // What Redis tells unasked is no reply; and no request waits for what is asked here.
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
            // Redis says nothing unasked here: it has closed the connection, and the server is to see that.
            _ = from_redis.fill_buf() => return Ok(()),
        };
        let ambush = shared.next(&command);
        let at = |moment: Moment| ambush.filter(|ambush| ambush.moment == moment);
        if let Some(ambush) = at(Moment::Before) {
            return ambush.strike();
        }
        if let Some(ambush) = at(Moment::Within) {
            to_redis.write_all(&command[..command.len() / 2]).await?;
            return ambush.strike();
        }
        to_redis.write_all(&command).await?;
        if let Some(ambush) = at(Moment::Delivered) {
            return ambush.strike();
        }
        let reply = read_value(&mut from_redis).await?;
        if let Some(ambush) = at(Moment::Answered) {
            return ambush.strike();
        }
        to_server.write_all(&reply).await?;
    }
}

/// Whether this is the connection of the index of legacy accounts: it alone begins with `HELLO`, because only the
/// third version of the protocol tells of changes.
async fn is_told_of_changes(server: &TcpStream) -> io::Result<bool> {
    let mut first = [0; 32];
    let length = server.peek(&mut first).await?;
    Ok(first[..length].windows(5).any(|word| word == b"HELLO"))
}

impl Ambush {
    fn strike(self) -> io::Result<()> {
        match self.kill {
            Some(process) => Ok(kill(process, Signal::SIGKILL)?),
            None => Ok(()),
        }
    }
}

/// The bytes of one value of Redis' protocol, versions 2 and 3: a command or a reply.
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
        // A length of -1 says that there is nothing.
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
            // What a reply is annotated with comes before the reply.
            Some(b'|') => missing += 2 * length + 1,
            _ => {}
        }
    }
    Ok(bytes)
}

#[tokio::test]
async fn values_are_told_apart() {
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
