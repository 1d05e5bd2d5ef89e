//! The list of collections and the table of traits.

use crate::draw::{draw, recorder};
use crate::fixtures::at;
use client::components::collection_list::row::{Place, Row};
use client::components::collection_list::{CollectionList, CollectionListProps};
use client::components::members::member::trait_url;
use client::components::members::{Members, MembersProps};
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, MouseEvent, MouseEventInit};
use yew::{Callback, Html};

fn row(name: &str, changed: i64) -> Row {
    Row {
        place: Place::Browser {
            id: name.to_owned(),
            imported: false,
        },
        name: name.to_owned().into(),
        num_members: 1,
        changed: at(changed),
    }
}

#[wasm_bindgen_test]
async fn says_where_each_collection_is_and_deletes_it_there() {
    let (on_delete, deleted) = recorder();
    let account = Row {
        place: Place::Account(Uuid::nil()),
        ..row("Mine", 2)
    };
    let rows = [row("Here", 1), account.clone()].into();
    let drawn = draw::<CollectionList>(CollectionListProps {
        rows,
        on_delete,
        for_selected: Callback::from(|_| Html::default()),
    })
    .await;
    let rows_shown: Vec<String> = drawn
        .all("li")
        .iter()
        .filter_map(|line| line.text_content())
        .collect();
    assert!(
        rows_shown[0].starts_with("Mine1 trait") && rows_shown[0].contains("In your account"),
        "{rows_shown:?}"
    );
    assert!(rows_shown[1].contains("In this browser"), "{rows_shown:?}");
    let links = drawn.all("a");
    assert_eq!(
        links[0].get_attribute("href").as_deref(),
        Some("/collections/00000000-0000-0000-0000-000000000000")
    );
    assert_eq!(
        links[1].get_attribute("href").as_deref(),
        Some("/local/Here")
    );

    drawn.press("Delete Here").await;
    drawn.press("Delete Mine").await;
    assert_eq!(*deleted.borrow(), [row("Here", 1), account]);
}

#[wasm_bindgen_test]
async fn searches_and_sorts_a_long_list() {
    let rows = (0..9).map(|n| row(&format!("C{n}"), n)).collect();
    let drawn = draw::<CollectionList>(CollectionListProps {
        rows,
        on_delete: Callback::noop(),
        for_selected: Callback::from(|_| Html::default()),
    })
    .await;
    assert_eq!(
        drawn.one("li:first-child bdi").text_content().as_deref(),
        Some("C8")
    );
    drawn.select("#sort", "Name").await;
    assert_eq!(
        drawn.one("li:first-child bdi").text_content().as_deref(),
        Some("C0")
    );
    drawn.type_into("#search", "c3").await;
    assert_eq!(drawn.all("li").len(), 1);
    assert_eq!(
        drawn
            .one(".list-head [role=status]")
            .text_content()
            .as_deref(),
        Some("1 of 9 collections")
    );
}

#[wasm_bindgen_test]
async fn hands_the_selected_ones_to_the_page_in_their_order() {
    let drawn = draw::<CollectionList>(CollectionListProps {
        rows: (0..9).map(|n| row(&format!("C{n}"), n)).collect(),
        on_delete: Callback::noop(),
        for_selected: Callback::from(|rows: Vec<Row>| {
            let names: Vec<&str> = rows.iter().map(|row| &*row.name).collect();
            Html::from(format!("[{}]", names.join(" ")))
        }),
    })
    .await;
    assert!(!drawn.text().contains("selected"));
    drawn.tick("Select C2").await;
    drawn.tick_to("Select C5").await;
    assert!(drawn.text().contains("4 collections selected"));
    assert!(drawn.text().contains("[C2 C3 C4 C5]"));
    drawn.type_into("#search", "C8").await;
    drawn.tick("Select C8").await;
    assert!(
        drawn.text().contains("[C2 C3 C4 C5 C8]"),
        "what the search hides stays selected: {}",
        drawn.text()
    );
    drawn.press("Select none").await;
    assert!(!drawn.text().contains("selected"));
}

fn many(count: usize) -> Rc<[String]> {
    (0..count).map(|n| format!("t{n}:D{}", n % 3)).collect()
}

