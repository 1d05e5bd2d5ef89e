//! The modules of a crate without its tests, and the resolution of paths between them.

use super::paths::{self, Reference};
use std::collections::HashMap;
use syn::{Item, ItemUse, UseTree, visit::Visit};

/// A module, in a file of its own or inline.
pub(crate) struct Module {
    /// The path from the crate's name, as `server::store::keys`.
    pub(crate) path: Vec<String>,
    /// The index of its file in [`CrateTree::files`].
    pub(crate) file: usize,
    parent: Option<usize>,
    children: HashMap<String, usize>,
    items: Vec<String>,
    imports: HashMap<String, Vec<Vec<String>>>,
    globs: Vec<Vec<String>>,
    /// Everything that its code names.
    references: Vec<Reference>,
}

/// All modules of a crate that are compiled without `cfg(test)`.
pub(crate) struct CrateTree {
    pub(crate) files: Vec<String>,
    pub(crate) modules: Vec<Module>,
}

/// The definition that a path leads to.
#[derive(Debug, PartialEq)]
pub(crate) enum Target {
    Module(usize),
    Item { module: usize, name: String },
    External(Vec<String>),
}

/// A use of a name by a file.
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) line: usize,
    pub(crate) target: Target,
    /// Whether a `pub use` makes the name available elsewhere.
    pub(crate) is_reexport: bool,
}

type ReadFile<'a> = &'a dyn Fn(&str) -> Option<String>;

impl CrateTree {
    /// Parses the crate from its root file on; `read` returns the text of a file, if it exists.
    pub(crate) fn load(name: &str, root: &str, read: ReadFile<'_>) -> Self {
        let mut tree = Self {
            files: Vec::new(),
            modules: Vec::new(),
        };
        // With its slash.
        let folder = root.rfind('/').map_or("", |end| &root[..=end]);
        tree.load_file(vec![name.to_owned()], None, root, folder, read);
        tree
    }

    fn load_file(
        &mut self,
        path: Vec<String>,
        parent: Option<usize>,
        file: &str,
        folder: &str,
        read: ReadFile<'_>,
    ) -> usize {
        let text = read(file).unwrap_or_else(|| panic!("{file} is not readable"));
        let syntax = syn::parse_file(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        self.files.push(file.to_owned());
        let index = self.files.len() - 1;
        self.add_module(path, parent, index, syntax.items, folder, read)
    }

    fn add_module(
        &mut self,
        path: Vec<String>,
        parent: Option<usize>,
        file: usize,
        items: Vec<Item>,
        folder: &str,
        read: ReadFile<'_>,
    ) -> usize {
        let id = self.modules.len();
        self.modules.push(Module {
            path: path.clone(),
            file,
            parent,
            children: HashMap::new(),
            items: Vec::new(),
            imports: HashMap::new(),
            globs: Vec::new(),
            references: Vec::new(),
        });
        for item in items {
            if paths::is_for_tests(paths::attributes(&item)) {
                continue;
            }
            let Item::Mod(module) = item else {
                self.add_item(id, &item);
                continue;
            };
            let name = module.ident.to_string();
            let mut inner = path.clone();
            inner.push(name.clone());
            let folder = format!("{folder}{name}/");
            let child = if let Some((_, items)) = module.content {
                self.add_module(inner, Some(id), file, items, &folder, read)
            } else {
                let beside = format!("{}.rs", folder.trim_end_matches('/'));
                let inside = format!("{folder}mod.rs");
                let file = if read(&beside).is_some() {
                    beside
                } else {
                    inside
                };
                self.load_file(inner, Some(id), &file, &folder, read)
            };
            self.modules[id].children.insert(name, child);
        }
        id
    }

    fn add_item(&mut self, id: usize, item: &Item) {
        let module = &mut self.modules[id];
        module.items.extend(name_of(item));
        module.references.extend(paths::references(item));
        let mut uses = Uses(Vec::new());
        uses.visit_item(item);
        for used in uses.0 {
            add_imports(module, &[], &used);
        }
    }

    /// Every use of a name, resolved to its definition.
    pub(crate) fn edges(&self) -> Vec<Edge> {
        let modules = self.modules.iter().enumerate();
        let edges = modules.flat_map(|(id, module)| {
            module.references.iter().map(move |reference| Edge {
                from: id,
                line: reference.line,
                target: self.resolve(id, &reference.path, 0),
                is_reexport: reference.is_reexport,
            })
        });
        edges.collect()
    }

    /// The path of a definition from its crate on, as `redis::Value` or
    /// `server::store::keys::Keys`.
    pub(crate) fn full_path(&self, target: &Target) -> String {
        match target {
            Target::Module(module) => self.modules[*module].path.join("::"),
            Target::Item { module, name } => {
                format!("{}::{name}", self.modules[*module].path.join("::"))
            }
            Target::External(path) => path.join("::"),
        }
    }

    fn resolve(&self, from: usize, path: &[String], depth: usize) -> Target {
        let external = || Target::External(path.to_vec());
        let Some((first, rest)) = path.split_first().filter(|_| depth < 32) else {
            return external();
        };
        match first.as_str() {
            "crate" => self.descend(0, rest, depth),
            "self" => self.descend(from, rest, depth),
            "super" => self.modules[from]
                .parent
                .map_or_else(external, |parent| self.descend(parent, rest, depth)),
            _ => self.look_up(from, path, depth).unwrap_or_else(external),
        }
    }

    fn descend(&self, module: usize, rest: &[String], depth: usize) -> Target {
        match rest {
            [] => Target::Module(module),
            [first, ..] if first == "super" || first == "self" => {
                self.resolve(module, rest, depth + 1)
            }
            [name, ..] => self
                .look_up(module, rest, depth)
                .unwrap_or_else(|| Target::Item {
                    module,
                    name: name.clone(),
                }),
        }
    }

    /// A name may belong to a module and to an item: only a module has a path behind it, mostly.
    fn look_up(&self, id: usize, path: &[String], depth: usize) -> Option<Target> {
        let module = &self.modules[id];
        let (name, rest) = path.split_first()?;
        let item = || {
            let is_here = module.items.contains(name);
            is_here.then(|| Target::Item {
                module: id,
                name: name.clone(),
            })
        };
        let child = || {
            let child = *module.children.get(name)?;
            Some(self.descend(child, rest, depth + 1))
        };
        let import = || {
            let import = module.imports.get(name)?.first()?;
            Some(self.resolve(id, &[import, rest].concat(), depth + 1))
        };
        let glob = || {
            module.globs.iter().find_map(|glob| {
                let Target::Module(source) = self.resolve(id, glob, depth + 1) else {
                    return None;
                };
                (source != id && depth < 32)
                    .then(|| self.look_up(source, path, depth + 1))
                    .flatten()
            })
        };
        if rest.is_empty() {
            item().or_else(import).or_else(child).or_else(glob)
        } else {
            child().or_else(import).or_else(item).or_else(glob)
        }
    }
}

/// All `use` items of an item, those in function bodies too.
struct Uses(Vec<UseTree>);

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.0.push(item.tree.clone());
    }
}

