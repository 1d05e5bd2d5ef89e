//! Sets `cfg(split)` when the code is split into chunks that are loaded lazily; see `src/lazy.rs`.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(split)");
    println!("cargo::rerun-if-env-changed=GNC_PAGE_SPLIT");
    if std::env::var_os("GNC_PAGE_SPLIT").is_some() {
        println!("cargo::rustc-cfg=split");
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
