//! The paths that an item names, in code and inside macros.

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, ExprMethodCall, ImplItemFn, Item, ItemFn, ItemUse, Macro, Meta, MetaList, Path,
    UseTree, Visibility,
    spanned::Spanned,
    visit::{self, Visit},
};

/// A path as it stands in the code.
pub(crate) struct Reference {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
    pub(crate) is_reexport: bool,
}

/// Whether the attributes say `cfg(test)`.
pub(crate) fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        _ => false,
    })
}

/// All paths of an item but those of its tests.
pub(crate) fn references(item: &Item) -> Vec<Reference> {
    let mut collector = Collector(Vec::new());
    collector.visit_item(item);
    collector.0
}

struct Collector(Vec<Reference>);

impl Collector {
    fn add_use(&mut self, prefix: &[String], tree: &UseTree, line: usize, is_reexport: bool) {
        let mut path = prefix.to_vec();
        match tree {
            UseTree::Path(part) => {
                path.push(part.ident.to_string());
                return self.add_use(&path, &part.tree, line, is_reexport);
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_use(prefix, tree, tree.span().start().line, is_reexport);
                }
                return;
            }
            UseTree::Name(name) if name.ident != "self" => path.push(name.ident.to_string()),
            UseTree::Rename(rename) if rename.ident != "self" => {
                path.push(rename.ident.to_string());
            }
            _ => {}
        }
        self.0.push(Reference {
            path,
            line,
            is_reexport,
        });
    }

    /// Names joined by `::`, and methods with the dot before them.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut line = 0;
        let (mut colons, mut after_dot) = (0, false);
        for token in tokens {
            match &token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.end_path(&mut path, line);
                    }
                    let dot = if after_dot { "." } else { "" };
                    path.push(format!("{dot}{name}"));
                    line = name.span().start().line;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Group(group) => {
                    self.end_path(&mut path, line);
                    self.add_tokens(group.stream());
                }
                _ => self.end_path(&mut path, line),
            }
            colons = 0;
            after_dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
        }
        self.end_path(&mut path, line);
    }

    fn end_path(&mut self, path: &mut Vec<String>, line: usize) {
        if !path.is_empty() {
            self.0.push(Reference {
                path: std::mem::take(path),
                line,
                is_reexport: false,
            });
        }
    }
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let is_reexport = !matches!(item.vis, Visibility::Inherited);
        self.add_use(&[], &item.tree, item.span().start().line, is_reexport);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        self.0.push(Reference {
            path: path
                .segments
                .iter()
                .map(|part| part.ident.to_string())
                .collect(),
            line: path.span().start().line,
            is_reexport: false,
        });
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.0.push(Reference {
            path: vec![format!(".{}", call.method)],
            line: call.method.span().start().line,
            is_reexport: false,
        });
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        self.visit_path(&item.path);
        self.add_tokens(item.tokens.clone());
    }

    fn visit_meta_list(&mut self, list: &'ast MetaList) {
        self.add_tokens(list.tokens.clone());
    }

    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

/// The attributes of an item.
pub(crate) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
