//! Tells whether the page is to be split into parts that are loaded apart; see `src/later.rs`.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(split)");
    println!("cargo::rerun-if-env-changed=GNC_PAGE_SPLIT");
    if std::env::var_os("GNC_PAGE_SPLIT").is_some() {
        println!("cargo::rustc-cfg=split");
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
