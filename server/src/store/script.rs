//! Calls of server-side scripts with large arguments.
//!
//! [`redis::Script`] copies every argument twice before it is sent. A [`ScriptCall`] copies each
//! once, into the bytes that are sent.

use redis::aio::ConnectionLike;
use redis::{Cmd, ErrorKind, FromRedisValue, RedisResult, ServerErrorKind, ToRedisArgs};

pub(super) struct Script {
    source: &'static str,
    /// Hex SHA-1 of the source, which is the name under which Redis keeps the script.
    hash: String,
}

pub(super) struct ScriptCall {
    command: Cmd,
    source: &'static str,
}

impl Script {
    pub(super) fn new(source: &'static str) -> Self {
        Self {
            source,
            hash: redis::Script::new(source).get_hash().to_owned(),
        }
    }

    /// Begins a call with `keys` keys and about `bytes` bytes of arguments.
    pub(super) fn call(&self, keys: usize, bytes: usize) -> ScriptCall {
        self.begin("EVALSHA", &self.hash, keys, bytes)
    }

    /// Begins a call that carries the source, for a pipeline, in which a missing script cannot be
    /// loaded first.
    pub(super) fn call_with_source(&self, keys: usize, bytes: usize) -> ScriptCall {
        self.begin("EVAL", self.source, keys, bytes + self.source.len())
    }

    fn begin(&self, command: &str, script: &str, keys: usize, bytes: usize) -> ScriptCall {
        let mut call = Cmd::with_capacity(64, bytes);
        call.arg(command).arg(script).arg(keys);
        ScriptCall {
            command: call,
            source: self.source,
        }
    }
}

impl ScriptCall {
    /// Adds keys or arguments; all keys come first.
    pub(super) fn arg(&mut self, argument: impl ToRedisArgs) -> &mut Self {
        self.command.arg(argument);
        self
    }

    pub(super) fn command(&self) -> &Cmd {
        &self.command
    }

    /// Runs the script. A Redis that does not have it, as after a restart, is given it first.
    pub(super) async fn run<T: FromRedisValue>(
        &self,
        connection: &mut impl ConnectionLike,
    ) -> RedisResult<T> {
        match self.command.query_async(connection).await {
            Err(error) if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript) => {
                let mut load = redis::cmd("SCRIPT");
                load.arg("LOAD").arg(self.source);
                load.query_async::<()>(connection).await?;
                self.command.query_async(connection).await
            }
            answer => answer,
        }
    }
}
