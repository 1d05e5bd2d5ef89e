//! The list of collections and the table of traits.

use crate::draw::{draw, recorder};
use crate::fixtures::at;
use client::components::collection_list::row::{Place, Row};
use client::components::collection_list::{CollectionList, CollectionListProps};
use client::components::members::member::trait_url;
use client::components::members::{Members, MembersProps};
use uuid::Uuid;
use wasm_bindgen_test::wasm_bindgen_test;
use yew::Callback;

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
    let drawn = draw::<CollectionList>(CollectionListProps { rows, on_delete }).await;
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
        drawn.one("[role=status]").text_content().as_deref(),
        Some("1 of 9 collections")
    );
}

#[wasm_bindgen_test]
async fn draws_a_hundred_of_thirty_thousand_traits() {
    let members: Vec<String> = (0..30_000).map(|n| format!("t{n}:D")).collect();
    let props = MembersProps {
        members: members.into(),
        trait_url: None,
        on_remove: None,
    };
    let drawn = draw::<Members>(props).await;
    assert_eq!(drawn.all("tbody tr").len(), 100);
    assert_eq!(
        drawn.one("table").get_attribute("aria-rowcount").as_deref(),
        Some("30001")
    );
    assert_eq!(drawn.all("th[scope=col]").len(), 2);

    drawn.press("Next").await;
    assert!(
        drawn
            .one("tbody tr:first-child")
            .text_content()
            .is_some_and(|text| text == "t100D")
    );
    assert_eq!(
        drawn
            .one("tbody tr:first-child")
            .get_attribute("aria-rowindex")
            .as_deref(),
        Some("102")
    );

    drawn.type_into("#filter", "T2999").await;
    assert_eq!(drawn.all("tbody tr").len(), 11);
}

#[wasm_bindgen_test]
async fn links_a_trait_and_takes_it_out() {
    let (on_remove, removed) = recorder();
    let props = MembersProps {
        members: ["a/b:D".to_owned(), String::new()].into(),
        trait_url: Some("https://gn.example/t?id={trait}&d={dataset}".into()),
        on_remove: Some(on_remove),
    };
    let drawn = draw::<Members>(props).await;
    assert_eq!(
        drawn.one("td a").get_attribute("href").as_deref(),
        Some("https://gn.example/t?id=a%2Fb&d=D")
    );
    assert!(drawn.text().contains("(blank)"));
    drawn.press("Remove a/b:D").await;
    assert_eq!(*removed.borrow(), ["a/b:D"]);
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
