//! No source file has more than 300 lines, no function more than 80.

use super::{assert_none, crate_tree::CrateTree, paths};
use syn::{
    Block, ImplItemFn, ItemFn, ItemMod, Signature, TraitItemFn,
    spanned::Spanned,
    visit::{self, Visit},
};

const FILE: usize = 300;
const FUNCTION: usize = 80;

/// The functions that are too long, from `fn` to the closing brace, without those of tests.
#[derive(Default)]
struct LongFunctions(Vec<String>);

impl LongFunctions {
    fn check(&mut self, signature: &Signature, block: &Block) {
        let first = signature.span().start().line;
        let lines = block.span().end().line + 1 - first;
        if lines > FUNCTION {
            self.0
                .push(format!("{first}: {} has {lines} lines", signature.ident));
        }
    }
}

impl<'ast> Visit<'ast> for LongFunctions {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !paths::is_for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.check(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.check(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        if let Some(block) = &item.default {
            self.check(&item.sig, block);
        }
    }
}

fn long_functions(text: &str) -> Vec<String> {
    let mut functions = LongFunctions::default();
    functions.visit_file(&syn::parse_file(text).expect("the file is Rust"));
    functions.0
}

fn texts(tree: &CrateTree) -> impl Iterator<Item = (&String, String)> {
    let read = |path: &String| std::fs::read_to_string(super::root().join(path));
    tree.files
        .iter()
        .map(move |path| (path, read(path).expect("the file is readable")))
}

#[test]
fn source_files_have_at_most_300_lines() {
    let all = super::CRATES.iter().flat_map(texts);
    let sizes = all.map(|(path, text)| (path, text.lines().count()));
    let found: Vec<String> = sizes
        .filter(|(_, lines)| *lines > FILE)
        .map(|(path, lines)| format!("{path} has {lines} lines"))
        .collect();
    assert_none("files of more than 300 lines", &found);
}

#[test]
fn functions_have_at_most_80_lines() {
    let all = super::CRATES.iter().flat_map(texts);
    let found: Vec<String> = all
        .flat_map(|(path, text)| {
            let functions = long_functions(&text).into_iter();
            functions
                .map(|function| format!("{path}:{function}"))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_none("functions of more than 80 lines", &found);
}

#[test]
fn long_functions_are_found() {
    let body = |lines: usize| format!("{{\n{}}}", "    step();\n".repeat(lines));
    let function = |lines| {
        format!(
            "/// Text.\n#[component]\npub fn f() -> Html {}",
            body(lines)
        )
    };
    assert_eq!(long_functions(&function(78)), [""; 0]);
    assert_eq!(long_functions(&function(79)), ["3: f has 81 lines"]);
    let method = format!("impl A {{ fn f() {} }}", body(79));
    assert_eq!(long_functions(&method).len(), 1);
    let test = format!("#[cfg(test)] mod tests {{ {} }}", function(79));
    assert_eq!(long_functions(&test).len(), 0);
}
