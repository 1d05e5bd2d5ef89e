//! Which page is shown. By hand: a router crate covers more kinds of history than ours, and adds 9 kB to the page.

use crate::browser::history::{self, Leave};
use crate::hooks::light::{UseStateSetter, use_effect_with, use_state};
use crate::route::Route;
use yew::prelude::*;

/// Where the page is, and the way to others.
#[derive(Debug, Clone, PartialEq)]
pub struct Navigator {
    path: AttrValue,
    moved: UseStateSetter<AttrValue>,
}

impl Navigator {
    /// The path of the page that is shown.
    pub fn path(&self) -> &AttrValue {
        &self.path
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
    };
    html! {
        <ContextProvider<Navigator> context={navigator}>
            { props.children.clone() }
        </ContextProvider<Navigator>>
    }
}