fn props(members: Rc<[String]>) -> MembersProps {
    MembersProps {
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
async fn draws_few_of_thirty_thousand_traits_and_counts_all() {
    let drawn = draw::<Members>(props(many(30_000))).await;
    let rows = drawn.all(".members__drawn > [role=row]");
    assert!((10..100).contains(&rows.len()), "{}", rows.len());
    let grid = drawn.one("[role=grid]");
    assert_eq!(attribute(&grid, "aria-rowcount"), "30001");
    assert_eq!(attribute(&rows[0], "aria-rowindex"), "2");
    assert_eq!(drawn.all("[role=columnheader]").len(), 4);

    drawn.type_into("#filter", "T2999").await;
    assert_eq!(drawn.all(".members__drawn > [role=row]").len(), 11);
    assert_eq!(attribute(&grid, "aria-rowcount"), "12");
    assert!(drawn.text().contains("11 of 30,000 traits"));
}

#[wasm_bindgen_test]
async fn shows_pages_where_they_are_preferred_and_remembers_that() {
    let drawn = draw::<Members>(props(many(250))).await;
    drawn.press("Show in pages").await;
    let rows = drawn.all("[data-place]");
    assert_eq!(rows.len(), 100);
    let table = drawn.one("[role=table]");
    assert_eq!(attribute(&table, "aria-rowcount"), "251");
    drawn.press("Next").await;
    assert_eq!(
        attribute(&drawn.all("[data-place]")[0], "aria-rowindex"),
        "102"
    );
    drop(drawn);
    let drawn = draw::<Members>(props(many(250))).await;
    assert_eq!(drawn.all("[role=grid]").len(), 0);
    drawn.press("Show as one list").await;
    assert_eq!(drawn.all("[role=grid]").len(), 1);
}

#[wasm_bindgen_test]
async fn sorts_by_a_column_upwards_downwards_and_not() {
    let members = ["b:D2", "10:D1", "9:D3"].map(str::to_owned).into();
    let drawn = draw::<Members>(props(members)).await;
    let order = || -> Vec<String> {
        let rows = drawn.all("[data-place] a");
        rows.iter().filter_map(|row| row.text_content()).collect()
    };
    let sort = || attribute(&drawn.all("[aria-sort]")[0], "aria-sort");
    assert_eq!((order(), sort()), (texts(&["b", "10", "9"]), "none".into()));
    drawn.press("Trait").await;
    assert_eq!(
        (order(), sort()),
        (texts(&["9", "10", "b"]), "ascending".into())
    );
    drawn.press("Trait").await;
    assert_eq!(
        (order(), sort()),
        (texts(&["b", "10", "9"]), "descending".into())
    );
    drawn.press("Dataset").await;
    assert_eq!(order(), texts(&["10", "b", "9"]));
    drawn.press("Dataset").await;
    drawn.press("Dataset").await;
    assert_eq!(order(), texts(&["b", "10", "9"]));
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

#[wasm_bindgen_test]
async fn selects_rows_and_does_something_with_them() {
    let (on_remove, removed) = recorder();
    let (on_copy, copied) = recorder();
    let drawn = draw::<Members>(MembersProps {
        on_remove: Some(on_remove),
        on_copy: Some(on_copy),
        ..props(many(20))
    })
    .await;
    assert!(drawn.all(".selection-bar").is_empty());
    drawn.tick("Select t4:D1").await;
    drawn.tick("Select t2:D2").await;
    assert!(drawn.text().contains("2 traits selected"));
    drawn.press("Copy to a collection…").await;
    assert_eq!(
        *copied.borrow(),
        [texts(&["t2:D2", "t4:D1"])],
        "in stored order"
    );
    drawn.tick("Select t4:D1").await;
    drawn.press("Remove from this collection").await;
    assert_eq!(*removed.borrow(), [texts(&["t2:D2"])]);

    drawn.type_into("#filter", "D1").await;
    drawn.tick("Select all shown").await;
    assert!(
        drawn.text().contains("8 traits selected"),
        "7 with D1, and one that is not shown: {}",
        drawn.text()
    );
    drawn.tick("Select all shown").await;
    assert!(drawn.text().contains("1 trait selected"));
    drawn.press("Select none").await;
    assert!(drawn.all(".selection-bar").is_empty());
}

#[wasm_bindgen_test]
async fn links_a_trait_and_takes_it_out() {
    let (on_remove, removed) = recorder();
    let drawn = draw::<Members>(MembersProps {
        on_remove: Some(on_remove),
        ..props(["a/b:D".to_owned(), String::new()].into())
    })
    .await;
    assert_eq!(
        attribute(&drawn.one("[role=cell] a"), "href"),
        "https://gn.example/t?id=a%2Fb&d=D"
    );
    assert!(drawn.text().contains("(blank)"));
    drawn.press("Remove a/b:D").await;
    assert_eq!(*removed.borrow(), [texts(&["a/b:D"])]);
}

#[wasm_bindgen_test]
async fn the_second_of_two_quick_clicks_takes_nothing_out() {
    let (on_remove, removed) = recorder::<Vec<String>>();
    let drawn = draw::<Members>(MembersProps {
        on_remove: Some(on_remove),
        ..props(many(3))
    })
    .await;
    let button = drawn.button("Remove t1:D1");
    for detail in [1, 2, 3] {
        let init = MouseEventInit::new();
        init.set_bubbles(true);
        init.set_detail(detail);
        let click = MouseEvent::new_with_mouse_event_init_dict("click", &init).expect("an event");
        button.dispatch_event(&click).expect("a click");
    }
    assert_eq!(removed.borrow().len(), 1);
}

#[wasm_bindgen_test]
fn links_nothing_that_has_no_page() {
    let template = "https://gn.example/{trait}/{dataset}";
    assert_eq!(
        trait_url(template, "{dataset}:D").as_deref(),
        Some("https://gn.example/%7Bdataset%7D/D")
    );
    for member in ["", "no-colon", ":D", "t:", "t:D:Temp", "t:Temp"] {
        assert_eq!(trait_url(template, member), None, "{member}");
    }
    assert_eq!(
        trait_url("javascript:alert('{trait}{dataset}')", "t:D"),
        None
    );
}
