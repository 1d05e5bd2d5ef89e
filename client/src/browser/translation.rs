//! Keeps the page correct while a translator works on it.
//!
//! Translators such as those of Chrome and Edge put a `<font>` with the translation in the place of
//! each text node. Yew would go on changing the text nodes that are no longer shown, and could
//! neither remove them nor insert anything before them. So each of them returns to its place before
//! its translation, without text. When Yew changes or removes it, its translation goes, and the
//! page shows the new text, which the translator then translates.

use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MutationObserver, MutationObserverInit, MutationRecord, Node, NodeList, Text};

/// The element of a translation. No component renders one.
const TRANSLATION: &str = "FONT";

/// A text node of Yew, now empty, and the element that is shown instead.
struct Translation {
    node: Text,
    /// The text that was translated.
    text: String,
    shown: Node,
}

/// Watches the nodes below `root` for translations, as long as the page is open.
pub fn watch(root: &Node) {
    let translations = RefCell::new(Vec::new());
    let on_mutations = move |records: js_sys::Array, observer: MutationObserver| {
        let records: Vec<MutationRecord> = records.iter().map(JsCast::unchecked_into).collect();
        update(&mut translations.borrow_mut(), &records);
        // The changes that `update` made.
        observer.take_records();
    };
    let callback = Closure::<dyn Fn(js_sys::Array, MutationObserver)>::new(on_mutations);
    let init = MutationObserverInit::new();
    init.set_child_list(true);
    init.set_character_data(true);
    init.set_subtree(true);
    if let Ok(observer) = MutationObserver::new(callback.as_ref().unchecked_ref()) {
        // Fails only without options.
        let _ = observer.observe_with_options(root, &init);
        callback.forget();
    }
}

fn update(translations: &mut Vec<Translation>, records: &[MutationRecord]) {
    if !translations.is_empty() {
        let written = js_sys::Set::default();
        for record in records.iter().filter(|one| one.type_() == "characterData") {
            written.add(&record.target().into());
        }
        translations.retain(|one| {
            let is_written = written.has(&one.node);
            let stays = !is_written && one.is_shown();
            if !stays {
                one.end(is_written);
            }
            stays
        });
    }
    // Each removed text node was replaced once.
    let mut removals: Vec<(&MutationRecord, Text)> = records
        .iter()
        .flat_map(|record| nodes(record.removed_nodes()).map(move |node| (record, node)))
        .filter_map(|(record, node)| Some((record, node.dyn_into().ok()?)))
        .collect();
    if removals.is_empty() {
        return;
    }
    for addition in records {
        for shown in nodes(addition.added_nodes()).filter(|node| node.node_name() == TRANSLATION) {
            let is_replaced =
                |(removal, _): &(&MutationRecord, Text)| is_in_place_of(&shown, addition, removal);
            if let Some(index) = removals.iter().position(is_replaced) {
                let (_, node) = removals.remove(index);
                translations.extend(Translation::start(node, shown));
            }
        }
    }
}

/// Whether an added node took the place of the removed one, in one step or in two.
fn is_in_place_of(added: &Node, addition: &MutationRecord, removal: &MutationRecord) -> bool {
    let siblings = |record: &MutationRecord| (record.previous_sibling(), record.next_sibling());
    let (before, after) = siblings(removal);
    addition.target() == removal.target()
        && (before.as_ref() == Some(added)
            || after.as_ref() == Some(added)
            || siblings(addition) == (before, after))
}

fn nodes(list: NodeList) -> impl Iterator<Item = Node> {
    (0..list.length()).filter_map(move |index| list.item(index))
}

impl Translation {
    fn start(node: Text, shown: Node) -> Option<Self> {
        let parent = shown.parent_node()?;
        let text = node.data();
        if let Some(inner) = node.parent_node().filter(|_| shown.contains(Some(&node))) {
            // The translator moved the node instead of making a new one.
            let copy = node.clone_node().ok()?;
            inner.replace_child(&copy, &node).ok()?;
        }
        node.set_data("");
        parent.insert_before(&node, Some(&shown)).ok()?;
        Some(Self { node, text, shown })
    }

    fn is_shown(&self) -> bool {
        self.node.is_connected() && self.node.next_sibling().as_ref() == Some(&self.shown)
    }

    /// Removes the translation. Without a new text from Yew, the old one returns.
    fn end(&self, is_written: bool) {
        if let Some(parent) = self.shown.parent_node() {
            let _ = parent.remove_child(&self.shown);
        }
        if !is_written {
            self.node.set_data(&self.text);
        }
    }
}
