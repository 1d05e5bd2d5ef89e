//! One collection of this browser: rename, add and remove traits, delete.
//!
//! - [`heading`]: its name, and what can be done with the whole of it

mod heading;

use crate::components::add_traits::AddTraits;
use crate::components::members::Members;
use crate::components::toast::{Toast, use_toaster};
use crate::components::{Page, RouteLink, Tone, notice};
use crate::hooks::{LocalEntry, LocalStatus, use_config, use_local};
use crate::pages::local_actions::show_failure;
use crate::route::Route;
use crate::text::collection as text;
use crate::text::general::{BACK, LOADING, UNDO};
use heading::Heading;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Properties of [`LocalCollectionPage`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LocalCollectionPageProps {
    /// Its id in this browser.
    pub id: AttrValue,
}

/// The collection, or why it is not there.
#[component]
pub fn LocalCollectionPage(props: &LocalCollectionPageProps) -> Html {
    let local = use_local();
    let entry = local
        .entries
        .iter()
        .find(|entry| *entry.collection.id == *props.id);
    match (&local.status, entry) {
        (_, Some(entry)) => html! { <Editor entry={entry.clone()} /> },
        (LocalStatus::Loading, None) => html! { <Page title={LOADING} /> },
        (_, None) => {
            let body = html! {
                <>
                    <p>{ text::MISSING_BODY }</p>
                    <RouteLink to={Route::Collections}>{ BACK }</RouteLink>
                </>
            };
            html! {
                <Page title={text::MISSING_TITLE}>
                    { notice(Tone::Plain, text::MISSING_TITLE, body) }
                </Page>
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct EditorProps {
    entry: LocalEntry,
}

#[component]
fn Editor(props: &EditorProps) -> Html {
    let (local, toaster, config) = (use_local(), use_toaster(), use_config());
    let busy = use_state(|| false);
    let collection = &props.entry.collection;
    let id = &collection.id;
    let members = use_memo(collection.members.clone(), |members| {
        Rc::<[String]>::from(members.clone())
    });
    let trait_url = config
        .ready()
        .and_then(|config| config.links.r#trait.clone());

    let on_add = {
        let (local, toaster, busy, id) =
            (local.clone(), toaster.clone(), busy.setter(), id.clone());
        Callback::from(move |members: Vec<String>| {
            let (local, toaster, busy, id) =
                (local.clone(), toaster.clone(), busy.clone(), id.clone());
            busy.set(true);
            spawn_local(async move {
                match local.add_members(&id, members).await {
                    Ok(added) => toaster.show(Toast::new(text::added(added))),
                    Err(error) => show_failure(&toaster, &error),
                }
                busy.set(false);
            });
        })
    };
    let on_remove = {
        let (local, toaster, id) = (local.clone(), toaster.clone(), id.clone());
        Callback::from(move |member: String| {
            let (local, toaster, id) = (local.clone(), toaster.clone(), id.clone());
            spawn_local(async move {
                match local
                    .remove_members(&id, std::slice::from_ref(&member))
                    .await
                {
                    Ok(()) => {
                        let undo = {
                            let (local, toaster, member) =
                                (local.clone(), toaster.clone(), member.clone());
                            Callback::from(move |()| {
                                let (local, toaster) = (local.clone(), toaster.clone());
                                let (id, member) = (id.clone(), member.clone());
                                spawn_local(async move {
                                    if let Err(error) = local.add_members(&id, vec![member]).await {
                                        show_failure(&toaster, &error);
                                    }
                                });
                            })
                        };
                        toaster.show(
                            Toast::new(text::REMOVED)
                                .about(member)
                                .with_action(UNDO, undo),
                        );
                    }
                    Err(error) => show_failure(&toaster, &error),
                }
            });
        })
    };
    html! {
        <Heading entry={props.entry.clone()}>
            <AddTraits members={(*members).clone()} busy={*busy} {on_add} />
            <Members
                members={(*members).clone()}
                trait_url={trait_url.map(AttrValue::from)}
                on_remove={Some(on_remove)}
            />
            <p><RouteLink to={Route::Collections}>{ BACK }</RouteLink></p>
        </Heading>
    }
}
