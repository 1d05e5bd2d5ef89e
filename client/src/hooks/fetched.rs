//! Fetches a value, and fetches it again on request or after a passing error.

use crate::api::{ApiError, retry};
use crate::browser::task::Task;
use crate::state::count::Count;
use crate::state::remote::{Remote, RemoteHandle};
use std::rc::Rc;
use yew::prelude::*;

/// Fetches the value that `key` names; without a key there is nothing to fetch. When `revision`
/// changes, the value is fetched again, and the old value stays until then.
#[hook]
pub(crate) fn use_fetched<K, T, F>(key: Option<K>, revision: u32, fetch: F) -> RemoteHandle<T>
where
    K: Clone + PartialEq + 'static,
    T: Clone + 'static,
    F: AsyncFn(&K) -> Result<T, ApiError> + 'static,
{
    // The value is stored with its key, so that it is never shown for another key.
    let fetched = use_state(|| None::<(K, Remote<T>)>);
    let reloads = use_reducer(Count::default);
    let setter = fetched.setter();
    use_effect_with((key.clone(), revision, reloads.0), move |(key, ..)| {
        let task = key.clone().map(|key| {
            Task::spawn(async move {
                let show = |data| setter.set(Some((key.clone(), data)));
                let show_error = |error: &ApiError| show(Remote::Failed(Rc::new(error.clone())));
                let value = retry::with_retry(
                    async || fetch(&key).await,
                    ApiError::is_transient,
                    retry::background_delays(),
                    show_error,
                );
                match value.await {
                    Ok(value) => show(Remote::Ready(Rc::new(value))),
                    Err(error) => show_error(&error),
                }
            })
        });
        move || drop(task)
    });
    let data = match (&key, &*fetched) {
        (None, _) => Remote::Absent,
        (Some(key), Some((fetched_key, data))) if fetched_key == key => data.clone(),
        (Some(_), _) => Remote::Loading,
    };
    let reload = use_callback(reloads.dispatcher(), |(), reloads| reloads.dispatch(()));
    RemoteHandle { data, reload }
}
