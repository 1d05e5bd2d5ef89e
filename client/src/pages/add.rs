//! The page that asks where to put traits that a page of another site submitted, e.g. GN2 with its
//! *Add* button. Nothing is stored before the click.

use crate::components::traits_field::report;
use crate::components::{Page, RouteLink, Severity, notice, text_with_name};
use crate::hooks::{
    SessionStatus, SubmittedTraits, use_navigator, use_session, use_submitted_traits,
};
use crate::pages::target_form::{CopiedTraits, TargetForm};
use crate::route::Route;
use crate::state::trait_input::ParsedTraits;
use crate::text::collection::{Purpose, add_button};
use crate::text::format::and_more;
use crate::text::general::{BACK, SIGN_IN, SIGNING_IN};
use crate::text::{add as text, editing};
use std::rc::Rc;
use yew::prelude::*;

/// The number of traits that the page lists.
const MAX_SHOWN: usize = 10;

#[component]
pub fn AddPage() -> Html {
    let (submitted, remove) = use_submitted_traits();
    let outcome = use_state(|| None::<CopiedTraits>);
    let on_done = {
        let outcome = outcome.setter();
        Callback::from(move |done: CopiedTraits| {
            if done.saved.is_stored() {
                remove();
            }
            outcome.set(Some(done));
        })
    };
    let navigator = use_navigator();
    let on_cancel = Callback::from(move |()| {
        remove();
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Collections);
        }
    });
    match (&*submitted, &*outcome) {
        (SubmittedTraits::Present(traits), Some(outcome)) => added_page(traits, outcome),
        (SubmittedTraits::Present(traits), None) if !traits.new.is_empty() => html! {
            <Page title={text::title(traits.new.len())}>
                <p>{ text::LEAD }</p>
                { submitted_traits(traits) }
                <Target members={Rc::new(traits.new.clone())} {on_done} {on_cancel} />
            </Page>
        },
        (SubmittedTraits::Present(traits), None) => {
            without_traits(text::NOTHING_VALID, submitted_traits(traits))
        }
        (SubmittedTraits::TooLarge, _) => without_traits(text::TOO_LARGE, Html::default()),
        (SubmittedTraits::Absent, _) => without_traits(text::EXPLANATION, Html::default()),
    }
}

fn without_traits(body: &str, details: Html) -> Html {
    html! {
        <Page title={text::TITLE}>
            <p>{ body }</p>
            { details }
            <p><RouteLink to={Route::Collections}>{ BACK }</RouteLink></p>
        </Page>
    }
}

/// The first traits, and what is wrong with the others.
fn submitted_traits(
    ParsedTraits {
        new,
        report: parsed,
    }: &ParsedTraits,
) -> Html {
    html! {
        <>
            if !new.is_empty() {
                <ul class="submitted-traits">
                    for name in new.iter().take(MAX_SHOWN) {
                        <li><bdi translate="no">{ name }</bdi></li>
                    }
                    if new.len() > MAX_SHOWN {
                        <li>{ and_more((new.len() - MAX_SHOWN) as u64) }</li>
                    }
                </ul>
            }
            if parsed.repeated + parsed.malformed > 0 {
                <div class="report">{ report(parsed, Purpose::Submitting) }</div>
            }
        </>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct TargetProps {
    members: Rc<Vec<String>>,
    on_done: Callback<CopiedTraits>,
    on_cancel: Callback<()>,
}

/// The form, and without a session the sign-in that comes back to it.
#[component]
fn Target(props: &TargetProps) -> Html {
    let session = use_session();
    let is_signed_in = session.api.is_some();
    let sign_in = match session.status {
        SessionStatus::SigningIn => {
            return html! { <p class="loading" role="status">{ SIGNING_IN }</p> };
        }
        SessionStatus::SignedOut | SessionStatus::Failed(_) => {
            let onclick = session.sign_in.reform(|_: MouseEvent| ());
            let body = html! {
                <>
                    <p>{ text::SIGN_IN_BODY }</p>
                    <button type="button" class="button" {onclick}>{ SIGN_IN }</button>
                </>
            };
            notice(Severity::Info, text::SIGN_IN_TITLE, body)
        }
        _ => Html::default(),
    };
    html! {
        <>
            { sign_in }
            <TargetForm
                key={is_signed_in.to_string()}
                members={props.members.clone()}
                target_label={text::TARGET}
                submit_label={add_button(props.members.len())}
                busy_label={text::ADDING}
                on_done={&props.on_done}
                on_cancel={&props.on_cancel}
            />
        </>
    }
}

fn added_page(traits: &ParsedTraits, outcome: &CopiedTraits) -> Html {
    let CopiedTraits { name, page, saved } = outcome;
    let asked = traits.new.len() as u64;
    let sentence = if saved.is_stored() {
        text::added(saved.added, asked)
    } else {
        editing::NOT_STORED_YET.to_owned()
    };
    // A new key makes it a new page, whose heading takes the focus.
    html! {
        <Page key="added" title={text::ADDED_TITLE}>
            <p class="submitted-traits__result">{ text_with_name(&sentence, Some(name)) }</p>
            <div class="actions">
                <RouteLink to={page.clone()} class="button button--primary">{ text::OPEN }</RouteLink>
                <RouteLink to={Route::Collections}>{ BACK }</RouteLink>
            </div>
        </Page>
    }
}
