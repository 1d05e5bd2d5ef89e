//! Measures the walk that makes the index, beside one by a plain client over the same hash.

use super::{
    report::{median, number, print},
    test_bed::{Effort, Programs, TestBed},
};
use crate::process::Stop;
use anyhow::Result;
use std::process::Command;

pub(super) fn measure(
    stop: &Stop,
    programs: &Programs,
    beds: &[TestBed],
    effort: &Effort,
) -> Result<()> {
    println!("\nindex: as the server's log says, and HSCAN users … COUNT 1000 by a plain client");
    let mut rows = Vec::new();
    for bed in beds {
        let (mut server, mut plain) = (Vec::new(), Vec::new());
        for _ in 0..effort.runs {
            let another = bed.start_another(stop, programs, &[])?;
            server.push(another.index_duration.as_secs_f64() * 1e3);
            let mut peer = Command::new(&programs.peer);
            let output = stop.read(peer.args(["hscan", bed.redis().url(), "users"]))?;
            plain.push(output.trim().parse()?);
        }
        let (server, plain) = (median(&server), median(&plain));
        rows.push(vec![
            bed.accounts.to_string(),
            number(server),
            number(plain),
            number(server / plain),
        ]);
    }
    print(&["accounts", "index ms", "bare HSCAN ms", "ratio"], &rows);
    Ok(())
}
