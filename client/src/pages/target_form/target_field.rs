//! The field for the collection that receives traits.

use super::copy_target::TargetOption;
use crate::components::{Select, text_with_name};
use crate::text::copy as text;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct TargetFieldProps {
    pub(super) label: &'static str,
    pub(super) options: Rc<Vec<TargetOption>>,
    /// May be missing from the options, after another tab deleted the collection.
    pub(super) chosen: TargetOption,
    pub(super) on_choose: Callback<TargetOption>,
}

#[component]
pub(super) fn TargetField(props: &TargetFieldProps) -> Html {
    let TargetFieldProps {
        label,
        options,
        chosen,
        on_choose,
    } = props;
    let selected = options
        .iter()
        .position(|option| option.target == chosen.target);
    let on_select = {
        let options = options.clone();
        on_choose.reform(move |position: usize| options[position].clone())
    };
    html! {
        <div class="field">
            <label for="copy-target">{ *label }</label>
            <Select
                id="copy-target"
                options={options.iter().map(TargetOption::label).collect::<Vec<_>>()}
                {selected}
                placeholder={text::CHOOSE_TARGET}
                {on_select}
            />
            if selected.is_none() {
                <span class="field__error" role="alert">
                    { text_with_name(text::TARGET_GONE, Some(&chosen.name)) }
                </span>
            }
        </div>
    }
}
