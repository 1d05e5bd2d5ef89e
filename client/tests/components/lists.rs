//! The list of collections and the table of traits.

use crate::fixtures::at;
use crate::render::{click, recorder, render};
use client::components::collection_list::{CollectionList, CollectionListProps};
use client::components::trait_table::trait_row::trait_url;
use client::components::trait_table::{TraitTable, TraitTableProps};
use client::state::collection_row::{CollectionLocation, CollectionRow};
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, MouseEventInit};
use yew::{Callback, Html};

fn row(name: &str, changed: i64) -> CollectionRow {
    CollectionRow {
        location: CollectionLocation::Browser {
            id: name.to_owned(),
            imported: false,
        },
        name: name.to_owned().into(),
        num_members: 1,
        changed: at(changed),
        browser_copy: None,
    }
}

fn nine_rows() -> CollectionListProps {
    CollectionListProps {
        rows: (0..9).map(|n| row(&format!("C{n}"), n)).collect(),
        on_delete: Callback::noop(),
        on_remove_copy: Callback::noop(),
        selected_actions: Callback::from(|_| Html::default()),
    }
}

#[wasm_bindgen_test]
async fn rows_show_their_location_and_can_be_deleted() {
    let (on_delete, deleted) = recorder();
    let account = CollectionRow {
        location: CollectionLocation::Account(Uuid::nil()),
        ..row("Mine", 2)
    };
    let page = render::<CollectionList>(CollectionListProps {
        rows: [row("Here", 1), account.clone()].into(),
        on_delete,
        ..nine_rows()
    })
    .await;
    let rows = page.texts_of("li");
    assert!(
        rows[0].starts_with("Mine1 trait") && rows[0].contains("In your account"),
        "{rows:?}"
    );
    assert!(rows[1].contains("In this browser"), "{rows:?}");
    let links = page.all("a").into_iter();
    let addresses: Vec<String> = links.map(|link| attribute(&link, "href")).collect();
    let account_address = "/collections/00000000-0000-0000-0000-000000000000";
    assert_eq!(addresses, [account_address, "/local/Here"]);

    page.press("Delete Here").await;
    page.press("Delete Mine").await;
    assert_eq!(*deleted.borrow(), [row("Here", 1), account]);
}

#[wasm_bindgen_test]
async fn a_long_list_can_be_searched_and_sorted() {
    let page = render::<CollectionList>(nine_rows()).await;
    assert_eq!(page.text_of("li:first-child bdi"), "C8");
    page.select("#sort", "Name").await;
    assert_eq!(page.text_of("li:first-child bdi"), "C0");
    page.type_into("#search", "c3").await;
    assert_eq!(page.all("li").len(), 1);
    assert_eq!(
        page.text_of(".list-head [role=status]"),
        "1 of 9 collections"
    );
}

#[wasm_bindgen_test]
async fn names_are_sorted_and_found_as_people_expect() {
    let names = [
        "Liver 10", "étude", "Zebra", "Liver 2", "Etude b", "liver 1",
    ];
    let rows = names.iter().map(|name| row(name, 1)).collect();
    let page = render::<CollectionList>(CollectionListProps {
        rows,
        ..nine_rows()
    })
    .await;
    page.select("#sort", "Name").await;
    let sorted = [
        "étude", "Etude b", "liver 1", "Liver 2", "Liver 10", "Zebra",
    ];
    assert_eq!(page.texts_of("li bdi"), sorted);
    page.type_into("#search", "ETÜDE").await;
    assert_eq!(page.texts_of("li bdi"), ["étude", "Etude b"]);
    page.type_into("#search", "10 liv").await;
    assert_eq!(page.texts_of("li bdi"), ["Liver 10"]);
}

#[wasm_bindgen_test]
async fn selected_collections_reach_the_page_in_their_order() {
    let page = render::<CollectionList>(CollectionListProps {
        selected_actions: Callback::from(|rows: Vec<CollectionRow>| {
            let names: Vec<&str> = rows.iter().map(|row| &*row.name).collect();
            Html::from(format!("[{}]", names.join(" ")))
        }),
        ..nine_rows()
    })
    .await;
    assert!(!page.text().contains("selected"));
    page.toggle("Select C2").await;
    page.toggle_with_shift("Select C5").await;
    page.assert_text("4 collections selected");
    page.assert_text("[C2 C3 C4 C5]");
    page.type_into("#search", "C8").await;
    page.toggle("Select C8").await;
    // Rows that the search hides stay selected.
    page.assert_text("[C2 C3 C4 C5 C8]");
    page.press("Select none").await;
    assert!(!page.text().contains("selected"));
}

fn many(count: usize) -> Rc<[String]> {
    (0..count).map(|n| format!("t{n}:D{}", n % 3)).collect()
}

fn props(members: Rc<[String]>) -> TraitTableProps {
    TraitTableProps {
        members,
        trait_url: Some("https://gn.example/t?id={trait}&d={dataset}".into()),
        on_remove: Some(Callback::noop()),
        on_copy: Some(Callback::noop()),
    }
}

fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn few_of_thirty_thousand_rows_are_rendered_and_all_are_counted() {
    let page = render::<TraitTable>(props(many(30_000))).await;
    let rows = page.all(".members__drawn > [role=row]");
    assert!((10..100).contains(&rows.len()), "{}", rows.len());
    let grid = page.one("[role=grid]");
    assert_eq!(attribute(&grid, "aria-rowcount"), "30001");
    assert_eq!(attribute(&rows[0], "aria-rowindex"), "2");
    assert_eq!(page.all("[role=columnheader]").len(), 4);

    page.type_into("#filter", "T2999").await;
    assert_eq!(page.all(".members__drawn > [role=row]").len(), 11);
    assert_eq!(attribute(&grid, "aria-rowcount"), "12");
    page.assert_text("11 of 30,000 traits");
}

