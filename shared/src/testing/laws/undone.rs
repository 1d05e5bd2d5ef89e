//! What an undo gives back.

use super::case::{Case, lists, restored};
use crate::transfer::undo::undo;

impl Case {
    /// Undo right after gives every list back, byte for byte.
    pub fn undo_is_the_identity(&self) {
        let values = self.changed(&self.after);
        let undone = undo(&self.receipt(), &values).expect("nothing was touched");
        let back = restored(&self.after, &values, &undone);
        assert_eq!(lists(&back), lists(&self.before), "byte for byte");
    }
}
