//! The laws of the undo.

use super::case::{Case, lists, undone};
use crate::transfer::undo::undo;

impl Case {
    /// Checks that an immediate undo restores every list byte for byte.
    pub fn undo_restores_every_list(&self) {
        let values = self.changed_values(&self.after);
        let output = undo(&self.receipt(), &values).expect("nothing was touched");
        let back = undone(&self.after, &values, &output);
        assert_eq!(lists(&back), lists(&self.before), "byte for byte");
    }
}
