//! Fetches a value, and again when asked to or after an error that will pass.

use crate::api::{ApiError, retry};
use crate::browser::task::Task;
use crate::hooks::light::{use_effect_with, use_state};
use crate::state::count::Count;
use crate::state::remote::{Remote, RemoteHandle};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
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
        let asking = key.clone().map(|key| {
            let (fetch, failed) = (Rc::new(fetch), (key.clone(), setter.clone()));
            let attempt = move || {
                let (fetch, key, known) = (fetch.clone(), key.clone(), setter.clone());
                async move {
                    let value = Rc::new(fetch(&key).await?);
                    known.set(Some((key, Remote::Ready(value))));
                    Ok(())
                }
                .boxed_local()
            };
            let failed = move |error: &ApiError| {
                let (key, known) = &failed;
                let error = Remote::Failed(Rc::new(error.clone()));
                known.set(Some((key.clone(), error)));
            };
            Task::spawn(ask(Box::new(attempt), Box::new(failed)))
        });
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

/// Fetches the value and shows it.
type Attempt = Box<dyn Fn() -> LocalBoxFuture<'static, Result<(), ApiError>>>;

/// Not generic, because what is generic is compiled again for each type.
async fn ask(attempt: Attempt, failed: Box<dyn Fn(&ApiError)>) {
    let answer = retry::persist(
        async || attempt().await,
        ApiError::is_passing,
        retry::endless(),
        &failed,
    );
    if let Err(error) = answer.await {
        failed(&error);
    }
}
