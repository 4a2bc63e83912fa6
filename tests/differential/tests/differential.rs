//! The npm package and `calling-extensions` do the same, but for what `differences.toml` lists.

use differential::{Listed, Occurrence, compare, generated, transcripts};
use std::collections::BTreeSet;

#[test]
fn every_difference_is_listed_and_every_listed_one_occurs() {
    let found: BTreeSet<Occurrence> = compare(&transcripts()).into_iter().collect();
    let listed: BTreeSet<Occurrence> = Listed::read().occurrences().into_iter().collect();
    let lines =
        |occurrences: Vec<&Occurrence>| occurrences.into_iter().map(Occurrence::to_toml).collect::<Vec<_>>().join("\n");
    let unlisted = lines(found.difference(&listed).collect());
    let gone = lines(listed.difference(&found).collect());
    assert!(
        unlisted.is_empty(),
        "these differences are not in differences.toml:\n\n{unlisted}\n\nno longer there:\n\n{gone}"
    );
    assert!(gone.is_empty(), "differences.toml lists what no longer occurs:\n\n{gone}");
}

#[test]
fn each_difference_is_listed_once_and_has_a_reason() {
    let listed = Listed::read();
    let occurrences = listed.occurrences();
    let steps: BTreeSet<_> = occurrences.iter().map(|occurrence| (&occurrence.transcript, occurrence.step)).collect();
    assert_eq!(steps.len(), occurrences.len(), "a step is listed twice");
    for difference in &listed.difference {
        assert!(!difference.why.is_empty() && !difference.at.is_empty(), "{}", difference.what);
    }
}

#[test]
fn peers_that_keep_to_the_protocol_see_no_difference() {
    let seed = std::env::var("DIFFERENTIAL_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let count = std::env::var("DIFFERENTIAL_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(300);
    let differences = compare(&generated(seed, count));
    let first = differences.first().map(Occurrence::to_toml);
    assert_eq!(first, None, "and {} more", differences.len().saturating_sub(1));
}
