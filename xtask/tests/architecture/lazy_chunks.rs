//! The views of a lazily loaded chunk are named only by the file of the chunk: any other use would
//! move them into the first load.

use super::{
    assert_none,
    crate_tree::{CrateTree, Edge, Target},
};
use std::collections::BTreeSet;

fn is_chunk(tree: &CrateTree, module: usize) -> bool {
    tree.modules[module]
        .path
        .join("::")
        .starts_with("client::pages::chunks::")
}

/// The functions and components that chunks draw. Properties are data that others may name.
fn views(tree: &CrateTree) -> BTreeSet<String> {
    let edges = tree.edges().into_iter();
    let from_chunks = edges.filter(|edge| is_chunk(tree, edge.from));
    let names = from_chunks.filter_map(|edge| match &edge.target {
        Target::Item { module, .. } if !is_chunk(tree, *module) => {
            Some(tree.full_path(&edge.target))
        }
        _ => None,
    });
    let is_view = |name: &String| {
        (name.starts_with("client::pages::") || name.starts_with("client::components::"))
            && ["_page", "Page", "Dialog", "Actions"]
                .iter()
                .any(|end| name.ends_with(end))
    };
    names.filter(is_view).collect()
}

fn uses_outside_chunks(tree: &CrateTree) -> Vec<String> {
    let views = views(tree);
    let is_outside = |edge: &Edge| {
        let home = match &edge.target {
            Target::Item { module, .. } => *module == edge.from,
            _ => true,
        };
        !home && !edge.is_reexport && !is_chunk(tree, edge.from)
    };
    let edges = tree.edges().into_iter().filter(is_outside);
    let uses = edges.map(|edge| {
        (
            tree.modules[edge.from].file,
            edge.line,
            tree.full_path(&edge.target),
        )
    });
    uses.filter(|(_, _, name)| views.contains(name))
        .map(|(file, line, name)| format!("{}:{line} names {name}", tree.files[file]))
        .collect()
}

#[test]
fn views_of_lazy_chunks_are_named_by_their_chunk_only() {
    let tree = &super::CRATES[0];
    assert!(views(tree).len() >= 5, "{:?}", views(tree));
    assert_none(
        "views of lazy chunks in the first load",
        &uses_outside_chunks(tree),
    );
}

mod tests {
    use super::{super::crate_tree::tests::planted, uses_outside_chunks};

    #[test]
    fn use_outside_the_chunk_is_found() {
        let chunk = "pub mod chunks { pub mod review { use crate::pages::review::review_page; } }";
        let review = "pub mod review { pub fn review_page() {} }";
        let app = "mod app { fn f() { html! { { crate::pages::review::review_page() } } } }";
        let pages = format!("pub mod pages {{ {chunk} {review} }}");
        let uses = |code: &str| uses_outside_chunks(&planted("client", &[("lib.rs", code)])).len();
        assert_eq!(uses(&pages), 0);
        assert_eq!(uses(&format!("{pages} {app}")), 1);
    }
}
