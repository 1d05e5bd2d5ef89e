//! The corpus of the fuzzer as one archive, `fuzz/corpus.tar.gz`, with a folder for each target.

use anyhow::{Context, Result};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};
use tar::{Archive, Builder, Header};

/// Unpacks the archive into `folder`, whose old content is removed.
pub(super) fn unpack(archive: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let file = File::open(archive).with_context(|| format!("{}", archive.display()))?;
    Archive::new(GzDecoder::new(file)).unpack(folder)?;
    Ok(())
}

/// Packs `folder` into the archive. The same inputs give the same bytes: entries are sorted, and
/// times and owners are left out.
pub(super) fn pack(folder: &Path, archive: &Path) -> Result<()> {
    let mut builder = Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
    for target in sorted_entries(folder)? {
        for input in sorted_entries(&target)? {
            let bytes = fs::read(&input)?;
            let mut header = Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            builder.append_data(&mut header, input.strip_prefix(folder)?, bytes.as_slice())?;
        }
    }
    let bytes = builder.into_inner()?.finish()?;
    fs::write(archive, bytes)?;
    Ok(())
}

fn sorted_entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths = entries.collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_is_reversible_and_deterministic() {
        let temporary = tempfile::tempdir().expect("a folder");
        let path = |name: &str| temporary.path().join(name);
        for (target, name, bytes) in [("b", "2", "x"), ("b", "1", ""), ("a", "1", "y")] {
            fs::create_dir_all(path("inputs").join(target)).expect("a folder");
            fs::write(path("inputs").join(target).join(name), bytes).expect("written");
        }
        pack(&path("inputs"), &path("first")).expect("packed");
        unpack(&path("first"), &path("unpacked")).expect("unpacked");
        assert_eq!(fs::read(path("unpacked/b/2")).expect("an input"), b"x");
        pack(&path("unpacked"), &path("second")).expect("packed");
        let read = |name: &str| fs::read(path(name)).expect("an archive");
        assert_eq!(read("first"), read("second"));
    }
}
