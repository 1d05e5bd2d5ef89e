//! The walk that makes the index, beside one by a plain client over the same hash.

use super::{
    Extent,
    bed::{Bed, Programs},
    table::{median, number, print},
};
use crate::{process::Stop, workspace::Workspace};
use anyhow::Result;
use std::process::Command;

/// Measures and prints.
pub(super) fn measure(
    workspace: &Workspace,
    stop: &Stop,
    programs: &Programs,
    beds: &[Bed],
    extent: &Extent,
) -> Result<()> {
    println!("\nindex: as the server's log says, and HSCAN users … COUNT 1000 by a plain client");
    let mut rows = Vec::new();
    for bed in beds {
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..extent.runs {
            let walk = bed.another(workspace, stop, programs)?;
            ours.push(walk.indexed_in.as_secs_f64() * 1e3);
            let took = stop.read(Command::new(&programs.peer).args([
                "hscan",
                bed.redis().url(),
                "users",
            ]))?;
            bare.push(took.trim().parse()?);
        }
        let (ours, bare) = (median(&ours), median(&bare));
        rows.push(vec![
            bed.accounts.to_string(),
            number(ours),
            number(bare),
            number(ours / bare),
        ]);
    }
    print(&["accounts", "index ms", "bare HSCAN ms", "ratio"], &rows);
    Ok(())
}
