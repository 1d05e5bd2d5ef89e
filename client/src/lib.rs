//! The gn-collections page: a Yew app that talks to our server, to the sign-in server and to the
//! browser's own database.
//!
//! - [`api`], [`auth`], [`storage`]: the edges: HTTP, sign-in, `IndexedDB`
//! - [`browser`]: small edges that several parts need
//! - [`state`]: what the page knows, changed by pure reducers; [`state::providers`] gives it out
//! - [`order`]: sorting, compiled once
//! - [`hooks`]: what components use of all that
//! - [`later`]: what is loaded apart from the page
//! - [`app`], [`route`], [`pages`], [`components`], [`text`]: what people see
//!
//! No component speaks HTTP or to the database: it uses a hook. Only [`auth`] touches a token.

pub mod api;
pub mod app;
pub mod auth;
pub mod browser;
pub mod components;
pub mod hooks;
pub mod later;
pub mod order;
pub mod pages;
pub mod route;
pub mod state;
pub mod storage;
pub mod text;

/// Draws the app into the page's body.
pub fn start() {
    app::start();
}
