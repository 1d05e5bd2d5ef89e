//! Fetches a value, and again when asked to or after an error that will pass.

use crate::api::{ApiError, retry};
use crate::browser::task::Task;
use crate::state::count::Count;
use crate::state::remote::{Remote, RemoteHandle};
use std::rc::Rc;
use yew::prelude::*;

/// Fetches the value that `key` names; without a key there is nothing to fetch. A change of `revision`
/// fetches it again while the old value stays.
#[hook]
pub(crate) fn use_fetched<K, T, F>(key: Option<K>, revision: u32, fetch: F) -> RemoteHandle<T>
where
    K: Clone + PartialEq + 'static,
    T: 'static,
    F: AsyncFn(&K) -> Result<T, ApiError> + 'static,
{
    // The value is kept with its key, so that it is never shown under another one.
    let known = use_state(|| None::<(K, Remote<T>)>);
    let asked = use_reducer(Count::default);
    let setter = known.setter();
    use_effect_with((key.clone(), revision, asked.0), move |(key, ..)| {
        let asking = key.clone().map(|key| Task::spawn(ask(key, fetch, setter)));
        move || drop(asking)
    });
    let data = match (&key, &*known) {
        (None, _) => Remote::Absent,
        (Some(key), Some((known, data))) if known == key => data.clone(),
        (Some(_), _) => Remote::Loading,
    };
    let reload = use_callback(asked.dispatcher(), |(), asked| asked.dispatch(()));
    RemoteHandle { data, reload }
}

async fn ask<K: Clone, T>(
    key: K,
    fetch: impl AsyncFn(&K) -> Result<T, ApiError>,
    known: UseStateSetter<Option<(K, Remote<T>)>>,
) {
    let show = |data| known.set(Some((key.clone(), data)));
    let failed = |error: &ApiError| show(Remote::Failed(Rc::new(error.clone())));
    let answer = retry::persist(
        async || fetch(&key).await,
        ApiError::is_passing,
        retry::endless(),
        failed,
    );
    match answer.await {
        Ok(value) => show(Remote::Ready(Rc::new(value))),
        Err(error) => failed(&error),
    }
}
