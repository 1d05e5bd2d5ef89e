//! Notices, toasts, the account area.

use crate::render::{recorder, render, render_html};
use client::api::ApiError;
use client::components::account_area::account_area;
use client::components::api_error_notice;
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
        retry_after: None,
        plan: None,
        errors: Vec::new(),
    }))
}

#[wasm_bindgen_test]
async fn every_problem_is_explained_in_words() {
    for slug in Slug::ALL {
        if problem(slug).requires_sign_in() {
            continue;
        }
        let page = render_html(api_error_notice(&problem(slug), Html::default())).await;
        let text = page.text_of(".notice");
        assert!(
            !text.contains(slug.as_str()),
            "a code is no explanation: {text}"
        );
        assert!(text.len() > 60, "too short to help: {text}");
    }
    let notice = |slug| render_html(api_error_notice(&problem(slug), Html::default()));
    let unavailable = notice(Slug::StoreUnavailable).await;
    unavailable.assert_text("Nothing was lost.");
    unavailable.assert_text("tries again automatically");
    notice(Slug::Internal)
        .await
        .assert_text("quote request req-7");
}

#[wasm_bindgen_test]
async fn an_expired_sign_in_shows_no_notice() {
    for error in [problem(Slug::TokenExpired), ApiError::Expired] {
        let page = render_html(api_error_notice(&error, Html::default())).await;
        assert_eq!(page.text(), "Sign in again to see what is here.");
        assert!(page.all("h2").is_empty());
    }
}

#[wasm_bindgen_test]
async fn a_toast_is_announced_and_can_be_undone_or_dismissed() {
    let (undo, undone) = recorder();
    let (on_dismiss, dismissed) = recorder();
    let toast = Toast::new("{name} was deleted.")
        .with_name("Liver")
        .with_action("Undo", undo)
        .with_focus();
    let props = |toast: Option<Toast>| ToastRegionProps {
        toast: toast.map(Rc::new),
        on_dismiss: on_dismiss.clone(),
    };
    let mut page = render::<ToastRegion>(props(None)).await;
    // Screen readers announce the message only in a region that was there before.
    assert_eq!(page.text_of("[role=status]"), "");
    page.update(props(Some(toast))).await;
    assert!(page.text().starts_with("Liver was deleted."));
    let focused = gloo_utils::document()
        .active_element()
        .and_then(|element| element.text_content());
    assert_eq!(focused.as_deref(), Some("Undo"));
    page.press("Undo").await;
    assert_eq!((undone.borrow().len(), dismissed.borrow().len()), (1, 1));
    page.press("Dismiss").await;
    assert_eq!(dismissed.borrow().len(), 2);
}

#[wasm_bindgen_test]
async fn the_account_area_follows_the_session() {
    let (on_sign_in, sign_ins) = recorder();
    let (on_sign_out, sign_outs) = recorder();
    let me = Rc::new(Me {
        user_id: Uuid::nil(),
        email: "ada@example.org".to_owned(),
        email_verified: true,
        name: "<b>Ada</b>".to_owned(),
        group: None,
    });
    let register = Some("https://auth.example/register");
    let area = |status| account_area(&status, register, &on_sign_in, &on_sign_out);
    let mut page = render_html(area(SessionStatus::SignedOut)).await;
    assert_eq!(
        page.one("a").get_attribute("href").as_deref(),
        Some("https://auth.example/register")
    );
    page.press("Sign in").await;
    page.update_html(area(SessionStatus::SigningIn)).await;
    assert_eq!(page.text(), "Signing in…");
    page.update_html(area(SessionStatus::SignedIn(me.clone())))
        .await;
    assert!(page.text().starts_with("<b>Ada</b>") && page.all("b, a").is_empty());
    page.press("Sign out").await;
    page.update_html(area(SessionStatus::Expired(me))).await;
    page.press("Sign in again").await;
    assert_eq!((sign_ins.borrow().len(), sign_outs.borrow().len()), (2, 1));
}
