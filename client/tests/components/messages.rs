//! Notices, toasts, who is signed in.

use crate::draw::{draw, draw_html, recorder};
use client::api::ApiError;
use client::components::account_area::account_area;
use client::components::failure;
use client::components::toast::{Toast, ToastRegion, ToastRegionProps};
use client::hooks::SessionStatus;
use shared::api::Me;
use shared::problem::{Problem, Slug};
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::Html;

fn problem(slug: Slug) -> ApiError {
    ApiError::Problem(Box::new(Problem {
        r#type: format!("/problems/{}", slug.as_str()),
        title: slug.title().to_owned(),
        status: slug.status(),
        detail: String::new(),
        request_id: "req-7".to_owned(),
        plan: None,
        errors: Vec::new(),
    }))
}

#[wasm_bindgen_test]
async fn every_problem_is_told_in_words_and_says_what_is_safe() {
    for slug in Slug::ALL {
        if problem(slug).is_unauthenticated() {
            continue;
        }
        let drawn = draw_html(failure(&problem(slug), Html::default())).await;
        let text = drawn.one(".notice").text_content().unwrap_or_default();
        assert!(
            !text.contains(slug.as_str()),
            "a code is no explanation: {text}"
        );
        assert!(text.len() > 60, "too short to help: {text}");
    }
    let text = |slug| async move {
        let made = failure(&problem(slug), Html::default());
        draw_html(made).await.text()
    };
    let unavailable = text(Slug::StoreUnavailable).await;
    assert!(
        unavailable.contains("Nothing was lost.") && unavailable.contains("tries again by itself"),
        "{unavailable}"
    );
    let internal = text(Slug::Internal).await;
    assert!(internal.contains("quote request req-7"), "{internal}");
}

#[wasm_bindgen_test]
async fn an_expired_sign_in_is_told_by_the_page_and_only_there() {
    for error in [problem(Slug::TokenExpired), ApiError::Expired] {
        let drawn = draw_html(failure(&error, Html::default())).await;
        assert_eq!(drawn.text(), "Sign in again to see what is here.");
        assert!(drawn.all("h2").is_empty());
    }
}

#[wasm_bindgen_test]
async fn a_toast_is_announced_and_can_be_undone_or_dismissed() {
    let (undo, undone) = recorder();
    let (on_dismiss, dismissed) = recorder();
    let toast = Toast::new("{name} was deleted.")
        .about("Liver")
        .with_action("Undo", undo)
        .focused();
    let props = |toast: Option<Toast>| ToastRegionProps {
        toast: toast.map(Rc::new),
        on_dismiss: on_dismiss.clone(),
    };
    let mut drawn = draw::<ToastRegion>(props(None)).await;
    // The region is there before the message is: otherwise nobody hears it.
    assert_eq!(
        drawn.one("[role=status]").text_content().as_deref(),
        Some("")
    );
    drawn.update(props(Some(toast))).await;
    assert!(drawn.text().starts_with("Liver was deleted."));
    let focused = gloo_utils::document()
        .active_element()
        .and_then(|element| element.text_content());
    assert_eq!(focused.as_deref(), Some("Undo"));
    drawn.press("Undo").await;
    assert_eq!((undone.borrow().len(), dismissed.borrow().len()), (1, 1));
    drawn.press("Dismiss").await;
    assert_eq!(dismissed.borrow().len(), 2);
}

#[wasm_bindgen_test]
async fn who_is_signed_in_is_said_and_can_be_changed() {
    let (on_sign_in, ins) = recorder();
    let (on_sign_out, outs) = recorder();
    let me = Rc::new(Me {
        user_id: Uuid::nil(),
        email: "ada@example.org".to_owned(),
        email_verified: true,
        name: "<b>Ada</b>".to_owned(),
        group: None,
    });
    let register = Some("https://auth.example/register");
    let area = |status| account_area(&status, register, &on_sign_in, &on_sign_out);
    let mut drawn = draw_html(area(SessionStatus::SignedOut)).await;
    assert_eq!(
        drawn.one("a").get_attribute("href").as_deref(),
        Some("https://auth.example/register")
    );
    drawn.press("Sign in").await;
    drawn.redraw(area(SessionStatus::SigningIn)).await;
    assert_eq!(drawn.text(), "Signing in…");
    drawn
        .redraw(area(SessionStatus::SignedIn(me.clone())))
        .await;
    assert!(drawn.text().starts_with("<b>Ada</b>") && drawn.all("b, a").is_empty());
    drawn.press("Sign out").await;
    drawn.redraw(area(SessionStatus::Expired(me))).await;
    drawn.press("Sign in again").await;
    assert_eq!((ins.borrow().len(), outs.borrow().len()), (2, 1));
}
