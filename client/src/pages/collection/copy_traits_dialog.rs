//! The dialog that copies traits of a collection into another one, existing or new.

use crate::components::{Dialog, Toast, use_toaster};
use crate::pages::target_form::{CopiedTraits, TargetForm};
use crate::text::{copy as text, editing};
use shared::edit::check::is_showable;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct CopyTraitsDialogProps {
    pub members: Rc<Vec<String>>,
    /// The collection that holds the traits, which is not offered as target.
    pub source_id: AttrValue,
    pub on_close: Callback<()>,
}

#[component]
pub fn CopyTraitsDialog(props: &CopyTraitsDialogProps) -> Html {
    let toaster = use_toaster();
    let number = props.members.len();
    let members = use_memo(props.members.clone(), |members| {
        let showable = members.iter().filter(|member| is_showable(member));
        showable.cloned().collect::<Vec<_>>()
    });
    let on_done = {
        let (on_close, asked) = (props.on_close.clone(), members.len());
        Callback::from(move |CopiedTraits { name, saved, .. }| {
            on_close.emit(());
            let message = if saved.is_stored() {
                text::copied_traits(saved.added, asked as u64, (number - asked) as u64)
            } else {
                editing::NOT_STORED_YET.to_owned()
            };
            toaster.show(Toast::new(message).with_name(name));
        })
    };
    html! {
        <Dialog title={text::dialog_title(number)} on_cancel={props.on_close.clone()}>
            if members.len() < number {
                <p>{ text::excluded_traits(number - members.len()) }</p>
            }
            <TargetForm
                {members}
                source_id={&props.source_id}
                target_label={text::TARGET}
                submit_label={text::COPY}
                busy_label={text::COPYING}
                {on_done}
                on_cancel={props.on_close.clone()}
            />
        </Dialog>
    }
}
