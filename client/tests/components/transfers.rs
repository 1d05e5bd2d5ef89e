//! Offers, review, receipt.

use crate::draw::{draw, draw_html, recorder};
use crate::fixtures::{item, plan, receipt, receipt_item};
use client::components::offers::{legacy_offer, local_offer};
use client::components::plan::item::{Item, ItemProps};
use client::components::plan::{Choosing, PlanCounts, source, summary};
use client::components::receipt::{ReceiptView, ReceiptViewProps};
use client::hooks::{Choice, TransferSource};
use shared::api::{Action, Relation, Repair};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::{Callback, Html};

#[wasm_bindgen_test]
async fn earlier_collections_are_offered_with_their_counts() {
    let (on_migrate, clicks) = recorder();
    let drawn = draw_html(legacy_offer(13, 561, &on_migrate)).await;
    let heading = "We found 13 collections (561 traits) from your earlier GeneNetwork account";
    assert_eq!(drawn.one("h2").text_content().as_deref(), Some(heading));
    drawn.press("Migrate data").await;
    assert_eq!(clicks.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn collections_of_this_browser_can_be_imported_kept_or_deleted() {
    let (on_import, imported) = recorder();
    let (on_keep, kept) = recorder();
    let (on_delete, deleted) = recorder();
    let drawn = draw_html(local_offer(2, &on_import, &on_keep, &on_delete)).await;
    let title = "You made 2 collections before signing in";
    assert!(drawn.text().starts_with(title));
    let clicks = || {
        (
            imported.borrow().len(),
            kept.borrow().len(),
            deleted.borrow().len(),
        )
    };
    drawn.press("Import existing collections").await;
    assert_eq!(clicks(), (1, 0, 0));
    drawn.press("Keep here").await;
    drawn.press("Delete").await;
    assert_eq!(clicks(), (1, 1, 1));
}

#[wasm_bindgen_test]
async fn an_item_says_what_its_action_means_and_lets_choose_another() {
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
    let props = |chosen| ItemProps {
        item: same_name.clone(),
        chosen,
        others: 4,
        locked: false,
        on_choose: on_choose.clone(),
    };
    let mut drawn = draw::<Item>(props(None)).await;
    let text = drawn.text();
    assert!(
        text.contains("Of these 12 traits, 9 are in it as well."),
        "{text}"
    );
    assert!(
        text.contains("It comes over as Liver (2); yours stays as it is."),
        "{text}"
    );
    assert!(
        text.contains("number of traits, 2 blank or repeated traits left out."),
        "{text}"
    );
    assert_eq!(
        drawn.one("select").get_attribute("aria-label").as_deref(),
        Some("What to do with Liver")
    );
    assert_eq!(
        drawn.options("select"),
        ["Keep both", "Merge into yours", "Leave where it is"]
    );

    assert!(drawn.all("button").is_empty(), "nothing was chosen here");
    drawn.select("select", "Merge into yours").await;
    let chosen = Choice::Item("0:3".to_owned(), Action::Merge);
    assert_eq!(choices.borrow_mut().pop(), Some(chosen));
    drawn.update(props(Some(Action::Merge))).await;
    let text = drawn.text();
    let added = "3 traits are added to Leber; nothing is taken out of it:a:D, b:D and 1 more";
    assert!(text.contains(added), "{text}");

    let for_all = "Apply to all like this (4 more): Merge into yours";
    drawn.press(for_all).await;
    let chosen = Choice::Alike(Relation::SameName, Action::Merge);
    assert_eq!(choices.borrow_mut().pop(), Some(chosen));
    // The button goes when there are no others left.
    let focused = gloo_utils::document().active_element();
    assert_eq!(focused, Some(drawn.one("select")));
}

#[wasm_bindgen_test]
async fn a_merge_that_adds_nothing_says_so_and_repairs_are_listed_either_way() {
    let mut same_id = item(
        "0:0",
        "Liver",
        Relation::SameId,
        &[Action::Merge, Action::Skip],
    );
    same_id.overlap = 12;
    same_id.repairs = vec![Repair::Created];
    let props = |chosen| ItemProps {
        item: same_id.clone(),
        chosen,
        others: 0,
        locked: false,
        on_choose: Callback::noop(),
    };
    let mut drawn = draw::<Item>(props(None)).await;
    let text = drawn.text();
    assert!(
        text.contains("Leber in your account has the same"),
        "{text}"
    );
    assert!(text.contains("Nothing is added: Leber has all"), "{text}");
    assert!(
        text.contains("Mended on the way: date of making."),
        "{text}"
    );
    drawn.update(props(Some(Action::Skip))).await;
    let text = drawn.text();
    let mended = "To be mended if it comes over: date of making.";
    assert!(text.contains(mended), "{text}");
}

#[wasm_bindgen_test]
async fn a_source_keeps_what_was_copied_and_what_cannot_be_read_apart() {
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
    ];
    let account = &plan(items).accounts[0];
    let choosing = Choosing {
        choices: Rc::default(),
        alike: Rc::default(),
        locked: true,
        on_choose: Callback::noop(),
    };
    let drawn = draw_html(source(account, &choosing)).await;
    let groups: Vec<String> = drawn
        .all("h3")
        .iter()
        .filter_map(|group| group.text_content())
        .collect();
    assert_eq!(
        groups,
        [
            "To be brought over (1)",
            "Copied before (1)",
            "Cannot be read (1)"
        ]
    );
    let text = drawn.text();
    assert!(text.contains("Ada@Example.org · 3 collections"), "{text}");
    assert!(
        text.contains("The entry is a number.") && text.contains("Stays untouched"),
        "{text}"
    );
    // Nothing can be chosen for what cannot be read, nor while the transfer runs.
    assert_eq!(drawn.all("select").len(), 2);
    assert_eq!(drawn.all("select[disabled]").len(), 2);
}

#[wasm_bindgen_test]
async fn the_one_button_says_what_it_does_and_is_gone_when_nothing_is_chosen() {
    let (on_execute, clicks) = recorder();
    let made = |counts, running| summary(TransferSource::Legacy, &counts, running, &on_execute);
    let counts = PlanCounts {
        moved: 2,
        merged: 1,
        skipped: 4,
        members: 30,
        ..PlanCounts::default()
    };
    let mut drawn = draw_html(made(counts, false)).await;
    let text = drawn.text();
    assert!(
        text.contains("2 come over as they are") && text.contains("1 is merged into one of yours"),
        "{text}"
    );
    assert!(
        text.contains("4 stay where they are") && text.contains("30 traits in all"),
        "{text}"
    );
    drawn.press("Migrate 3 collections").await;
    assert_eq!(clicks.borrow().len(), 1);

    drawn.redraw(made(counts, true)).await;
    assert!(
        drawn
            .button("Migrate 3 collections")
            .has_attribute("aria-disabled")
    );
    drawn
        .redraw(made(
            PlanCounts {
                skipped: 7,
                ..PlanCounts::default()
            },
            false,
        ))
        .await;
    assert!(
        drawn
            .text()
            .contains("With these choices nothing is brought over.")
    );
    assert_eq!(drawn.all("button").len(), 0);
    assert!(!drawn.text().contains("Either all of this happens"));
}

#[wasm_bindgen_test]
async fn a_receipt_lists_what_became_of_everything() {
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
    let open = draw::<ReceiptView>(props(true)).await;
    let lines: Vec<String> = open
        .all(".item")
        .iter()
        .filter_map(|line| line.text_content())
        .collect();
    assert_eq!(
        lines,
        [
            "ABrought over3 traits",
            "BBrought over as B (2)3 traits",
            "CLeft where it was"
        ]
    );
    assert!(open.text().contains("6 traits in all"));
    open.button("Download receipt");

    let closed = draw::<ReceiptView>(props(false)).await;
    assert!(closed.all(".item").is_empty());
    wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(closed.one("summary")).click();
    yew::scheduler::flush().await;
    assert_eq!(closed.all(".item").len(), 3);
}
