//! The gn-collections page: a Yew app that talks to our server, to the sign-in server and to the
//! browser's own database.
//!
//! - [`api`], [`auth`], [`storage`]: HTTP, sign-in, `IndexedDB`
//! - [`browser`]: the other APIs of the browser
//! - [`edit`]: the vocabulary of edits, from component to database or server
//! - [`state`]: the state of the page, changed by pure reducers
//! - [`hooks`]: the interface between components and everything above; [`providers`] holds the
//!   state
//! - [`lazy`]: lazy loading of parts of the page
//! - [`app`], [`route`], [`pages`], [`components`], [`text`]: the user interface
//!
//! Components use hooks, never HTTP or the database. Only [`auth`] handles tokens.

pub mod api;
pub mod app;
pub mod auth;
pub mod browser;
pub mod components;
pub mod edit;
pub mod hooks;
pub mod lazy;
pub mod pages;
pub mod providers;
pub mod route;
pub mod state;
pub mod storage;
pub mod text;
