//! `gn-collections explain`.

use super::*;

/// The output of `explain`, which changes nothing.
async fn explains(setup: &Setup, arguments: &[&str]) -> String {
    let before = setup.redis.content().await;
    let text = prints(&setup.redis, &[&["explain"], arguments].concat()).await;
    assert_eq!(setup.redis.content().await, before, "it only reads");
    text
}

#[tokio::test]
async fn explain_describes_every_sample_user() {
    let setup = Setup::with_sample().await;
    for person in people() {
        let text = explains(&setup, &[&person.email, "--account", &person.user_id]).await;
        let name = person.name.replace(' ', "_");
        insta::assert_snapshot!(name, text);
    }
}

#[tokio::test]
async fn explain_finds_the_account_of_an_address_or_says_that_it_is_unknown() {
    let setup = Setup::with_sample().await;
    for person in people() {
        let text = explains(&setup, &[&person.email]).await;
        let copied = format!("Account {}\n  It probably has this address", person.user_id);
        if person.name == "Researcher 01" {
            assert!(text.contains(&copied), "{text}");
        } else {
            assert!(text.contains("\nNo account\n"), "{text}");
            assert!(!text.contains("Receipts"), "{text}");
        }
    }
}

#[tokio::test]
async fn explanation_offers_what_the_server_offers() {
    let setup = Setup::with_sample().await;
    for person in people().into_iter().filter(|person| person.email_verified) {
        let plan = setup.get(&person, "/api/v1/legacy").await;
        let text = explains(&setup, &[&person.email, "--account", &person.user_id]).await;
        let offered = plan.items().into_iter().filter(|item| {
            let action = item["action"].as_str();
            action.is_some_and(|action| ["move", "keep-both"].contains(&action))
        });
        let expected = match offered.count() {
            0 => "  Nothing.\n".to_owned(),
            1 => "  1 collection to move:\n".to_owned(),
            count => format!("  {count} collections to move:\n"),
        };
        assert!(text.contains(&expected), "{expected}: {text}");
    }
}

#[tokio::test]
async fn explanation_follows_receipts_by_address_and_by_both_ids() {
    let setup = Setup::with_sample().await;
    let person = somebody(&setup).await;
    let receipt = setup.migrate(&person, "one", &json!({})).await;
    let id = receipt.body["id"].as_str().expect("an id").to_owned();
    let items = receipt.body["items"].as_array().expect("items");
    let legacy = items[0]["source_owner"].as_str().expect("an id");
    let texts = [
        explains(&setup, &[&person.email]).await,
        explains(&setup, &[legacy]).await,
    ];
    assert_eq!(texts[0], texts[1]);
    let by_account = explains(&setup, &[&person.user_id]).await;
    for text in [&texts[0], &by_account] {
        assert!(
            text.contains(&format!("Account {}", person.user_id)),
            "{text}"
        );
        assert!(
            text.contains(&format!("Address {}", person.email)),
            "{text}"
        );
        assert!(text.contains(&format!("migration {id} at ")), "{text}");
        assert!(text.contains("It can be undone until "), "{text}");
    }
    let undo = prints_json(&setup.redis, &["undo", &id]).await;
    let text = explains(&setup, &[&person.email]).await;
    let undone = format!(
        "It was undone: see {}.",
        undo["id"].as_str().expect("an id")
    );
    assert!(text.contains(&undone), "{text}");
}

#[tokio::test]
async fn explanation_names_assigned_accounts() {
    let setup = Setup::with_sample().await;
    let legacy = Uuid::new_v4().to_string();
    setup
        .redis
        .hset("users", &legacy, br#"{"orcid": "0000"}"#)
        .await;
    let list = br#"[{"id": "x", "name": "by ORCID", "members": ["a:b"]}]"#;
    setup.redis.hset("collections", &legacy, list).await;
    let address = "newcomer@uon.example";
    let assignment = ["assign", "--legacy", &legacy, "--to", address];
    prints(&setup.redis, &assignment).await;
    let text = explains(&setup, &[address]).await;
    for part in [
        &format!("Legacy account {legacy}\n  Its list has 1 collection.\n"),
        "an operator assigned it",
        "It has no address.",
        r#""by ORCID", 1 member"#,
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[tokio::test]
async fn explanation_says_what_receipts_tell_of_missing_collections() {
    let setup = Setup::with_sample().await;
    let person = somebody(&setup).await;
    let plan = setup.get(&person, "/api/v1/legacy").await;
    let items = plan.items();
    let key = items[0]["key"].as_str().expect("a key");
    let left = setup.migrate(&person, "one", &json!({ key: "skip" })).await;
    assert_eq!(left.status, 201, "{}", left.body);
    let text = explains(&setup, &[&person.email]).await;
    let said = "left behind in an earlier transfer";
    assert!(text.contains(said), "{text}");
    setup
        .redis
        .hset("collections2", &person.user_id, b"[]")
        .await;
    let text = explains(&setup, &[&person.email]).await;
    let said = "lost when another program overwrote the account's list";
    assert!(text.contains(said), "{text}");
}

#[tokio::test]
async fn explanation_of_accounts_that_nothing_leads_to() {
    let setup = Setup::with_sample().await;
    let stranger = Uuid::new_v4().to_string();
    let text = explains(&setup, &[&stranger]).await;
    assert!(text.contains("Its address is not known here"), "{text}");

    let legacy = Uuid::new_v4().to_string();
    setup
        .redis
        .hset("users", &legacy, br#"{"orcid": "0000"}"#)
        .await;
    setup
        .redis
        .hset("collections", &legacy, br#"[{"id": 1}, 7]"#)
        .await;
    let text = explains(&setup, &[&legacy]).await;
    assert!(text.contains("it has no e-mail address"), "{text}");
    assert!(text.contains("that cannot be read."), "{text}");
}

#[tokio::test]
async fn explanation_of_messy_records() {
    let setup = Setup::empty().await;
    let account = Uuid::new_v4().to_string();
    let legacy = "99999999-9999-4999-8999-999999999999";
    let other = "11111111-1111-4111-8111-111111111111";
    let record = format!(r#"{{"user_id": "{legacy}", "email_address": " Person@Example.ORG"}}"#);
    setup.redis.hset("users", legacy, record.as_bytes()).await;
    let list = br#"[{"id": "x", "name": "tr\u001b[2Jap", "members": ["a:b"]}, 7]"#;
    setup.redis.hset("collections", legacy, list).await;
    let flag = format!(r#"{{"user_id": "{other}", "collections-migrated": true}}"#);
    setup
        .redis
        .hset(
            "migratable-accounts",
            " Person@Example.ORG",
            flag.as_bytes(),
        )
        .await;
    let arguments = ["person@example.org", "--account", &account];
    let text = explains(&setup, &arguments).await;
    for part in [
        r#"spelled " Person@Example.ORG"; it was never confirmed at GN2"#,
        "1 collection and 1 entry that cannot be read",
        &format!("is about another legacy account, {other},"),
        r#""tr\u{1b}[2Jap", 1 member"#,
        &format!("Entry 1 of legacy account {legacy} cannot be read: "),
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains('\u{1b}'), "control characters are quoted");
    setup.redis.hset("collections2", &account, b"[1").await;
    let text = explains(&setup, &arguments).await;
    assert!(
        text.contains("Nothing, because the account's own list is not changed"),
        "{text}"
    );
}
