//! The chunks of the page that are loaded lazily, one file each, with the views in them. See
//! [`crate::lazy`].

pub mod bulk_actions;
pub mod collection;
pub mod transfer;
