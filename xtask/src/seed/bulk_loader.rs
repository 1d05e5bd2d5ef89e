//! Sends records to Redis in pipelines, from a thread of its own, while the next ones are made.

use anyhow::{Context, Result};
use redis::{Cmd, Connection, Pipeline};
use std::{
    collections::BTreeMap,
    mem,
    sync::mpsc::{self, SyncSender},
    thread::{self, JoinHandle},
};

/// Fields in one command: few enough that Redis serves other clients in between.
const FIELDS: usize = 100;
/// Commands in one pipeline.
const COMMANDS: usize = 100;
/// Pipelines that wait to be sent.
const PIPELINES: usize = 4;

pub(super) struct BulkLoader {
    /// Fields and values of each hash that wait for their command.
    fields: BTreeMap<&'static str, Vec<(String, String)>>,
    pipeline: Pipeline,
    sender: SyncSender<Pipeline>,
    thread: JoinHandle<Result<()>>,
}

impl BulkLoader {
    pub(super) fn new(mut connection: Connection) -> Self {
        let (sender, pipelines) = mpsc::sync_channel::<Pipeline>(PIPELINES);
        let thread = thread::spawn(move || {
            for pipeline in pipelines {
                pipeline.exec(&mut connection)?;
            }
            Ok(())
        });
        Self {
            fields: BTreeMap::new(),
            pipeline: Pipeline::new(),
            sender,
            thread,
        }
    }

    /// Sets a field of a hash, at the latest in [`finish`](Self::finish).
    pub(super) fn hset(&mut self, key: &'static str, field: String, value: String) {
        let fields = self.fields.entry(key).or_default();
        fields.push((field, value));
        if fields.len() == FIELDS {
            let fields = mem::take(fields);
            self.add(Cmd::hset_multiple(key, &fields));
        }
    }

    /// Adds a command whose reply does not matter.
    pub(super) fn add(&mut self, command: Cmd) {
        self.pipeline.add_command(command).ignore();
        if self.pipeline.len() == COMMANDS {
            // The thread is gone only after an error, which `finish` returns.
            let _ = self.sender.send(mem::take(&mut self.pipeline));
        }
    }

    /// Sends the rest, and waits until Redis has confirmed everything.
    pub(super) fn finish(mut self) -> Result<()> {
        for (key, fields) in mem::take(&mut self.fields) {
            if !fields.is_empty() {
                self.add(Cmd::hset_multiple(key, &fields));
            }
        }
        let _ = self.sender.send(self.pipeline);
        drop(self.sender);
        self.thread.join().ok().context("the sender panicked")?
    }
}
