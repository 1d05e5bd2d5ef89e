//! `cargo xtask dist`: one tarball with everything that a deployment needs, and its checksum.

use crate::{
    demo, page,
    process::Stop,
    workspace::{Workspace, hex, write_whole},
};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Files that are taken as they are, and what they are called in the tarball.
const FILES: [(&str, &str); 5] = [
    ("packaging/gn-collections.service", "gn-collections.service"),
    ("packaging/INSTALL.md", "INSTALL.md"),
    (".env.sample", "gn-collections.env"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
];

/// Builds everything in release mode and packs it. Answers where the tarball is.
pub(crate) fn build(workspace: &Workspace, stop: &Stop) -> Result<PathBuf> {
    if page::is_draft() {
        bail!("GNC_PAGE_DRAFT is set: drafts are not for visitors");
    }
    page::build(workspace, stop)?;
    let program = demo::server::build(workspace, stop, false)?;
    let target = stop.read(Command::new("rustc").args(["--print", "host-tuple"]))?;
    let version = env!("CARGO_PKG_VERSION");
    let name = format!("gn-collections-{version}-{}", target.trim());
    let folder = workspace.notes().join("dist");
    let content = folder.join(&name);
    if content.exists() {
        fs::remove_dir_all(&content)?;
    }
    fs::create_dir_all(&content)?;
    fs::copy(program, content.join("gn-collections"))?;
    copy(&workspace.root.join("dist"), &content.join("page"))?;
    for (from, to) in FILES {
        fs::copy(workspace.root.join(from), content.join(to))
            .with_context(|| format!("cannot copy {from}"))?;
    }
    let tarball = folder.join(format!("{name}.tar.gz"));
    // The same content gives the same tarball, whoever packs it and when.
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
    write_whole(
        &folder.join(format!("{name}.tar.gz.sha256")),
        format!("{checksum}  {name}.tar.gz\n").as_bytes(),
    )?;
    println!("{checksum}  {}", tarball.display());
    Ok(tarball)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}
