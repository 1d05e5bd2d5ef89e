//! Short messages after an action, with a button that undoes it.
//!
//! A message stays until the next one is shown, the page changes or the user dismisses it. With an
//! action it stays on the next page too. A sign-out ends every message.

use crate::components::dom::{focus, focus_heading};
use crate::components::{button, text_with_name};
use crate::hooks::{use_location, use_retry_error, use_session};
use crate::text::errors;
use crate::text::general::DISMISS;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    /// The sentence, with `{name}` where the name goes.
    pub text: AttrValue,
    pub name: Option<AttrValue>,
    /// The label of the button, and what it does.
    pub action: Option<(AttrValue, Callback<()>)>,
    /// Whether the button takes the focus, because the focused element is gone.
    pub has_focus: bool,
}

impl Toast {
    pub fn new(text: impl Into<AttrValue>) -> Self {
        Self {
            text: text.into(),
            name: None,
            action: None,
            has_focus: false,
        }
    }

    #[must_use]
    pub fn with_name(mut self, name: impl Into<AttrValue>) -> Self {
        self.name = Some(name.into());
        self
    }

    #[must_use]
    pub fn with_text(mut self, text: &'static str) -> Self {
        self.text = text.into();
        self
    }

    #[must_use]
    pub fn with_action(mut self, label: impl Into<AttrValue>, on_action: Callback<()>) -> Self {
        self.action = Some((label.into(), on_action));
        self
    }

    #[must_use]
    pub fn with_focus(mut self) -> Self {
        self.has_focus = true;
        self
    }
}

/// Shows toasts.
#[derive(Debug, Clone, PartialEq)]
pub struct Toaster(UseStateSetter<Option<Rc<Toast>>>);

impl Toaster {
    pub fn show(&self, toast: Toast) {
        self.0.set(Some(Rc::new(toast)));
    }
}

#[hook]
pub fn use_toaster() -> Toaster {
    use_context().expect("ToastProvider provides the toaster")
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ToastProviderProps {
    pub children: Html,
}

/// Provides a [`Toaster`] and shows its messages.
#[component]
pub fn ToastProvider(props: &ToastProviderProps) -> Html {
    let toast = use_state(|| None::<Rc<Toast>>);
    let retry_error = use_retry_error();
    let on_dismiss = {
        let (toast, retry_error) = (toast.setter(), retry_error.setter());
        Callback::from(move |()| {
            retry_error.set(None);
            toast.set(None);
            focus_heading();
        })
    };
    {
        let toast = toast.clone();
        let path = use_location().map(|location| location.path().to_owned());
        use_effect_with(path, move |_| {
            if toast.as_ref().is_some_and(|toast| toast.action.is_none()) {
                toast.set(None);
            }
        });
    }
    {
        let (toast, retry_error) = (toast.setter(), retry_error.setter());
        let is_signed_in = use_session().api.is_some();
        use_effect_with(is_signed_in, move |is_signed_in| {
            if !is_signed_in {
                retry_error.set(None);
                toast.set(None);
            }
        });
    }
    // Until a repeated request is done, the reason is shown in place of the toast.
    let shown = match &*retry_error {
        Some(error) => Some(Rc::new(Toast::new(errors::api_error(error).one_line()))),
        None => (*toast).clone(),
    };
    html! {
        <ContextProvider<Toaster> context={Toaster(toast.setter())}>
            { props.children.clone() }
            <ToastRegion toast={shown} {on_dismiss} />
        </ContextProvider<Toaster>>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ToastRegionProps {
    pub toast: Option<Rc<Toast>>,
    pub on_dismiss: Callback<()>,
}

/// The live region of the toasts. It is always in the page, so that screen readers announce what
/// appears in it.
#[component]
pub fn ToastRegion(props: &ToastRegionProps) -> Html {
    let action_button = use_node_ref();
    {
        let action_button = action_button.clone();
        use_effect_with(props.toast.clone(), move |toast| {
            if toast.as_ref().is_some_and(|toast| toast.has_focus) {
                focus(&action_button);
            }
        });
    }
    let on_dismiss = &props.on_dismiss;
    let on_action = |on_action: &Callback<()>| {
        let (on_action, on_dismiss) = (on_action.clone(), on_dismiss.clone());
        move |_: MouseEvent| {
            on_dismiss.emit(());
            on_action.emit(());
        }
    };
    html! {
        <div class="toasts" role="status">
            if let Some(toast) = &props.toast {
                <div class="toast">
                    <span>{ text_with_name(&toast.text, toast.name.as_deref()) }</span>
                    if let Some((label, callback)) = &toast.action {
                        <button
                            type="button"
                            class="button button--quiet"
                            ref={action_button}
                            onclick={on_action(callback)}
                        >
                            { &**label }
                        </button>
                    }
                    { button("button--quiet", DISMISS, on_dismiss) }
                </div>
            }
        </div>
    }
}
