//! Medians, and tables for the documentation.

/// Returns the median; of an even number of figures, the lower one of the two in the middle.
pub(super) fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
        .get(sorted.len().saturating_sub(1) / 2)
        .copied()
        .unwrap_or(f64::NAN)
}

/// Prints a table in Markdown.
pub(super) fn print(heading: &[&str], rows: &[Vec<String>]) {
    let line = |cells: &[&str]| println!("| {} |", cells.join(" | "));
    println!();
    line(heading);
    line(&vec!["---"; heading.len()]);
    for row in rows {
        line(&row.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// Formats a number with three significant digits.
pub(super) fn number(figure: f64) -> String {
    match figure {
        figure if figure >= 100.0 => format!("{figure:.0}"),
        figure if figure >= 10.0 => format!("{figure:.1}"),
        figure => format!("{figure:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlier_does_not_change_the_median() {
        assert!((median(&[3.0, 1_000.0, 2.0, 4.0, 1.0]) - 3.0).abs() < f64::EPSILON);
        assert!(median(&[]).is_nan());
        assert_eq!(
            [0.354, 35.4, 354.1].map(number),
            ["0.35", "35.4", "354"].map(str::to_owned)
        );
    }
}
