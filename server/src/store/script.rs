//! Calls of server-side scripts, with arguments of many megabytes.
//!
//! The library's own [`redis::Script`] copies every argument twice before it is sent; of a list of 20 MB that takes
//! longer than to send it.

use redis::aio::ConnectionLike;
use redis::{Cmd, ErrorKind, FromRedisValue, RedisResult, ServerErrorKind, ToRedisArgs};

/// A script, and the name under which Redis keeps it.
pub(super) struct Script {
    library: redis::Script,
    code: &'static str,
}

/// A call in the making: first its keys, then its arguments.
pub(super) struct Call {
    command: Cmd,
    code: &'static str,
}

impl Script {
    pub(super) fn new(code: &'static str) -> Self {
        Self {
            library: redis::Script::new(code),
            code,
        }
    }

    /// A call with so many keys, and about so many bytes of arguments.
    pub(super) fn call(&self, keys: usize, bytes: usize) -> Call {
        self.begin("EVALSHA", self.library.get_hash(), keys, bytes)
    }

    /// The same for a Redis that may not have the script, where it cannot be asked again.
    pub(super) fn whole_call(&self, keys: usize, bytes: usize) -> Call {
        self.begin("EVAL", self.code, keys, bytes + self.code.len())
    }

    fn begin(&self, command: &str, script: &str, keys: usize, bytes: usize) -> Call {
        let mut call = Cmd::with_capacity(64, bytes);
        call.arg(command).arg(script).arg(keys);
        Call {
            command: call,
            code: self.code,
        }
    }
}

impl Call {
    /// The next key or argument.
    pub(super) fn arg(&mut self, argument: impl ToRedisArgs) -> &mut Self {
        self.command.arg(argument);
        self
    }

    /// The call as a command.
    pub(super) fn command(&self) -> &Cmd {
        &self.command
    }

    /// Runs the script. A Redis that does not have it, as after a start, is given it first.
    pub(super) async fn run<T: FromRedisValue>(
        &self,
        connection: &mut impl ConnectionLike,
    ) -> RedisResult<T> {
        let answer = self.command.query_async(connection).await;
        match answer {
            Err(error) if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript) => {
                let mut load = redis::cmd("SCRIPT");
                load.arg("LOAD").arg(self.code);
                load.query_async::<()>(connection).await?;
                self.command.query_async(connection).await
            }
            answer => answer,
        }
    }
}