#[wasm_bindgen_test]
async fn the_preference_for_pages_is_remembered() {
    let page = render::<TraitTable>(props(many(250))).await;
    page.press("Show in pages").await;
    let rows = page.all("[data-place]");
    assert_eq!(rows.len(), 100);
    let table = page.one("[role=table]");
    assert_eq!(attribute(&table, "aria-rowcount"), "251");
    page.press("Next").await;
    assert_eq!(
        attribute(&page.all("[data-place]")[0], "aria-rowindex"),
        "102"
    );
    drop(page);
    let page = render::<TraitTable>(props(many(250))).await;
    assert_eq!(page.all("[role=grid]").len(), 0);
    page.press("Show as one list").await;
    assert_eq!(page.all("[role=grid]").len(), 1);
}

#[wasm_bindgen_test]
async fn a_column_sorts_ascending_descending_and_not_at_all() {
    let members = ["b:D2", "10:D1", "9:D3"].map(str::to_owned).into();
    let page = render::<TraitTable>(props(members)).await;
    let order = || page.texts_of("[data-place] a");
    let sort = || attribute(&page.all("[aria-sort]")[0], "aria-sort");
    assert_eq!((order(), sort()), (texts(&["b", "10", "9"]), "none".into()));
    page.press("Trait").await;
    assert_eq!(
        (order(), sort()),
        (texts(&["9", "10", "b"]), "ascending".into())
    );
    page.press("Trait").await;
    assert_eq!(
        (order(), sort()),
        (texts(&["b", "10", "9"]), "descending".into())
    );
    page.press("Dataset").await;
    assert_eq!(order(), texts(&["10", "b", "9"]));
    page.press("Dataset").await;
    page.press("Dataset").await;
    assert_eq!(order(), texts(&["b", "10", "9"]));
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

#[wasm_bindgen_test]
async fn selected_traits_can_be_copied_and_removed() {
    let (on_remove, removed) = recorder();
    let (on_copy, copied) = recorder();
    let page = render::<TraitTable>(TraitTableProps {
        on_remove: Some(on_remove),
        on_copy: Some(on_copy),
        ..props(many(20))
    })
    .await;
    assert!(page.all(".selection-bar").is_empty());
    page.toggle("Select t4:D1").await;
    page.toggle("Select t2:D2").await;
    page.assert_text("2 traits selected");
    page.press("Copy to a collection…").await;
    assert_eq!(
        *copied.borrow(),
        [texts(&["t2:D2", "t4:D1"])],
        "in stored order"
    );
    page.toggle("Select t4:D1").await;
    page.press("Remove from this collection").await;
    assert_eq!(*removed.borrow(), [texts(&["t2:D2"])]);

    page.type_into("#filter", "D1").await;
    page.toggle("Select all shown").await;
    // Seven traits of D1, and one that the filter hides.
    page.assert_text("8 traits selected");
    page.toggle("Select all shown").await;
    page.assert_text("1 trait selected");
    page.press("Select none").await;
    assert!(page.all(".selection-bar").is_empty());
}

#[wasm_bindgen_test]
async fn a_trait_has_a_link_and_can_be_removed() {
    let (on_remove, removed) = recorder();
    let page = render::<TraitTable>(TraitTableProps {
        on_remove: Some(on_remove),
        ..props(["a/b:D".to_owned(), String::new()].into())
    })
    .await;
    assert_eq!(
        attribute(&page.one("[role=cell] a"), "href"),
        "https://gn.example/t?id=a%2Fb&d=D"
    );
    page.assert_text("(blank)");
    page.press("Remove a/b:D").await;
    assert_eq!(*removed.borrow(), [texts(&["a/b:D"])]);
}

#[wasm_bindgen_test]
async fn a_double_click_removes_only_one_trait() {
    let (on_remove, removed) = recorder::<Vec<String>>();
    let page = render::<TraitTable>(TraitTableProps {
        on_remove: Some(on_remove),
        ..props(many(3))
    })
    .await;
    let button = page.button("Remove t1:D1");
    for detail in [1, 2, 3] {
        let init = MouseEventInit::new();
        init.set_detail(detail);
        click(&button, &init);
    }
    assert_eq!(removed.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn members_that_genenetwork_cannot_show_are_marked() {
    let members = ["a:D", "PC1", "b:D:Temp"].map(ToOwned::to_owned);
    let page = render::<TraitTable>(props(members.into())).await;
    page.assert_text("GeneNetwork cannot show 2 traits. They stay in the collection as stored.");
    let signs = page.all("[role=img]").into_iter();
    let labels: Vec<String> = signs.map(|sign| attribute(&sign, "aria-label")).collect();
    assert_eq!(labels, ["GeneNetwork cannot show this trait"; 2]);
    let page = render::<TraitTable>(props(many(3))).await;
    assert!(page.all("[role=img]").is_empty());
}

#[wasm_bindgen_test]
fn members_without_a_page_have_no_link() {
    let template = "https://gn.example/{trait}/{dataset}";
    assert_eq!(
        trait_url(template, "{dataset}:D").as_deref(),
        Some("https://gn.example/%7Bdataset%7D/D")
    );
    for member in [
        "",
        "no-colon",
        ":D",
        "t:",
        "t:D:E",
        "t u:D",
        "t:Temp",
        "PC_1_BXD:Temp",
    ] {
        assert_eq!(trait_url(template, member), None, "{member}");
    }
    assert_eq!(
        trait_url("javascript:alert('{trait}{dataset}')", "t:D"),
        None
    );
}
