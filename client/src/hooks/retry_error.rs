//! The error that delays a request at the moment.

use crate::api::{ApiError, retry};
use yew::prelude::*;

/// Returns why a request is being repeated; `None` once it is done. Only one component can use it.
#[hook]
pub fn use_retry_error() -> UseStateHandle<Option<ApiError>> {
    let error = use_state(|| None::<ApiError>);
    {
        let error = error.setter();
        use_effect_with((), move |()| {
            retry::set_retry_listener(Callback::from(move |delay| error.set(delay)));
        });
    }
    error
}
