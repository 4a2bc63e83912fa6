//! From single values to a table of medians.

use crate::figure::Figure;
use std::collections::BTreeMap;

/// The values of all runs, for each guest by its number.
pub type Figures = BTreeMap<(usize, Figure), Vec<f64>>;

/// A Markdown table. The ratio is the first guest's value to the last one's.
pub fn table(figures: &Figures, guests: &[String]) -> String {
    let mut rows =
        vec![["".to_owned()].into_iter().chain(guests.iter().cloned()).chain(["ratio".to_owned()]).collect()];
    for figure in Figure::all() {
        let medians: Vec<_> =
            (0..guests.len()).map(|guest| figures.get(&(guest, figure)).and_then(|values| median(values))).collect();
        if medians.iter().all(Option::is_none) {
            continue;
        }
        let cell =
            |value: &Option<f64>| value.map_or("-".into(), |value| format!("{} {}", rounded(value), figure.unit()));
        let ratio = match (medians.first().copied().flatten(), medians.last().copied().flatten()) {
            (Some(ours), Some(theirs)) if theirs.abs() > f64::EPSILON => format!("{:.2}", ours / theirs),
            _ => "-".into(),
        };
        rows.push([figure.name()].into_iter().chain(medians.iter().map(cell)).chain([ratio]).collect::<Vec<_>>());
    }
    formatted(&rows)
}

fn formatted(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default().max(3);
    let widths: Vec<_> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
            0 => format!("{cell:width$}"),
            _ => format!("{cell:>width$}"),
        });
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let rule = widths.iter().enumerate().map(|(column, width)| match column {
        0 => "-".repeat(*width),
        _ => format!("{}:", "-".repeat(width - 1)),
    });
    let rule = format!("| {} |", rule.collect::<Vec<_>>().join(" | "));
    let mut lines: Vec<_> = rows.iter().map(line).collect();
    lines.insert(1, rule);
    lines.join("\n")
}

fn rounded(value: f64) -> String {
    if value.abs() < 10.0 { format!("{value:.2}") } else { format!("{value:.0}") }
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(sorted[middle]),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Conditions;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }

    #[test]
    fn a_missing_value_is_a_dash_and_a_missing_figure_no_row() {
        let ready = Figure::Ready(Conditions::Full);
        let figures =
            Figures::from([((0, ready), vec![90.0]), ((2, ready), vec![60.0]), ((0, Figure::Digit), vec![1.5])]);
        let table = table(&figures, &["ours".into(), "between".into(), "theirs".into()]);
        assert_eq!(
            table,
            "|                                | ours    | between | theirs | ratio |\n\
             | ------------------------------ | ------: | ------: | -----: | ----: |\n\
             | frame made → READY at the host |   90 ms |       - |  60 ms |  1.50 |\n\
             | digit click → value shown      | 1.50 ms |       - |      - |     - |"
                .replace("| ours    | between | theirs |", "|    ours | between | theirs |")
        );
    }
}
