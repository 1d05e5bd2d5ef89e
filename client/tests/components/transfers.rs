//! Offers, review, receipt.

use crate::fixtures::{item, plan, receipt, receipt_item};
use crate::render::{Rendered, recorder, render, render_html};
use client::components::offers::{legacy_offer, local_offer};
use client::components::receipt::{ReceiptView, ReceiptViewProps};
use client::components::review::plan_item::{PlanItemView, PlanItemViewProps};
use client::components::review::{ReviewChoices, TransferCounts, review_summary, source_section};
use client::hooks::{PlanChoice, TransferSource};
use shared::api::{Action, EarlierOutcome, PlanItem, Relation, Repair};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlSelectElement;
use yew::{Callback, Html};

#[wasm_bindgen_test]
async fn earlier_collections_are_offered_with_their_counts() {
    let (on_migrate, clicks) = recorder();
    let page = render_html(legacy_offer(13, 561, &["A note.".to_owned()], &on_migrate)).await;
    let heading = "We found 13 collections (561 traits) from your earlier GeneNetwork account";
    assert_eq!(page.text_of("h2"), heading);
    page.assert_text("A note.");
    page.press("Migrate data").await;
    assert_eq!(clicks.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn collections_of_this_browser_can_be_imported_kept_or_deleted() {
    let (on_import, imported) = recorder();
    let (on_keep, kept) = recorder();
    let (on_delete, deleted) = recorder();
    let page = render_html(local_offer(2, &on_import, &on_keep, &on_delete)).await;
    let title = "You made 2 collections before signing in";
    assert!(page.text().starts_with(title));
    let clicks = || {
        (
            imported.borrow().len(),
            kept.borrow().len(),
            deleted.borrow().len(),
        )
    };
    page.press("Import existing collections").await;
    assert_eq!(clicks(), (1, 0, 0));
    page.press("Keep here").await;
    page.press("Delete").await;
    assert_eq!(clicks(), (1, 1, 1));
}

#[wasm_bindgen_test]
async fn an_item_explains_its_action_and_offers_others() {
    let (on_choose, choices) = recorder();
    let mut same_name = item(
        "0:3",
        "Liver",
        Relation::SameName,
        &[Action::KeepBoth, Action::Merge, Action::Skip],
    );
    same_name.new_name = Some("Liver (2)".to_owned());
    same_name.repairs = vec![Repair::NumMembers];
    same_name.dropped_members = 2;
    same_name.adds = vec!["a:D".to_owned(), "b:D".to_owned()];
    same_name.unshowable_members = 1;
    same_name.excluded_members = 3;
    let props = |chosen_action| PlanItemViewProps {
        item: same_name.clone(),
        chosen_action,
        num_similar: 4,
        is_locked: false,
        on_choose: on_choose.clone(),
    };
    let mut page = render::<PlanItemView>(props(None)).await;
    page.assert_text("Of these 12 traits, 9 are in it as well.");
    page.assert_text("It moves as Liver (2); yours stays unchanged.");
    page.assert_text("number of traits, 2 blank or repeated traits left out.");
    page.assert_text("GeneNetwork cannot show 1 trait: it is marked in the collection.");
    page.assert_text("GeneNetwork cannot show 3 traits: they stay in this browser only.");
    assert_eq!(
        page.one("select").get_attribute("aria-label").as_deref(),
        Some("What to do with Liver")
    );
    assert_eq!(
        page.texts_of("select option"),
        ["Keep both", "Merge into yours", "Do not move"]
    );

    assert!(page.all("button").is_empty(), "nothing was chosen here");
    page.select("select", "Merge into yours").await;
    let chosen = PlanChoice::Item("0:3".to_owned(), Action::Merge);
    assert_eq!(choices.borrow_mut().pop(), Some(chosen));
    page.update(props(Some(Action::Merge))).await;
    let added = "3 traits are added to Leber; nothing is removed from it:a:D, b:D and 1 more";
    page.assert_text(added);

    let apply_to_similar = "Apply to all like this (4 more): Merge into yours";
    page.press(apply_to_similar).await;
    let chosen = PlanChoice::Similar((Relation::SameName, None), Action::Merge);
    assert_eq!(choices.borrow_mut().pop(), Some(chosen));
    // The button goes when there are no similar items left.
    let focused = gloo_utils::document().active_element();
    assert_eq!(focused, Some(page.one("select")));
}

#[wasm_bindgen_test]
async fn an_empty_merge_is_explained_and_repairs_are_listed() {
    let mut same_id = item(
        "0:0",
        "Liver",
        Relation::SameId,
        &[Action::Merge, Action::Skip],
    );
    same_id.overlap = 12;
    same_id.repairs = vec![Repair::Created];
    let props = |chosen_action| PlanItemViewProps {
        item: same_id.clone(),
        chosen_action,
        num_similar: 0,
        is_locked: false,
        on_choose: Callback::noop(),
    };
    let mut page = render::<PlanItemView>(props(None)).await;
    page.assert_text("Leber in your account has the same");
    page.assert_text("Nothing is added: Leber has all");
    page.assert_text("Repaired: creation date.");
    page.update(props(Some(Action::Skip))).await;
    page.assert_text("Will be repaired if it is moved: creation date.");
}

#[wasm_bindgen_test]
async fn a_source_groups_copied_and_unreadable_collections() {
    let earlier = |key: &str, outcome| PlanItem {
        earlier: Some(outcome),
        ..item(key, key, Relation::New, &[Action::Skip, Action::Move])
    };
    let mut broken = item("0:2", "", Relation::Unreadable, &[]);
    broken.reason = Some("The entry is a number.".to_owned());
    let items = vec![
        item(
            "0:0",
            "New one",
            Relation::New,
            &[Action::Move, Action::Skip],
        ),
        item(
            "0:1",
            "Copied one",
            Relation::AlreadyCopied,
            &[Action::Skip, Action::KeepBoth],
        ),
        broken,
        earlier("0:3", EarlierOutcome::LeftBehind),
        earlier("0:4", EarlierOutcome::Deleted),
        earlier("0:5", EarlierOutcome::Removed),
    ];
    let account = &plan(items).accounts[0];
    let choices = ReviewChoices {
        choices: Rc::default(),
        similar_items: Rc::default(),
        is_locked: true,
        on_choose: Callback::noop(),
    };
    let page = render_html(source_section(account, &choices)).await;
    assert_eq!(
        page.texts_of("h3"),
        [
            "To be moved (1)",
            "No longer in your account (1)",
            "Left behind earlier (1)",
            "Copied before (1)",
            "Deleted from your account (1)",
            "Cannot be read (1)"
        ]
    );
    page.assert_text("Ada@Example.org · 6 collections");
    page.assert_text("The entry is a number.");
    page.assert_text("Stays untouched");
    // Unreadable items have no choice of an action, and a running transfer locks the others.
    assert_eq!(page.all("select").len(), 5);
    assert_eq!(page.all("select[disabled]").len(), 5);
}

#[wasm_bindgen_test]
async fn the_execute_button_shows_its_effect_and_goes_when_nothing_is_chosen() {
    let (on_execute, clicks) = recorder();
    let summary =
        |counts, running| review_summary(TransferSource::Legacy, &counts, running, &on_execute);
    let counts = TransferCounts {
        moved: 2,
        merged: 1,
        skipped: 4,
        members: 30,
        ..TransferCounts::default()
    };
    let mut page = render_html(summary(counts, false)).await;
    page.assert_text("2 move unchanged");
    page.assert_text("1 is merged into one of yours");
    page.assert_text("4 stay where they are");
    page.assert_text("30 traits in all");
    page.press("Migrate 3 collections").await;
    assert_eq!(clicks.borrow().len(), 1);

    page.update_html(summary(counts, true)).await;
    assert!(
        page.button("Migrate 3 collections")
            .has_attribute("aria-disabled")
    );
    let only_skipped = TransferCounts {
        skipped: 7,
        ..TransferCounts::default()
    };
    page.update_html(summary(only_skipped, false)).await;
    page.assert_text("With these choices nothing is moved.");
    assert_eq!(page.all("button").len(), 0);
    assert!(!page.text().contains("Either all of this happens"));
}

#[wasm_bindgen_test]
async fn a_receipt_lists_the_outcome_of_every_item() {
    let items = vec![
        receipt_item("A", Action::Move, Some("A")),
        receipt_item("B", Action::KeepBoth, Some("B (2)")),
        receipt_item("C", Action::Skip, None),
    ];
    let props = |open| ReceiptViewProps {
        receipt: Rc::new(receipt(items.clone())),
        open,
        children: Html::default(),
    };
    let open = render::<ReceiptView>(props(true)).await;
    assert_eq!(
        open.texts_of(".item"),
        [
            "AMoved3 traits",
            "BMoved as B (2)3 traits",
            "CLeft in place"
        ]
    );
    open.assert_text("6 traits in all");
    open.button("Download receipt");

    let closed = render::<ReceiptView>(props(false)).await;
    assert!(closed.all(".item").is_empty());
    wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(closed.one("summary")).click();
    yew::scheduler::flush().await;
    assert_eq!(closed.all(".item").len(), 3);
}

#[wasm_bindgen_test]
async fn an_item_shows_its_action_whatever_was_chosen_before() {
    let allowed = [Action::Move, Action::KeepBoth, Action::Skip];
    let (on_choose, choices) = recorder();
    let props = |chosen_action| PlanItemViewProps {
        item: item("0:0", "Liver", Relation::New, &allowed),
        chosen_action,
        num_similar: 0,
        is_locked: false,
        on_choose: on_choose.clone(),
    };
    let shown = |page: &Rendered<PlanItemView>| {
        let select = page.one("select");
        select
            .unchecked_into::<HtmlSelectElement>()
            .selected_index()
    };
    let mut page = render::<PlanItemView>(props(Some(Action::Move))).await;
    // The state does not take the choice.
    page.select("select", "Do not move").await;
    assert_eq!(
        *choices.borrow(),
        [PlanChoice::Item("0:0".into(), Action::Skip)]
    );
    assert_eq!(shown(&page), 0);
    for (index, action) in allowed.into_iter().enumerate() {
        page.update(props(Some(action))).await;
        assert_eq!(usize::try_from(shown(&page)), Ok(index));
    }
    page.update(props(None)).await;
    assert_eq!(shown(&page), 0);
}
