//! Loads Redis content from files with one JSON object a line,
//! `{"type":"hash","key","field","value","ttl_s"?}`. Sets only the fields that a file names.

use anyhow::{Context, Result, bail};
use base64::{Engine, prelude::BASE64_STANDARD};
use redis::{Commands, Connection, Pipeline};
use serde::Deserialize;
use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

/// Lines in one request to Redis.
const BATCH: usize = 1000;

const KEYS: [&str; 3] = ["users", "collections", "collections2"];

#[derive(Deserialize)]
struct Line {
    r#type: String,
    key: String,
    field: String,
    value: Option<String>,
    /// The value in base64, for bytes that are no text.
    value_base64: Option<String>,
    /// Lifetime of the key in seconds.
    ttl_s: Option<i64>,
}

/// Returns whether Redis holds accounts or collections.
pub(super) fn exists(connection: &mut Connection) -> Result<bool> {
    let count: usize = connection.exists(&KEYS)?;
    Ok(count > 0)
}

/// Fails if the file is not readable.
pub(super) fn check(file: &Path) -> Result<()> {
    open(file).map(drop)
}

fn open(file: &Path) -> Result<File> {
    File::open(file).with_context(|| format!("cannot read {}", file.display()))
}

pub(super) fn load(connection: &mut Connection, file: &Path) -> Result<()> {
    let reader = open(file)?;
    let mut batch = Pipeline::new();
    let mut count = 0;
    for (index, line) in BufReader::new(reader).lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let place = || format!("{}, line {}", file.display(), index + 1);
        add(&mut batch, &line).with_context(place)?;
        count += 1;
        if count % BATCH == 0 {
            batch.exec(connection)?;
            batch.clear();
        }
    }
    batch.exec(connection)?;
    println!("loaded {count} records of {}", file.display());
    Ok(())
}

fn add(batch: &mut Pipeline, line: &str) -> Result<()> {
    let Line {
        r#type,
        key,
        field,
        value,
        value_base64,
        ttl_s,
    } = serde_json::from_str(line)?;
    if r#type != "hash" {
        bail!("the type {type:?} is not known, only \"hash\"");
    }
    let value = match (value, value_base64) {
        (Some(text), None) => text.into_bytes(),
        (None, Some(coded)) => BASE64_STANDARD.decode(coded)?,
        _ => bail!("one of value and value_base64 is needed"),
    };
    batch.hset(&key, field, value).ignore();
    if let Some(seconds) = ttl_s {
        batch.expire(&key, seconds).ignore();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands(line: &str) -> Result<String> {
        let mut batch = Pipeline::new();
        add(&mut batch, line)?;
        Ok(String::from_utf8_lossy(&batch.get_packed_pipeline()).into_owned())
    }

    #[test]
    fn one_line_sets_one_field() {
        let sent =
            commands(r#"{"type":"hash","key":"users","field":"f","value":"\u00e9"}"#).unwrap();
        assert_eq!(
            sent,
            "*4\r\n$4\r\nHSET\r\n$5\r\nusers\r\n$1\r\nf\r\n$2\r\né\r\n"
        );
    }

    #[test]
    fn lifetime_becomes_expiry() {
        let sent =
            commands(r#"{"type":"hash","key":"k","field":"f","value_base64":"/w==","ttl_s":60}"#)
                .unwrap();
        assert!(
            sent.contains("\r\n$6\r\nEXPIRE\r\n$1\r\nk\r\n$2\r\n60\r\n"),
            "{sent}"
        );
    }

    #[test]
    fn malformed_lines_are_refused() {
        assert!(commands(r#"{"type":"list","key":"k","field":"f","value":"v"}"#).is_err());
        assert!(commands(r#"{"type":"hash","key":"k","field":"f"}"#).is_err());
        assert!(commands("oops").is_err());
    }
}
