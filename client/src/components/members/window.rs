//! Which rows of a long table are drawn: those in view and some around them.

use std::ops::Range;

/// The most rows that are drawn at a time.
pub const MOST: usize = 96;
/// Rows that are drawn above and below what is in view, so that a little scrolling finds them there.
const AROUND: usize = 16;
/// The drawn part moves by so many rows at once: not every pixel of scrolling draws anew.
const STEP: usize = 8;

/// What is in view; lengths in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// How far it is scrolled.
    pub top: f64,
    /// How high the scrolled area is, the heading included.
    pub height: f64,
    /// How high the heading is, which stays in view and hides as much.
    pub head: f64,
    /// How high one row is.
    pub row: f64,
}

impl Default for View {
    /// A guess for the first drawing, after which it is measured.
    fn default() -> Self {
        Self {
            top: 0.0,
            height: 576.0,
            head: 44.0,
            row: 44.0,
        }
    }
}

impl View {
    /// The first row in view.
    pub fn first(&self, total: usize) -> usize {
        whole(self.top / self.row).min(total.saturating_sub(1))
    }

    /// How many rows are in view as a whole; at least one, and no more than are drawn.
    pub fn page(&self) -> usize {
        whole((self.height - self.head) / self.row).clamp(1, MOST)
    }

    /// The rows to draw, of so many.
    pub fn rows(&self, total: usize) -> Range<usize> {
        let start = self.first(total).saturating_sub(AROUND) / STEP * STEP;
        let wanted = (self.page() + 2 * AROUND + STEP).min(MOST);
        start..(start + wanted).min(total)
    }

    /// Where to scroll so that this row is in view; `None` if it is.
    pub fn showing(&self, row: usize) -> Option<f64> {
        let above = pixels(row, self.row);
        let below = above + self.row - (self.height - self.head);
        if above < self.top {
            Some(above)
        } else if below > self.top {
            Some(below)
        } else {
            None
        }
    }
}

/// How high so many rows are.
#[expect(clippy::cast_precision_loss, reason = "no table has 2^52 rows")]
pub fn pixels(rows: usize, row: f64) -> f64 {
    rows as f64 * row
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a conversion that stays within bounds, which is what is wanted of a broken measure"
)]
fn whole(number: f64) -> usize {
    number as usize
}

/// The row that a key leads to from the active one, of so many rows with so many in view; `None` for other keys.
pub fn step(key: &str, active: usize, page: usize, total: usize) -> Option<usize> {
    let last = total.checked_sub(1)?;
    let to = match key {
        "ArrowDown" => active + 1,
        "ArrowUp" => active.saturating_sub(1),
        "PageDown" => active + page,
        "PageUp" => active.saturating_sub(page),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    Some(to.min(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOTAL: usize = 30_000;

    fn at(top: f64) -> View {
        View {
            top,
            ..View::default()
        }
    }

    #[test]
    fn what_is_in_view_is_drawn_and_never_more_than_a_hundred_rows() {
        let heights = [0.0, 44.0, 576.0, 4000.0, 1e9];
        for height in heights {
            for row in [20.0, 44.0, 61.25] {
                for step in 0..4000 {
                    let view = View {
                        top: f64::from(step) * 333.3,
                        height,
                        head: 44.0,
                        row,
                    };
                    let rows = view.rows(TOTAL);
                    assert!(rows.len() <= MOST && MOST < 100, "{view:?}");
                    let first = view.first(TOTAL);
                    assert!(rows.contains(&first), "{view:?} {rows:?}");
                    if view.page() < 40 {
                        let last = (first + view.page()).min(TOTAL - 1);
                        assert!(rows.contains(&last), "{view:?} {rows:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn broken_measures_draw_something() {
        for (top, row) in [(-50.0, 44.0), (f64::NAN, 44.0), (0.0, 0.0), (1e300, 0.0)] {
            let rows = View { row, ..at(top) }.rows(TOTAL);
            assert!(!rows.is_empty() && rows.len() <= MOST, "{top} {row}");
        }
        assert_eq!(at(0.0).rows(0), 0..0);
        assert_eq!(at(9e9).rows(3), 0..3);
    }

    #[test]
    fn a_little_scrolling_draws_nothing_anew() {
        let starts: Vec<usize> = (0..100)
            .map(|pixel| at(10_000.0 + f64::from(pixel)).rows(TOTAL).start)
            .collect();
        assert!(starts.windows(2).filter(|two| two[0] != two[1]).count() <= 1);
    }

    #[test]
    fn scrolls_no_further_than_needed() {
        let view = at(440.0);
        assert_eq!(view.showing(10), None);
        assert_eq!(view.showing(9), Some(396.0));
        // 532 px below the heading hold twelve rows and a bit.
        assert_eq!(view.showing(21), None);
        assert_eq!(view.showing(22), Some(23.0 * 44.0 - 532.0));
    }

    #[test]
    fn keys_lead_to_rows_and_not_beyond() {
        assert_eq!(step("ArrowDown", 0, 12, TOTAL), Some(1));
        assert_eq!(step("ArrowUp", 0, 12, TOTAL), Some(0));
        assert_eq!(step("PageDown", 5, 12, TOTAL), Some(17));
        assert_eq!(step("PageUp", 5, 12, TOTAL), Some(0));
        assert_eq!(step("End", 5, 12, TOTAL), Some(TOTAL - 1));
        assert_eq!(step("ArrowDown", TOTAL - 1, 12, TOTAL), Some(TOTAL - 1));
        assert_eq!(step("Home", 5, 12, TOTAL), Some(0));
        assert_eq!(step("x", 5, 12, TOTAL), None);
        assert_eq!(step("End", 5, 12, 0), None);
    }
}
