//! A value that has to be fetched.

use crate::api::ApiError;
use std::rc::Rc;
use yew::Callback;

/// A value of the server, as far as it is known.
#[derive(Debug)]
pub enum Remote<T> {
    /// Not asked for, because nobody is signed in.
    Absent,
    /// Asked for the first time.
    Loading,
    /// Known. Stays while it is asked for again.
    Ready(Rc<T>),
    /// Asked for in vain. After a passing error it is asked for again by itself.
    Failed(Rc<ApiError>),
}

impl<T> Remote<T> {
    /// The value, if known.
    pub fn ready(&self) -> Option<&Rc<T>> {
        match self {
            Self::Ready(value) => Some(value),
            _ => None,
        }
    }
}

// Derived, these would ask for `T: Clone`.
impl<T> Clone for Remote<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Absent => Self::Absent,
            Self::Loading => Self::Loading,
            Self::Ready(value) => Self::Ready(value.clone()),
            Self::Failed(error) => Self::Failed(error.clone()),
        }
    }
}

impl<T: PartialEq> PartialEq for Remote<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Absent, Self::Absent) | (Self::Loading, Self::Loading) => true,
            (Self::Ready(one), Self::Ready(two)) => Rc::ptr_eq(one, two) || one == two,
            (Self::Failed(one), Self::Failed(two)) => one == two,
            _ => false,
        }
    }
}

/// A fetched value and the means to fetch it again.
#[derive(Debug)]
pub struct RemoteHandle<T> {
    /// The value, as far as it is known.
    pub data: Remote<T>,
    /// Fetches it again.
    pub reload: Callback<()>,
}

impl<T> Clone for RemoteHandle<T> {
    fn clone(&self) -> Self {
        Self {
            data: self.data.clone(),
            reload: self.reload.clone(),
        }
    }
}

impl<T: PartialEq> PartialEq for RemoteHandle<T> {
    fn eq(&self, other: &Self) -> bool {
        self.data == other.data && self.reload == other.reload
    }
}
