//! A short message after something was done, with the way to take it back.
//!
//! It stays until the next one comes, the page changes or it is dismissed: nobody has to hurry. With a way
//! back it stays on the next page too.

use crate::api::retry;
use crate::components::page::focus_heading;
use crate::components::sentence;
use crate::hooks::light::{UseStateSetter, use_effect_with, use_state};
use crate::hooks::use_navigator;
use crate::text::errors;
use crate::text::general::DISMISS;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// One message.
#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    /// The sentence, with `{name}` where the name goes.
    pub text: AttrValue,
    /// The name.
    pub name: Option<AttrValue>,
    /// What can be done about it: label and act.
    pub action: Option<(AttrValue, Callback<()>)>,
    /// Whether that takes the focus, because what had it is gone.
    pub focused: bool,
}

impl Toast {
    /// A message without a name or an action.
    pub fn new(text: impl Into<AttrValue>) -> Self {
        Self {
            text: text.into(),
            name: None,
            action: None,
            focused: false,
        }
    }

    /// With the name that the sentence speaks of.
    #[must_use]
    pub fn about(mut self, name: impl Into<AttrValue>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// With another sentence.
    #[must_use]
    pub fn saying(mut self, text: &'static str) -> Self {
        self.text = text.into();
        self
    }

    /// With something that can be done about it.
    #[must_use]
    pub fn with_action(mut self, label: impl Into<AttrValue>, act: Callback<()>) -> Self {
        self.action = Some((label.into(), act));
        self
    }

    /// With the focus on what can be done about it.
    #[must_use]
    pub fn focused(mut self) -> Self {
        self.focused = true;
        self
    }
}

/// Shows messages; given out by [`ToastProvider`].
#[derive(Debug, Clone, PartialEq)]
pub struct Toaster(UseStateSetter<Option<Rc<Toast>>>);

impl Toaster {
    /// Shows a message in place of the one before.
    pub fn show(&self, toast: Toast) {
        self.0.set(Some(Rc::new(toast)));
    }
}

/// The way to show messages.
#[hook]
pub fn use_toaster() -> Toaster {
    use_context().expect("Toaster comes from ToastProvider")
}

/// Properties of [`ToastProvider`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ToastProviderProps {
    /// What may show messages.
    pub children: Html,
}

/// Gives out a [`Toaster`] and shows its messages.
#[component]
pub fn ToastProvider(props: &ToastProviderProps) -> Html {
    let toast = use_state(|| None::<Rc<Toast>>);
    // Why something takes longer. It goes by itself, and then what was said before is there again.
    let waiting = use_state(|| None::<Rc<Toast>>);
    {
        let waiting = waiting.setter();
        use_effect_with((), move |()| {
            retry::set_teller(Callback::from(move |error: Option<_>| {
                waiting.set(error.map(|error| Rc::new(Toast::new(errors::api(&error).in_one()))));
            }));
        });
    }
    let on_dismiss = {
        let (toast, waiting) = (toast.setter(), waiting.setter());
        Callback::from(move |()| {
            waiting.set(None);
            toast.set(None);
            focus_heading();
        })
    };
    {
        let (toast, path) = (
            toast.clone(),
            use_navigator().map(|navigator| navigator.path().clone()),
        );
        use_effect_with(path, move |_| {
            // What can be taken back is still of use on the next page; a plain word is not.
            if toast.as_ref().is_some_and(|toast| toast.action.is_none()) {
                toast.set(None);
            }
        });
    }
    html! {
        <ContextProvider<Toaster> context={Toaster(toast.setter())}>
            { props.children.clone() }
            <ToastRegion toast={(*waiting).clone().or_else(|| (*toast).clone())} {on_dismiss} />
        </ContextProvider<Toaster>>
    }
}

/// Properties of [`ToastRegion`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ToastRegionProps {
    /// The message, if there is one.
    pub toast: Option<Rc<Toast>>,
    /// The message is done with.
    pub on_dismiss: Callback<()>,
}

/// Where messages appear. The region is always there, so that what appears in it is announced.
#[component]
pub fn ToastRegion(props: &ToastRegionProps) -> Html {
    let act_button = use_node_ref();
    {
        let act_button = act_button.clone();
        use_effect_with(props.toast.clone(), move |toast| {
            let focused = toast.as_ref().is_some_and(|toast| toast.focused);
            if let (true, Some(button)) = (focused, act_button.cast::<HtmlElement>()) {
                let _ = button.focus();
            }
        });
    }
    let content = props.toast.as_ref().map(|toast| {
        html! {
            <div class="toast">
                <span>{ sentence(&toast.text, toast.name.as_deref()) }</span>
                if let Some((label, act)) = &toast.action {
                    <button
                        type="button"
                        class="button button--quiet"
                        ref={act_button}
                        onclick={{
                            let (act, dismiss) = (act.clone(), props.on_dismiss.clone());
                            move |_| {
                                dismiss.emit(());
                                act.emit(());
                            }
                        }}
                    >
                        { &**label }
                    </button>
                }
                <button
                    type="button"
                    class="button button--quiet"
                    onclick={props.on_dismiss.reform(|_| ())}
                >
                    { DISMISS }
                </button>
            </div>
        }
    });
    html! { <div class="toasts" role="status">{ content }</div> }
}
