//! No files of a crate import each other in a cycle.

use super::{
    assert_none,
    crate_tree::{CrateTree, Target},
};
use std::collections::{BTreeMap, BTreeSet};

/// For each file the files that it imports, with the names that it takes from there.
type Imports = BTreeMap<usize, BTreeMap<usize, BTreeSet<String>>>;

fn imports(tree: &CrateTree) -> Imports {
    let mut imports = Imports::new();
    for edge in tree.edges() {
        let Target::Item { module, name } = edge.target else {
            continue;
        };
        let (from, to) = (&tree.modules[edge.from], &tree.modules[module]);
        // The names that a module offers of its children.
        let is_own_face = edge.is_reexport && to.path.starts_with(&from.path);
        if from.file != to.file && !is_own_face {
            let names = imports.entry(from.file).or_default().entry(to.file);
            names.or_default().insert(name);
        }
    }
    imports
}

fn reachable(imports: &Imports, start: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut next = vec![start];
    while let Some(file) = next.pop() {
        for &to in imports.get(&file).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(to) {
                next.push(to);
            }
        }
    }
    reached
}

/// The cycles of a crate, each with its files and the names that they take from each other.
fn cycles(tree: &CrateTree) -> Vec<String> {
    let imports = imports(tree);
    let reached: BTreeMap<usize, BTreeSet<usize>> = imports
        .keys()
        .map(|&file| (file, reachable(&imports, file)))
        .collect();
    let mut seen = BTreeSet::new();
    let mut cycles = Vec::new();
    for (&file, files) in &reached {
        let is_member = |other: &&usize| reached.get(*other).is_some_and(|all| all.contains(&file));
        let members: BTreeSet<usize> = files.iter().filter(is_member).copied().collect();
        if members.is_empty() || !seen.insert(members.clone()) {
            continue;
        }
        let mut lines = vec![format!("cycle of {} files", members.len())];
        for from in &members {
            for (to, names) in imports[from].iter().filter(|(to, _)| members.contains(to)) {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let (from, to) = (&tree.files[*from], &tree.files[*to]);
                lines.push(format!("    {from} -> {to}: {}", names.join(", ")));
            }
        }
        cycles.push(lines.join("\n"));
    }
    cycles
}

#[test]
fn no_files_of_a_crate_import_each_other_in_a_cycle() {
    let found: Vec<String> = super::CRATES.iter().flat_map(cycles).collect();
    assert_none("import cycles", &found);
}

mod tests {
    use super::{super::crate_tree::tests::planted, cycles};

    #[test]
    fn cycles_are_found_through_reexports_and_macros() {
        let tree = planted(
            "server",
            &[
                ("lib.rs", "mod a; mod b; mod c; pub use c::Third;"),
                ("a.rs", "use crate::b::Second; pub struct First;"),
                (
                    "b.rs",
                    "pub struct Second; fn f() -> crate::Third { todo!() }",
                ),
                (
                    "c.rs",
                    "pub struct Third; fn g() { html! { <p>{ super::a::First }</p> } }",
                ),
            ],
        );
        assert_eq!(
            cycles(&tree),
            [
                "cycle of 3 files\n    a.rs -> b.rs: Second\n    b.rs -> c.rs: Third\n    c.rs -> a.rs: First"
            ]
        );
    }

    #[test]
    fn a_module_and_its_child_may_not_use_each_other() {
        let child = ("a.rs", "use super::Top; pub struct First;");
        let parent = ("lib.rs", "mod a; use a::First; struct Top;");
        assert_eq!(cycles(&planted("server", &[parent, child])).len(), 1);
        let face = ("lib.rs", "mod a; pub use a::First; struct Top;");
        assert_eq!(cycles(&planted("server", &[face, child])).len(), 0);
    }

    #[test]
    fn tests_may_use_anything() {
        let tree = planted(
            "server",
            &[
                ("lib.rs", "mod a; mod b;"),
                ("a.rs", "use crate::b::B; pub struct A;"),
                (
                    "b.rs",
                    "pub struct B; #[cfg(test)] mod tests { use crate::a::A; }",
                ),
            ],
        );
        assert_eq!(cycles(&tree).len(), 0);
    }
}
