//! Which rows of a long table are rendered: those in the viewport and some around them.

use std::ops::Range;

pub const MAX_RENDERED_ROWS: usize = 96;
/// Rows that are rendered above and below the viewport, in advance of a little scrolling.
const OVERSCAN_ROWS: usize = 16;
/// The rendered part moves by this many rows at once: not every scrolled pixel renders again.
const STEP_ROWS: usize = 8;

/// The visible part of the table; lengths in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// How far the table is scrolled.
    pub top: f64,
    /// The height of the scrolled area, including the heading.
    pub height: f64,
    /// The height of the heading, which stays in view and covers rows.
    pub heading: f64,
    /// The height of one row.
    pub row: f64,
}

impl Default for Viewport {
    /// A guess for the first rendering, after which the browser measures.
    fn default() -> Self {
        Self {
            top: 0.0,
            height: 576.0,
            heading: 44.0,
            row: 44.0,
        }
    }
}

impl Viewport {
    pub fn first_row(&self, total: usize) -> usize {
        whole_rows(self.top / self.row).min(total.saturating_sub(1))
    }

    /// Returns how many whole rows are visible: at least one, and no more than are rendered.
    pub fn page_rows(&self) -> usize {
        whole_rows((self.height - self.heading) / self.row).clamp(1, MAX_RENDERED_ROWS)
    }

    pub fn rendered_rows(&self, total: usize) -> Range<usize> {
        let start = self.first_row(total).saturating_sub(OVERSCAN_ROWS) / STEP_ROWS * STEP_ROWS;
        let count = (self.page_rows() + 2 * OVERSCAN_ROWS + STEP_ROWS).min(MAX_RENDERED_ROWS);
        start..(start + count).min(total)
    }

    /// Returns where to scroll so that a row is visible; `None` if it is already.
    pub fn scroll_to(&self, row: usize) -> Option<f64> {
        let above = height_of_rows(row, self.row);
        let below = above + self.row - (self.height - self.heading);
        if above < self.top {
            Some(above)
        } else if below > self.top {
            Some(below)
        } else {
            None
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "no table has 2^52 rows")]
pub fn height_of_rows(rows: usize, row: f64) -> f64 {
    rows as f64 * row
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, so a broken measurement stays within bounds"
)]
fn whole_rows(number: f64) -> usize {
    number as usize
}

/// Returns the row that a navigation key leads to; `None` for other keys. `page` is the number of
/// visible rows.
pub fn row_after_key(key: &str, active: usize, page: usize, total: usize) -> Option<usize> {
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

    fn at(top: f64) -> Viewport {
        Viewport {
            top,
            ..Viewport::default()
        }
    }

    #[test]
    fn visible_rows_are_rendered_and_never_more_than_a_hundred() {
        let heights = [0.0, 44.0, 576.0, 4000.0, 1e9];
        for height in heights {
            for row in [20.0, 44.0, 61.25] {
                for step in 0..4000 {
                    let view = Viewport {
                        top: f64::from(step) * 333.3,
                        height,
                        heading: 44.0,
                        row,
                    };
                    let rows = view.rendered_rows(TOTAL);
                    assert!(
                        rows.len() <= MAX_RENDERED_ROWS && MAX_RENDERED_ROWS < 100,
                        "{view:?}"
                    );
                    let first = view.first_row(TOTAL);
                    assert!(rows.contains(&first), "{view:?} {rows:?}");
                    if view.page_rows() < 40 {
                        let last = (first + view.page_rows()).min(TOTAL - 1);
                        assert!(rows.contains(&last), "{view:?} {rows:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn broken_measurements_render_some_rows() {
        for (top, row) in [(-50.0, 44.0), (f64::NAN, 44.0), (0.0, 0.0), (1e300, 0.0)] {
            let rows = Viewport { row, ..at(top) }.rendered_rows(TOTAL);
            assert!(
                !rows.is_empty() && rows.len() <= MAX_RENDERED_ROWS,
                "{top} {row}"
            );
        }
        assert_eq!(at(0.0).rendered_rows(0), 0..0);
        assert_eq!(at(9e9).rendered_rows(3), 0..3);
    }

    #[test]
    fn a_little_scrolling_renders_no_other_rows() {
        let starts: Vec<usize> = (0..100)
            .map(|pixel| at(10_000.0 + f64::from(pixel)).rendered_rows(TOTAL).start)
            .collect();
        assert!(starts.windows(2).filter(|two| two[0] != two[1]).count() <= 1);
    }

    #[test]
    fn scrolling_goes_no_further_than_needed() {
        let view = at(440.0);
        assert_eq!(view.scroll_to(10), None);
        assert_eq!(view.scroll_to(9), Some(396.0));
        // 532 px below the heading hold twelve rows and a bit.
        assert_eq!(view.scroll_to(21), None);
        assert_eq!(view.scroll_to(22), Some(23.0 * 44.0 - 532.0));
    }

    #[test]
    fn navigation_keys_stay_within_the_table() {
        assert_eq!(row_after_key("ArrowDown", 0, 12, TOTAL), Some(1));
        assert_eq!(row_after_key("ArrowUp", 0, 12, TOTAL), Some(0));
        assert_eq!(row_after_key("PageDown", 5, 12, TOTAL), Some(17));
        assert_eq!(row_after_key("PageUp", 5, 12, TOTAL), Some(0));
        assert_eq!(row_after_key("End", 5, 12, TOTAL), Some(TOTAL - 1));
        assert_eq!(
            row_after_key("ArrowDown", TOTAL - 1, 12, TOTAL),
            Some(TOTAL - 1)
        );
        assert_eq!(row_after_key("Home", 5, 12, TOTAL), Some(0));
        assert_eq!(row_after_key("x", 5, 12, TOTAL), None);
        assert_eq!(row_after_key("End", 5, 12, 0), None);
    }
}
