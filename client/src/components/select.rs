//! A list of options of which one is chosen.
//!
//! Yew can set only the attribute `selected`, which some browsers ignore once a person has chosen
//! an option. This component sets the chosen option itself, after each rendering and each choice,
//! so that the page always shows what its state says.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SelectProps {
    #[prop_or_default]
    pub id: Option<AttrValue>,
    #[prop_or_default]
    pub aria_label: Option<AttrValue>,
    #[prop_or_default]
    pub disabled: bool,
    #[prop_or_default]
    pub node: NodeRef,
    /// The labels of the options.
    pub options: Vec<AttrValue>,
    /// The position of the chosen option.
    pub selected: Option<usize>,
    /// The text that is shown while no option is chosen.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// Called with the position of an option that the person has chosen.
    pub on_select: Callback<usize>,
}

#[component]
pub fn Select(props: &SelectProps) -> Html {
    let SelectProps {
        node,
        selected,
        on_select,
        ..
    } = props;
    // The placeholder is an option as well.
    let num_before = usize::from(selected.is_none());
    let renderer = use_force_update();
    {
        let (node, index) = (node.clone(), selected.unwrap_or(0));
        use_effect(move || {
            if let Some(select) = node.cast::<HtmlSelectElement>() {
                select.set_selected_index(i32::try_from(index).unwrap_or(-1));
            }
        });
    }
    let onchange = {
        let on_select = on_select.clone();
        Callback::from(move |event: Event| {
            let select = event.target_unchecked_into::<HtmlSelectElement>();
            let index = usize::try_from(select.selected_index()).ok();
            if let Some(position) = index.and_then(|index| index.checked_sub(num_before)) {
                on_select.emit(position);
            }
            // The state may not have taken the choice.
            renderer.force_update();
        })
    };
    html! {
        <select
            ref={node}
            id={props.id.clone()}
            aria-label={props.aria_label.clone()}
            disabled={props.disabled}
            {onchange}
        >
            if selected.is_none() {
                <option value="" disabled=true>{ &props.placeholder }</option>
            }
            for label in &props.options {
                <option>{ label }</option>
            }
        </select>
    }
}
