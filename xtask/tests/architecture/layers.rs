//! Layers import downwards only, and a library is named only by the modules that wrap it.

use super::{
    assert_none,
    crate_tree::{CrateTree, Target},
};

/// Modules with all their children, and the names that their code may not use.
struct Rule {
    modules: &'static [&'static str],
    /// Children of these modules for which the rule does not hold.
    except: &'static [&'static str],
    forbidden: &'static [&'static str],
    /// Names below the forbidden ones that may be used all the same.
    allowed: &'static [&'static str],
}

impl Rule {
    const fn new(modules: &'static [&'static str], forbidden: &'static [&'static str]) -> Self {
        Self {
            modules,
            except: &[],
            forbidden,
            allowed: &[],
        }
    }

    const fn except(mut self, modules: &'static [&'static str]) -> Self {
        self.except = modules;
        self
    }

    const fn allow(mut self, names: &'static [&'static str]) -> Self {
        self.allowed = names;
        self
    }
}

/// The layers of the client, from the lowest to the highest.
const CLIENT: &[Rule] = &[
    Rule::new(&["client::browser"], ABOVE_BROWSER),
    Rule::new(
        &[
            "client::api",
            "client::auth",
            "client::edit",
            "client::storage",
        ],
        ABOVE_STORAGE,
    ),
    Rule::new(&["client::state"], ABOVE_STATE),
    Rule::new(
        &["client::hooks", "client::providers", "client::text"],
        ABOVE_HOOKS,
    ),
    Rule::new(
        &["client::components", "client::lazy"],
        &["client::pages", "client::app"],
    ),
    // Components and pages use hooks; of the layers below they know errors and records.
    Rule::new(
        &["client::components", "client::pages"],
        &["client::api", "client::auth", "client::storage"],
    )
    .allow(&["client::api::error", "client::storage::record"]),
];

const ABOVE_BROWSER: &[&str] = &[
    "client::api",
    "client::auth",
    "client::edit",
    "client::storage",
    "client::state",
    "client::hooks",
    "client::providers",
    "client::text",
    "client::components",
    "client::lazy",
    "client::pages",
    "client::app",
];
const ABOVE_STORAGE: &[&str] = ABOVE_BROWSER.split_at(4).1;
const ABOVE_STATE: &[&str] = ABOVE_STORAGE.split_at(1).1;
const ABOVE_HOOKS: &[&str] = ABOVE_STATE.split_at(3).1;

/// Libraries and browser interfaces that only one module of the client may use.
const CLIENT_EDGES: &[Rule] = &[
    Rule::new(
        &["client"],
        &["gloo_net", ".fetch_with_str", ".fetch_with_request"],
    )
    .except(&["client::api", "client::auth"]),
    Rule::new(&["client"], &["idb", ".indexed_db"]).except(&["client::storage"]),
    Rule::new(
        &["client", "worker"],
        &[
            "js_sys::Date::now",
            "js_sys::Date::new_0",
            "std::time",
            "time::OffsetDateTime::now_utc",
        ],
    )
    .except(&["client::browser::clock"]),
    Rule::new(&["client"], &[".local_storage"])
        .except(&["client::auth", "client::browser::preference"]),
    Rule::new(
        &["client"],
        &[".set_inner_html", "yew::Html::from_html_unchecked"],
    ),
];

/// The layers of the server, from the lowest to the highest.
const SERVER: &[Rule] = &[
    Rule::new(
        &["server::store"],
        &[
            "server::service",
            "server::routes",
            "server::middleware",
            "server::state",
            "axum",
            "http",
        ],
    ),
    Rule::new(
        &["server::auth", "server::limits", "server::config"],
        &["server::service", "server::routes", "server::middleware"],
    ),
    Rule::new(
        &["server::service"],
        &[
            "server::routes",
            "server::middleware",
            "server::state",
            "axum",
            "http",
            "hyper",
            "redis",
            "reqwest",
            "tower",
            "tower_http",
        ],
    ),
    Rule::new(
        &["server::routes", "server::middleware"],
        &["server::doctor", "server::operator", "server::serve"],
    ),
];

/// Libraries that only one module of the server may use.
const SERVER_EDGES: &[Rule] = &[
    Rule::new(
        &["server::service"],
        &[
            "std::time::SystemTime",
            "std::time::Instant",
            "tokio::time::Instant",
        ],
    ),
    // The configuration reads the URLs of Redis with the types of the crate.
    Rule::new(&["server"], &["redis"]).except(&["server::store", "server::config"]),
    Rule::new(
        &["server::config"],
        &[
            "redis::Client",
            "redis::aio",
            "redis::cmd",
            "redis::Cmd",
            "redis::Commands",
            "redis::AsyncCommands",
            "redis::pipe",
        ],
    ),
    Rule::new(
        &["server"],
        &[
            "jsonwebtoken",
            "http::header::AUTHORIZATION",
            "axum::http::header::AUTHORIZATION",
        ],
    )
    .except(&["server::auth"]),
];

/// No input or output, no clock, no random numbers.
const SHARED: &[Rule] = &[Rule::new(
    &["shared"],
    &[
        "std::env",
        "std::fs",
        "std::io",
        "std::net",
        "std::process",
        "std::time",
        "time::OffsetDateTime::now_utc",
        "getrandom",
        "rand",
        "uuid::Uuid::new_v4",
        "js_sys",
        "tokio",
        "web_sys",
    ],
)];

