//! `cargo xtask dist`: packs everything that a deployment needs into one tarball, with a checksum.

use crate::{
    demo, page,
    process::Stop,
    workspace::{Workspace, hex, write_atomically},
};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::{fs, path::PathBuf, process::Command};

/// Files of the checkout, and their names in the tarball.
const FILES: [(&str, &str); 5] = [
    ("packaging/gn-collections.service", "gn-collections.service"),
    ("packaging/INSTALL.md", "INSTALL.md"),
    (".env.sample", "gn-collections.env"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
];

/// Builds everything in release mode, packs it, and returns the path of the tarball.
pub(crate) fn build(workspace: &Workspace, stop: &Stop) -> Result<PathBuf> {
    if page::is_draft() {
        bail!("GNC_PAGE_DRAFT is set: drafts are not for visitors");
    }
    page::build(workspace, stop)?;
    let program = demo::server::build(workspace, stop, false)?;
    let target = stop.read(Command::new("rustc").args(["--print", "host-tuple"]))?;
    let version = env!("CARGO_PKG_VERSION");
    let name = format!("gn-collections-{version}-{}", target.trim());
    let folder = workspace.output_folder().join("dist");
    let content = folder.join(&name);
    if content.exists() {
        fs::remove_dir_all(&content)?;
    }
    fs::create_dir_all(&content)?;
    fs::copy(program, content.join("gn-collections"))?;
    let mut copy = Command::new("cp");
    copy.args(["-r", "dist"]).arg(content.join("page"));
    stop.run(copy.current_dir(&workspace.root))?;
    for (from, to) in FILES {
        fs::copy(workspace.root.join(from), content.join(to))
            .with_context(|| format!("cannot copy {from}"))?;
    }
    let tarball = folder.join(format!("{name}.tar.gz"));
    // The same content always gives the same tarball.
    stop.run(
        Command::new("tar")
            .args(["--create", "--use-compress-program=gzip -n"])
            .args(["--sort=name", "--mtime=@0"])
            .args(["--owner=0", "--group=0", "--numeric-owner"])
            .args(["--mode=u+rw,go=rX"])
            .arg("--file")
            .arg(&tarball)
            .arg("--directory")
            .arg(&folder)
            .arg(&name),
    )?;
    let checksum = hex(&Sha256::digest(fs::read(&tarball)?));
    write_atomically(
        &folder.join(format!("{name}.tar.gz.sha256")),
        format!("{checksum}  {name}.tar.gz\n").as_bytes(),
    )?;
    println!("{checksum}  {}", tarball.display());
    Ok(tarball)
}
