//! Plans and receipts for tests.

use shared::api::{
    Action, Plan, PlanItem, Receipt, ReceiptItem, ReceiptKind, Relation, SourceAccount,
};
use shared::timestamp::Timestamp;
use uuid::Uuid;

pub(crate) fn at(unix: i64) -> Timestamp {
    Timestamp::from_unix(unix).expect("a point in time")
}

/// Returns an item with the actions that it allows; the first is the default.
pub(crate) fn item(key: &str, name: &str, relation: Relation, allowed: &[Action]) -> PlanItem {
    PlanItem {
        key: key.to_owned(),
        source_id: None,
        name: name.to_owned(),
        num_members: 12,
        created: Some(at(1_573_572_420)),
        changed: None,
        relation,
        earlier: None,
        target_id: Some("theirs".to_owned()),
        target_name: Some("Leber".to_owned()),
        action: allowed.first().copied().unwrap_or(Action::Leave),
        allowed: allowed.to_vec(),
        new_name: None,
        overlap: 9,
        adds: Vec::new(),
        repairs: Vec::new(),
        dropped_members: 0,
        unshowable_members: 0,
        excluded_members: 0,
        reason: None,
    }
}

/// Returns a plan with one legacy account that holds these items.
pub(crate) fn plan(items: Vec<PlanItem>) -> Plan {
    let account = SourceAccount {
        legacy_user_id: Some("old".to_owned()),
        email: Some(" Ada@Example.org ".to_owned()),
        full_name: Some("Ada".to_owned()),
        since: None,
        copied_by_gn_auth: false,
        items,
    };
    Plan {
        offer: true,
        fingerprint: Some("f".to_owned()),
        accounts: vec![account],
    }
}

pub(crate) fn receipt_item(name: &str, action: Action, target_name: Option<&str>) -> ReceiptItem {
    ReceiptItem {
        key: name.to_owned(),
        source_owner: None,
        source_id: None,
        source_name: name.to_owned(),
        action,
        target_id: None,
        target_name: target_name.map(ToOwned::to_owned),
        num_members: 3,
        repairs: Vec::new(),
        source_hash: None,
        target_hash: None,
    }
}

/// Returns the receipt of a migration with these items.
pub(crate) fn receipt(items: Vec<ReceiptItem>) -> Receipt {
    Receipt {
        id: Uuid::nil(),
        kind: ReceiptKind::Migration,
        at: at(1_573_572_420),
        request_id: "r".to_owned(),
        target_owner: Uuid::nil(),
        undoable_until: at(1_576_164_420),
        undone_by: None,
        moved: 1,
        merged: 0,
        renamed: 1,
        already_present: 0,
        skipped: 0,
        unreadable: 0,
        members: 6,
        items,
        is_summary: false,
        undo_dropped: false,
    }
}