fn is_below(path: &str, top: &str) -> bool {
    path.strip_prefix(top)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn is_below_any(path: &str, tops: &[&str]) -> bool {
    tops.iter().any(|top| is_below(path, top))
}

impl Rule {
    fn is_broken_by(&self, module: &str, name: &str) -> bool {
        is_below_any(module, self.modules)
            && !is_below_any(module, self.except)
            && is_below_any(name, self.forbidden)
            && !is_below_any(name, self.allowed)
    }
}

fn violations(tree: &CrateTree, rules: &[&Rule]) -> Vec<String> {
    let mut violations = Vec::new();
    for edge in tree.edges() {
        let from = &tree.modules[edge.from];
        let module = from.path.join("::");
        let name = tree.full_path(&edge.target);
        // A single word is a variable or a module: its use is another reference.
        let is_variable = matches!(&edge.target, Target::External(path) if path.len() == 1)
            && !name.starts_with('.');
        if !is_variable && rules.iter().any(|rule| rule.is_broken_by(&module, &name)) {
            violations.push(format!(
                "{}:{} names {name}",
                tree.files[from.file], edge.line
            ));
        }
    }
    violations.dedup();
    violations
}

fn check(rule: &str, rules: &[&[Rule]]) {
    let rules: Vec<&Rule> = rules.iter().copied().flatten().collect();
    let trees = super::CRATES.iter();
    let found: Vec<String> = trees.flat_map(|tree| violations(tree, &rules)).collect();
    assert_none(rule, &found);
}

#[test]
fn layers_import_downwards_only() {
    check("names that a layer may not use", &[CLIENT, SERVER]);
}

#[test]
fn each_edge_of_client_and_server_has_one_module() {
    check("names outside their module", &[CLIENT_EDGES, SERVER_EDGES]);
}

#[test]
fn shared_does_no_input_or_output() {
    check("input, output, clock or chance in shared", &[SHARED]);
}

mod tests {
    use super::{
        super::crate_tree::tests::planted, CLIENT, CLIENT_EDGES, SERVER, SERVER_EDGES, SHARED,
        violations,
    };

    /// Whether this code is against the rules in this module.
    fn is_found(module: &str, code: &str) -> bool {
        let (name, rest) = module.split_once("::").expect("a module in a crate");
        let (top, below) = rest.split_once("::").unwrap_or((rest, "inner"));
        let others = ["api", "hooks", "pages", "routes", "service"];
        let others = others.iter().filter(|other| **other != top);
        let others: Vec<String> = others
            .map(|other| {
                format!("mod {other} {{ pub struct A; pub mod error {{ pub struct E; }} }}")
            })
            .collect();
        let code = format!("mod {top} {{ mod {below} {{ {code} }} }}");
        let tree = planted(name, &[("lib.rs", &(others.concat() + &code))]);
        let rules = [CLIENT, CLIENT_EDGES, SERVER, SERVER_EDGES, SHARED];
        let rules: Vec<_> = rules.into_iter().flatten().collect();
        !violations(&tree, &rules).is_empty()
    }

    #[test]
    fn names_of_higher_layers_and_of_foreign_edges_are_found() {
        for (module, code) in [
            ("client::components", "use crate::pages::A;"),
            (
                "client::components",
                "fn f() { html! { <p>{ crate::api::A }</p> } }",
            ),
            ("client::pages", "use crate::{api::A, hooks};"),
            ("client::state", "use crate::hooks::A;"),
            ("client::storage", "use crate::hooks::A;"),
            ("client::lazy", "use crate::pages::A;"),
            ("client::providers", "use crate::pages::A;"),
            ("client::browser", "use crate::api::A;"),
            ("client::hooks", "use gloo_net::http::Request;"),
            ("client::pages", "fn f() { window.fetch_with_str(url) }"),
            ("client::state", "fn f() { idb::Factory::new() }"),
            ("client::api", "use js_sys::Date; fn f() { Date::now() }"),
            ("client::hooks", "fn f() { window().local_storage() }"),
            ("server::service", "use super::super::routes::A;"),
            ("server::store", "use crate::service::A;"),
            ("server::auth", "use crate::service::A;"),
            ("server::service", "use redis::Value;"),
            ("server::service", "use axum::http::StatusCode;"),
            (
                "server::service",
                "use std::time; fn f() { time::Instant::now() }",
            ),
            ("server::routes", "fn f() { redis::cmd(\"GET\") }"),
            ("server::config", "fn f() { redis::Client::open(url) }"),
            ("server::routes", "use jsonwebtoken::decode;"),
            (
                "server::routes",
                "use axum::http::{StatusCode, header}; fn f() { header::AUTHORIZATION }",
            ),
            ("shared::edit", "fn f() { std::fs::read(path) }"),
            ("shared::edit", "use uuid::Uuid; fn f() { Uuid::new_v4() }"),
            ("shared::edit", "use std::time::Instant;"),
        ] {
            assert!(is_found(module, code), "{module}: {code}");
        }
    }

    #[test]
    fn names_of_lower_layers_and_of_own_edges_are_no_violations() {
        for (module, code) in [
            ("client::pages", "use crate::{api::error::E, hooks::A};"),
            ("client::api", "use gloo_net::http::Request;"),
            ("client::browser::clock", "fn f() { js_sys::Date::now() }"),
            ("client::text", "fn f() { js_sys::Date::new(value) }"),
            ("server::routes", "use crate::service::A;"),
            ("server::store", "use redis::Value;"),
            ("server::config", "use redis::ConnectionInfo;"),
            ("server::clock", "use std::time::Instant;"),
            ("shared::edit", "use std::collections::BTreeMap;"),
        ] {
            assert!(!is_found(module, code), "{module}: {code}");
        }
    }
}
