//! What can be done with a collection, wherever it is kept.

use super::conflict::{Conflict, conflict, deleted_elsewhere};
use super::heading::Heading;
use super::history::History;
use crate::components::RouteLink;
use crate::components::add_traits::AddTraits;
use crate::components::collection_list::row::Place;
use crate::components::later::Later;
use crate::components::members::Members;
use crate::components::page::focus_heading;
use crate::components::toast::{Toast, Toaster, use_toaster};
use crate::hooks::light::{UseStateSetter, use_state};
use crate::hooks::{
    Edit, EditError, Edited, Editing, Navigator, Open, use_config, use_editing, use_navigator,
};
use crate::later::{Asked, Wanted};
use crate::pages::deleting::{show_deleted, show_failure};
use crate::route::Route;
use crate::text::collections::{DELETED, RENAMED};
use crate::text::editing::WAITS;
use crate::text::general::{BACK, UNDO};
use crate::text::history::WENT_BACK;
use crate::text::{collection as text, table};
use shared::timestamp::Timestamp;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// How often an undo is tried that finds the collection changed meanwhile.
const UNDO_ATTEMPTS: u32 = 5;

/// What is shown of a collection.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    /// Where it is kept.
    pub(super) place: Place,
    /// CSS class and words of that place.
    pub(super) badge: (&'static str, &'static str),
    /// Its name.
    pub(super) name: AttrValue,
    /// When it last changed.
    pub(super) changed: Timestamp,
    /// Its members, in stored order.
    pub(super) members: Vec<String>,
    /// Where it came from, if that was noted.
    pub(super) note: Option<AttrValue>,
}

/// Properties of [`Editor`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct EditorProps {
    /// What is shown.
    pub(super) shown: Shown,
    /// The means to change it.
    pub(super) open: Open,
    /// Whether it is known to be deleted: then what is shown is what it was.
    #[prop_or_default]
    pub(super) gone: bool,
}

/// A collection with its traits, and everything that changes it.
#[component]
pub(super) fn Editor(props: &EditorProps) -> Html {
    let (editing, toaster, config, navigator) =
        (use_editing(), use_toaster(), use_config(), use_navigator());
    let (renaming, busy) = (use_state(|| false), use_state(|| false));
    let found = use_state(|| None::<Rc<Conflict>>);
    let copying = use_state(|| None::<Rc<Vec<String>>>);
    let shown = &props.shown;
    let members = use_memo(shown.members.clone(), |members| {
        Rc::<[String]>::from(members.clone())
    });
    let trait_url = config
        .ready()
        .and_then(|config| config.links.r#trait.clone());

    let act = {
        let act = Act {
            open: props.open.clone(),
            name: shown.name.clone(),
            editing,
            toaster,
            navigator,
            renaming: renaming.setter(),
            busy: busy.setter(),
            had_conflict: found.is_some(),
            conflict: found.setter(),
        };
        Callback::from(move |edit| spawn_local(act.clone().run(edit)))
    };
    let on_leave = {
        let found = found.setter();
        Callback::from(move |_| {
            found.set(None);
            focus_heading();
        })
    };
    let on_renaming = {
        let renaming = renaming.setter();
        Callback::from(move |to| renaming.set(to))
    };
    let on_copy = {
        let copying = copying.setter();
        Callback::from(move |members| copying.set(Some(Rc::new(members))))
    };
    let on_copied = {
        let copying = copying.setter();
        Callback::from(move |()| copying.set(None))
    };
    html! {
        <Heading shown={shown.clone()} renaming={*renaming} {on_renaming} act={act.clone()}>
            if let Some(found) = &*found {
                { conflict(found, *busy, act.reform({
                    let found = found.clone();
                    move |_| found.edit.clone()
                }), on_leave) }
            } else if props.gone {
                { deleted_elsewhere() }
            }
            <AddTraits
                members={(*members).clone()}
                busy={*busy}
                on_add={act.reform(Edit::Add)}
            />
            <Members
                members={(*members).clone()}
                trait_url={trait_url.map(AttrValue::from)}
                on_remove={Some(act.reform(Edit::Remove))}
                on_copy={Some(on_copy)}
            />
            <History shown={shown.clone()} open={props.open.clone()} {act} />
            if let Some(members) = &*copying {
                <Later wanted={Wanted::Dialog(Asked::Copy {
                    members: members.clone(),
                    from: props.open.id().into(),
                }, on_copied)} />
            }
            <p><RouteLink to={Route::Collections}>{ BACK }</RouteLink></p>
        </Heading>
    }
}

/// What it takes to make a change and to say what has become of it.
#[derive(Clone)]
struct Act {
    open: Open,
    name: AttrValue,
    editing: Editing,
    toaster: Toaster,
    navigator: Option<Navigator>,
    renaming: UseStateSetter<bool>,
    busy: UseStateSetter<bool>,
    had_conflict: bool,
    conflict: UseStateSetter<Option<Rc<Conflict>>>,
}

impl Act {
    async fn run(self, edit: Edit) {
        self.busy.set(true);
        let answer = self.open.edit(&edit).await;
        self.busy.set(false);
        let difference = match answer {
            Ok(edited) => return self.done(edit, edited),
            Err(EditError::Stale(difference)) => Some(difference),
            Err(EditError::Gone) => None,
            Err(error) => return show_failure(&self.toaster, &error),
        };
        let found = Conflict { edit, difference };
        self.conflict.set(Some(Rc::new(found)));
    }

    fn done(&self, edit: Edit, edited: Edited) {
        if self.had_conflict {
            self.conflict.set(None);
            // The button that was pressed goes with the message.
            focus_heading();
        }
        let stored = edited.stored;
        let toast = match edit {
            Edit::Rename(name) => {
                self.renaming.set(false);
                Toast::new(RENAMED).about(name)
            }
            Edit::Add(_) => {
                let in_account = matches!(self.open, Open::Account(_));
                Toast::new(text::added(edited.added, in_account))
            }
            Edit::Remove(members) => {
                let toast = match members.as_slice() {
                    [member] => Toast::new(text::REMOVED).about(member.clone()),
                    members => Toast::new(table::removed(members.len() as u64)),
                };
                toast.with_action(UNDO, self.clone().undo(Edit::Add(members)))
            }
            Edit::GoBack(_) => Toast::new(WENT_BACK),
            Edit::Delete => {
                if let Some(navigator) = &self.navigator {
                    navigator.push(&Route::Collections);
                }
                let (editing, toaster) = (&self.editing, &self.toaster);
                let name = Some(self.name.clone());
                return show_deleted(editing, toaster, edited.deleted, DELETED.into(), name);
            }
        };
        self.toaster
            .show(if stored { toast } else { toast.saying(WAITS) });
    }

    /// Adds again what was removed. What others have changed meanwhile does not stand against that.
    fn undo(self, edit: Edit) -> Callback<()> {
        Callback::from(move |()| {
            let (open, toaster, edit) = (self.open.clone(), self.toaster.clone(), edit.clone());
            spawn_local(async move {
                let mut answer = open.edit(&edit).await;
                for _ in 1..UNDO_ATTEMPTS {
                    if !matches!(answer, Err(EditError::Stale(_))) {
                        break;
                    }
                    answer = open.edit(&edit).await;
                }
                if let Err(error) = answer {
                    show_failure(&toaster, &error);
                }
            });
        })
    }
}