fn add_imports(module: &mut Module, prefix: &[String], tree: &UseTree) {
    let join = |name: &str| [prefix, &[name.to_owned()]].concat();
    let (name, path) = match tree {
        UseTree::Path(path) => {
            return add_imports(module, &join(&path.ident.to_string()), &path.tree);
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                add_imports(module, prefix, tree);
            }
            return;
        }
        UseTree::Glob(_) => return module.globs.push(prefix.to_vec()),
        UseTree::Name(name) if name.ident == "self" => {
            (prefix.last().cloned().unwrap_or_default(), prefix.to_vec())
        }
        UseTree::Name(name) => (name.ident.to_string(), join(&name.ident.to_string())),
        UseTree::Rename(rename) if rename.ident == "self" => {
            (rename.rename.to_string(), prefix.to_vec())
        }
        UseTree::Rename(rename) => (rename.rename.to_string(), join(&rename.ident.to_string())),
    };
    module.imports.entry(name).or_default().push(path);
}

fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        _ => return None,
    };
    Some(name.to_string())
}

pub(crate) mod tests {
    use super::*;

    /// A crate whose files are these texts.
    pub(crate) fn planted(name: &str, files: &[(&str, &str)]) -> CrateTree {
        let read = |path: &str| {
            let file = files.iter().find(|(name, _)| *name == path);
            file.map(|(_, text)| (*text).to_owned())
        };
        CrateTree::load(name, files[0].0, &read)
    }

    #[test]
    fn paths_are_resolved_to_definitions() {
        let tree = planted(
            "server",
            &[
                (
                    "lib.rs",
                    "mod a; mod b; pub use b::c::Deep; use crate as me;",
                ),
                (
                    "a.rs",
                    "use super::b::{c, Again}; fn f() { c::Deep::new(); redis::cmd(); }",
                ),
                (
                    "b.rs",
                    "pub mod c; pub use self::c::Deep as Again; use std::time::Instant;",
                ),
                (
                    "b/c.rs",
                    "pub struct Deep; fn g() { html! { <p>{ crate::a::f() }</p> } }",
                ),
            ],
        );
        let named_by = |file: &str| -> Vec<String> {
            let edges = tree.edges();
            let of_file = edges.iter().filter(|edge| {
                let module = &tree.modules[edge.from];
                tree.files[module.file] == file
            });
            of_file.map(|edge| tree.full_path(&edge.target)).collect()
        };
        assert_eq!(
            named_by("a.rs"),
            [
                "server::b::c",
                "server::b::c::Deep",
                "server::b::c::Deep",
                "redis::cmd"
            ]
        );
        assert_eq!(
            named_by("b.rs"),
            ["server::b::c::Deep", "std::time::Instant"]
        );
        assert!(named_by("b/c.rs").contains(&"server::a::f".to_owned()));
    }
}
