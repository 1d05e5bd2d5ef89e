//! The page for traits that GeneNetwork or another page submits.

use super::copy::put_traits;
use super::format::traits;

pub const TITLE: &str = "Add traits from GeneNetwork";
pub const LEAD: &str = "GeneNetwork or another page has sent you these traits. Choose a collection for them; nothing is saved before you do.";
pub const EXPLANATION: &str = "When you choose traits in GeneNetwork and click “Add”, they come to this page, and you choose a collection for them. Right now there are none.";
pub const NOTHING_VALID: &str = "GeneNetwork or another page has sent something that holds no trait, so there is nothing to add.";
pub const TOO_LARGE: &str = "GeneNetwork or another page has sent more than 1 MiB of traits at once. None of them arrived. Please go back and choose fewer.";
pub const SIGN_IN_TITLE: &str = "To use the collections in your account, sign in";
pub const SIGN_IN_BODY: &str =
    "The traits stay here. Without an account you can add them to a collection in this browser.";
pub const TARGET: &str = "Add to";
pub const ADDING: &str = "Adding…";
pub const ADDED_TITLE: &str = "Traits added";
pub const OPEN: &str = "Open the collection";

pub fn title(n: usize) -> String {
    format!("Add {}", traits(n as u64))
}

pub fn added(new: u64, asked: u64) -> String {
    put_traits("added to", new, asked)
}
