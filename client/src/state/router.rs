//! Which page is shown. By hand: a router crate covers more kinds of history than ours, and adds 9 kB to the page.

use crate::browser::history::{self, Leave};
use crate::hooks::light::{UseStateSetter, use_effect_with, use_state};
use crate::route::Route;
use std::cell::Cell;
use std::rc::Rc;
use yew::prelude::*;

/// Where the page is, and the way to others.
#[derive(Debug, Clone, PartialEq)]
pub struct Navigator {
    path: AttrValue,
    moved: UseStateSetter<AttrValue>,
    shown: Shown,
}

/// Whether a page was shown before.
#[derive(Debug, Clone, Default)]
struct Shown(Rc<Cell<bool>>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Navigator {
    /// The path of the page that is shown.
    pub fn path(&self) -> &AttrValue {
        &self.path
    }

    /// Notes that a page is shown, and says whether it is the first. That one must not take the focus: it was loaded by
    /// the browser, which starts at the top by itself.
    pub fn is_first(&self) -> bool {
        !self.shown.0.replace(true)
    }

    /// Shows another page; going back leads to this one.
    pub fn push(&self, to: &Route) {
        self.go(to.to_path(), Leave::Kept);
    }

    /// Shows another page in place of this one, by its path.
    pub fn replace(&self, path: String) {
        self.go(path, Leave::Replaced);
    }

    fn go(&self, path: String, leave: Leave) {
        history::go(&path, leave);
        self.moved.set(path.into());
    }
}

/// Properties of [`Router`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct RouterProps {
    /// What is shown of all pages.
    pub children: Html,
}

/// Everything inside may ask for the [`Navigator`].
#[component]
pub fn Router(props: &RouterProps) -> Html {
    let path = use_state(|| AttrValue::from(history::path()));
    let moved = path.setter();
    let shown = use_memo((), |()| Shown::default());
    {
        let moved = moved.clone();
        use_effect_with((), move |()| {
            let travelling = history::on_travel(move || moved.set(history::path().into()));
            move || drop(travelling)
        });
    }
    let navigator = Navigator {
        path: (*path).clone(),
        moved,
        shown: Shown::clone(&shown),
    };
    html! {
        <ContextProvider<Navigator> context={navigator}>
            { props.children.clone() }
        </ContextProvider<Navigator>>
    }
}
