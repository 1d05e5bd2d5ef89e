//! A value that has to be fetched from the server.

use crate::api::ApiError;
use std::rc::Rc;
use yew::Callback;

#[derive(Debug, Clone, PartialEq)]
pub enum Remote<T> {
    /// Nobody is signed in, so the value is not fetched.
    Absent,
    /// The value is being fetched for the first time.
    Loading,
    /// The value, also while it is being fetched again.
    Ready(Rc<T>),
    /// The value could not be fetched. After a passing error it is fetched again.
    Failed(Rc<ApiError>),
}

impl<T> Remote<T> {
    pub fn ready(&self) -> Option<&Rc<T>> {
        match self {
            Self::Ready(value) => Some(value),
            _ => None,
        }
    }
}

/// A fetched value and the means to fetch it again.
#[derive(Debug, Clone, PartialEq)]
pub struct RemoteHandle<T> {
    pub data: Remote<T>,
    pub reload: Callback<()>,
}
