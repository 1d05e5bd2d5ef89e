//! The component that holds the state of the app and provides it to the hooks.

mod local_database;
mod session;

use crate::api::PublicApi;
use crate::hooks::config::ConfigContext;
use crate::hooks::fetched::use_fetched;
use crate::hooks::local_collections::LocalCollections;
use crate::hooks::revision::Revision;
use crate::state::count::Count;
use crate::state::session::{Session, SessionStatus};
use local_database::use_local_database;
use session::use_sign_in;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ProvidersProps {
    pub children: Html,
}

/// Provides everything that [`crate::hooks`] need to its children.
#[component]
pub fn Providers(props: &ProvidersProps) -> Html {
    let config = use_fetched(Some(()), 0, async |(): &()| PublicApi.config().await).data;
    let session = use_sign_in(&config);
    let local = use_local_database();
    let revision = use_counter();
    {
        let raise = revision.raise.clone();
        let is_expired = matches!(session.status, SessionStatus::Expired(_));
        use_effect_with(is_expired, move |is_expired| {
            // Requests that failed after expiry are repeated after the new sign-in.
            if !is_expired {
                raise.emit(());
            }
        });
    }
    html! {
        <ContextProvider<ConfigContext> context={ConfigContext(config)}>
            <ContextProvider<Session> context={session}>
                <ContextProvider<LocalCollections> context={local}>
                    <ContextProvider<Revision> context={revision}>
                        { props.children.clone() }
                    </ContextProvider<Revision>>
                </ContextProvider<LocalCollections>>
            </ContextProvider<Session>>
        </ContextProvider<ConfigContext>>
    }
}

#[hook]
fn use_counter() -> Revision {
    let count = use_reducer(Count::default);
    let raise = use_callback(count.dispatcher(), |(), count| count.dispatch(()));
    Revision {
        number: count.0,
        raise,
    }
}
