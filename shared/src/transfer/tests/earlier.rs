//! Tests of what earlier transfers and deletions mean for a plan, and of collections lost since.

use super::*;

#[test]
fn collections_left_behind_stay_by_default_until_the_transfer_is_undone() {
    let source = [stored(A, "one", &["a:b"]), stored(B, "two", &["c:d"])];
    let (mut after, mut receipt) = receipt_of(&input(&[], &source), &[("0:1", Action::Skip)]);
    after.earlier = EarlierResults::of(std::slice::from_ref(&receipt));
    let [item] = &items(&after)[..] else {
        panic!("one item")
    };
    assert_eq!(item.earlier, Some(EarlierOutcome::LeftBehind));
    assert_eq!(item.allowed, [Action::Skip, Action::Move]);
    assert_eq!((item.relation, item.action), (Relation::New, Action::Skip));
    assert!(!TransferPlan::new(&after).expect("a plan").plan.offer);

    receipt.undone_by = Some(Uuid::from_u128(7));
    after.earlier = EarlierResults::of(&[receipt]);
    assert_eq!(
        (items(&after)[0].earlier, items(&after)[0].action),
        (None, Action::Move)
    );
}

#[test]
fn collections_that_the_user_deleted_stay_by_default_until_an_undo_returns_them() {
    let mut base = input(&[], &[stored(A, "one", &["a:b"])]);
    let deletion = |at: i64| {
        let item = ReceiptItem {
            source_id: Some(A.to_owned()),
            action: Action::Delete,
            ..unmoved()
        };
        made(ReceiptKind::Deletion, base.now.plus_days(at), vec![item])
    };
    let undo = |at: i64| {
        let item = ReceiptItem {
            source_id: Some(A.to_owned()),
            action: Action::Move,
            ..unmoved()
        };
        made(ReceiptKind::Undo, base.now.plus_days(at), vec![item])
    };
    let mut undone = deletion(1);
    undone.undone_by = Some(Uuid::from_u128(7));
    for (receipts, earlier, action) in [
        (
            vec![deletion(1)],
            Some(EarlierOutcome::Deleted),
            Action::Skip,
        ),
        (vec![undone], None, Action::Move),
        (vec![undo(2), deletion(1)], None, Action::Move),
        (
            vec![undo(1), deletion(2)],
            Some(EarlierOutcome::Deleted),
            Action::Skip,
        ),
    ] {
        base.earlier = EarlierResults::of(&receipts);
        let [item] = &items(&base)[..] else {
            panic!("one item")
        };
        assert_eq!((item.earlier, item.action), (earlier, action));
    }
}

#[test]
fn list_of_a_source_that_is_no_longer_the_users_is_not_shown() {
    let before = input(&[], &[stored(A, "one", &["a:b"])]);
    let plan = TransferPlan::new(&before).expect("a plan");
    let output = plan.apply(&Choices::new()).expect("allowed");
    let case = Case::new_applied(before.clone(), Choices::new(), output);
    let receipts = [case.receipt()];
    let planned = |current: Option<Vec<u8>>| {
        let mut input = case.after.clone();
        input.target = None;
        input.sources[0].list = current;
        let losses = suspected_losses(&receipts, &input);
        assert_eq!(losses.len(), 1);
        let images = BTreeMap::from([(receipts[0].id, case.changed_values(&input))]);
        // The legacy account has another address by now.
        input.sources.clear();
        recover(&mut input, &losses, &images);
        input.sources
    };
    let theirs = list(&[stored(B, "theirs", &["c:d"])]);
    assert_eq!(planned(Some(theirs)), []);
    let [source] = &planned(None)[..] else {
        panic!("the lost collection is offered");
    };
    let own = list(&[stored(A, "one", &["a:b"])]);
    assert_eq!(source.list.as_deref(), Some(&own[..]));
}

#[test]
fn collections_lost_since_a_transfer_are_planned_from_the_before_image() {
    let source = [
        stored(A, "one", &["a:b"]),
        stored(B, "two", &["c:d"]),
        stored(C, "Mine", &["e:f"]),
    ];
    let mine = "dddddddd-dddd-4ddd-8ddd-dddddddddddd";
    let before = input(&[stored(mine, "mine", &["x:y"])], &source);
    let plan = TransferPlan::new(&before).expect("a plan");
    let choices = Choices::from([("0:2".to_owned(), Action::Merge)]);
    let output = plan.apply(&choices).expect("allowed");
    let case = Case::new_applied(before.clone(), choices, output);
    let planned = |target: &[String], receipts: &[Receipt], now: Timestamp| {
        let mut input = case.after.clone();
        (input.target, input.now) = (Some(list(target)), now);
        input.earlier = EarlierResults::of(receipts);
        let losses = suspected_losses(receipts, &input);
        let images = receipts
            .iter()
            .map(|receipt| (receipt.id, case.changed_values(&input)))
            .collect();
        recover(&mut input, &losses, &images);
        let items = items(&input);
        let names = items
            .iter()
            .map(|item| (item.name.clone(), item.earlier, item.action));
        names.collect::<Vec<_>>()
    };
    let item = |name: &str, earlier, action| (name.to_owned(), Some(earlier), action);
    let (receipt, now) = (case.receipt(), before.now);

    // A program wrote the whole list as it was before, with the members in another order.
    let old = [stored(mine, "mine", &["x:y"])];
    let overwritten = EarlierOutcome::Overwritten;
    assert_eq!(
        planned(&old, std::slice::from_ref(&receipt), now),
        [
            item("one", overwritten, Action::Move),
            item("two", overwritten, Action::Move),
            item("Mine", overwritten, Action::KeepBoth),
        ]
    );
    // The before-image is gone.
    assert_eq!(
        planned(&old, std::slice::from_ref(&receipt), now.plus_days(31)),
        []
    );

    // Only one is missing, and the merged one was edited since.
    let edited = stored(mine, "mine", &["x:y", "new:one"]).replace("2019", "2025");
    let rest = [edited, stored(B, "two", &["c:d"])];
    assert_eq!(
        planned(&rest, std::slice::from_ref(&receipt), now),
        [item("one", EarlierOutcome::Removed, Action::Skip)]
    );
    // The user deleted it here.
    let deleted = ReceiptItem {
        source_id: Some(A.to_owned()),
        action: Action::Delete,
        ..unmoved()
    };
    let deletion = made(ReceiptKind::Deletion, now, vec![deleted]);
    assert_eq!(planned(&rest, &[receipt.clone(), deletion], now), []);

    // The undo left one in the account; what it returned is in the source.
    let mut undone = receipt;
    let mut undo = made(ReceiptKind::Undo, now, vec![unmoved()]);
    undone.undone_by = Some(undo.id);
    assert_eq!(
        planned(&old, &[undone.clone(), undo.clone()], now),
        [item("one", overwritten, Action::Move)]
    );
    undo.items[0].action = Action::Move;
    assert_eq!(planned(&old, &[undone, undo], now), []);
}
