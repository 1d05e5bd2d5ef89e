//! Whether this is the first visit of somebody, who has no collections here.

use crate::browser::first_visit::{is_first_visit, remember_return};
use yew::prelude::*;

/// Returns whether the page began as it looks without collections, and can stay so while the
/// collections in this browser are still being read. The first collection or sign-in ends that.
#[hook]
pub fn use_first_visit(has_collections: bool) -> bool {
    use_effect_with(has_collections, |has_collections| {
        if *has_collections {
            remember_return();
        }
    });
    let began_as_first_visit = *use_memo((), |()| is_first_visit());
    began_as_first_visit && !has_collections
}
