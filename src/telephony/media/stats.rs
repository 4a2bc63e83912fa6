//! What the browser counts of a connection (`RTCPeerConnection.getStats`), and what follows from two counts.

use super::quality::Measures;
use serde::Deserialize;
use std::collections::VecDeque;
use web_kit::json;

/// How many counts are compared: the first and the last of them. At one every two seconds these are the last eight seconds.
const WINDOW: usize = 5;

/// What was counted since the call began, at one time.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Count {
    /// Packets from the other side.
    pub received: f64,
    /// Packets from the other side that are missing. It goes down when one comes late.
    pub lost: f64,
    /// How much the time between two packets from the other side varies, in seconds.
    pub jitter: f64,
    /// What the other side last reported of the packets that were sent to it; absent until it has.
    pub remote: Option<RemoteReport>,
    /// The time to the other side and back, in seconds; absent until it is known.
    pub round_trip: Option<f64>,
}

/// What the other side reports of the packets that it gets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RemoteReport {
    /// The share that was lost since its report before, of 1.
    pub loss: f64,
    /// How much the time between two packets varies, in seconds.
    pub jitter: f64,
}

/// One of the objects in a report of the browser, as far as it is needed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stats {
    r#type: String,
    kind: Option<String>,
    packets_received: Option<f64>,
    packets_lost: Option<f64>,
    jitter: Option<f64>,
    fraction_lost: Option<f64>,
    round_trip_time: Option<f64>,
    current_round_trip_time: Option<f64>,
    state: Option<String>,
    nominated: Option<bool>,
}

impl Count {
    /// Reads the list of objects of a report, as JSON. `None` when nothing is received yet, or when it has another form.
    pub fn read(report: &str) -> Option<Self> {
        let all: Vec<Stats> = json::from_str(report).ok()?;
        let audio = |name: &str| {
            all.iter().rfind(|stats| stats.r#type == name && stats.kind.as_deref().is_none_or(|kind| kind == "audio"))
        };
        let inbound = audio("inbound-rtp")?;
        let remote = audio("remote-inbound-rtp");
        // Of the network: for when the other side sends no reports.
        let pair = all.iter().find(|stats| {
            stats.r#type == "candidate-pair"
                && stats.nominated == Some(true)
                && stats.state.as_deref() == Some("succeeded")
        });
        Some(Count {
            received: inbound.packets_received.unwrap_or_default(),
            lost: inbound.packets_lost.unwrap_or_default(),
            jitter: inbound.jitter.unwrap_or_default(),
            remote: remote.map(|remote| RemoteReport {
                loss: remote.fraction_lost.unwrap_or_default(),
                jitter: remote.jitter.unwrap_or_default(),
            }),
            round_trip: remote
                .and_then(|remote| remote.round_trip_time)
                .or_else(|| pair.and_then(|pair| pair.current_round_trip_time)),
        })
    }
}

/// The counts of the last seconds.
#[derive(Default)]
pub struct Window(VecDeque<Count>);

impl Window {
    /// Adds a count, and says what was measured since the oldest; `None` for the first count.
    pub fn add(&mut self, count: Count) -> Option<Measures> {
        // The counts of a connection that was made again begin again.
        if self.0.back().is_some_and(|last| count.received < last.received) {
            self.0.clear();
        }
        self.0.push_back(count);
        if self.0.len() > WINDOW {
            self.0.pop_front();
        }
        let (oldest, before) = (self.0.front()?, self.0.iter().rev().nth(1)?);
        let (received, lost) = (count.received - oldest.received, (count.lost - oldest.lost).max(0.0));
        let reports: Vec<RemoteReport> = self.0.iter().skip(1).filter_map(|count| count.remote).collect();
        let loss_sent = reports.iter().map(|report| report.loss).sum::<f64>() / reports.len().max(1) as f64;
        let remote_jitter = count.remote.map_or(0.0, |report| report.jitter);
        Some(Measures {
            // Whether anything arrives now, not within the whole window.
            received: (count.received - before.received) as u32,
            loss_received: if received + lost > 0.0 { lost / (received + lost) } else { 0.0 },
            loss_sent,
            jitter: count.jitter.max(remote_jitter) * 1000.0,
            round_trip: count.round_trip.map(|seconds| seconds * 1000.0),
        })
    }

    /// Nothing is expected from the other side for now, as on hold.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, RemoteReport, Window};

    const REPORT: &str = r#"[
        {"type": "codec", "mimeType": "audio/opus"},
        {"type": "candidate-pair", "state": "in-progress", "nominated": false, "currentRoundTripTime": 9},
        {"type": "candidate-pair", "state": "succeeded", "nominated": true, "currentRoundTripTime": 0.02},
        {"type": "inbound-rtp", "kind": "video", "packetsReceived": 5},
        {"type": "inbound-rtp", "kind": "audio", "packetsReceived": 500, "packetsLost": 4, "jitter": 0.003},
        {"type": "outbound-rtp", "kind": "audio", "packetsSent": 490}
    ]"#;

    #[test]
    fn a_report_of_the_browser_is_read() {
        let expected = Count { received: 500.0, lost: 4.0, jitter: 0.003, remote: None, round_trip: Some(0.02) };
        assert_eq!(Count::read(REPORT), Some(expected));
    }

    #[test]
    fn what_the_other_side_reports_is_read_and_its_round_trip_counts() {
        let remote = r#", {"type": "remote-inbound-rtp", "kind": "audio", "fractionLost": 0.1, "jitter": 0.01, "roundTripTime": 0.2}]"#;
        let count = Count::read(&REPORT.trim_end().replacen("\n    ]", remote, 1)).unwrap();
        assert_eq!(count.remote, Some(RemoteReport { loss: 0.1, jitter: 0.01 }));
        assert_eq!(count.round_trip, Some(0.2));
    }

    #[test]
    fn before_anything_is_received_there_is_no_count() {
        for report in ["[]", "", "{}", r#"[{"type": "outbound-rtp", "kind": "audio"}]"#] {
            assert_eq!(Count::read(report), None, "{report}");
        }
    }

    fn count(received: f64, lost: f64) -> Count {
        Count { received, lost, ..Count::default() }
    }

    #[test]
    fn loss_is_that_of_the_last_seconds() {
        let mut window = Window::default();
        assert_eq!(window.add(count(100.0, 50.0)), None);
        let measures = window.add(count(190.0, 60.0)).unwrap();
        assert_eq!((measures.received, measures.loss_received), (90, 0.1));
        for received in [290.0, 390.0, 490.0, 590.0] {
            window.add(count(received, 60.0));
        }
        assert_eq!(window.add(count(690.0, 60.0)).unwrap().loss_received, 0.0, "the loss at the start is forgotten");
    }

    #[test]
    fn nothing_that_arrives_now_is_seen_at_once() {
        let mut window = Window::default();
        window.add(count(100.0, 0.0));
        window.add(count(200.0, 0.0));
        assert_eq!(window.add(count(200.0, 0.0)).unwrap().received, 0);
    }

    #[test]
    fn a_packet_that_comes_late_is_no_negative_loss() {
        let mut window = Window::default();
        window.add(count(100.0, 5.0));
        assert_eq!(window.add(count(200.0, 3.0)).unwrap().loss_received, 0.0);
    }

    #[test]
    fn counts_that_begin_again_are_not_compared_with_those_before() {
        let mut window = Window::default();
        window.add(count(100.0, 5.0));
        assert_eq!(window.add(count(3.0, 0.0)), None);
        assert_eq!(window.add(count(103.0, 0.0)).unwrap().received, 100);
    }

    #[test]
    fn what_the_other_side_reports_is_averaged_and_the_larger_jitter_counts() {
        let report = |received, loss, jitter| Count {
            remote: Some(RemoteReport { loss, jitter }),
            jitter: 0.004,
            ..count(received, 0.0)
        };
        let mut window = Window::default();
        window.add(report(100.0, 0.9, 0.0));
        window.add(report(200.0, 0.1, 0.0));
        let measures = window.add(report(300.0, 0.3, 0.012)).unwrap();
        assert!((measures.loss_sent - 0.2).abs() < 1e-9, "{measures:?}");
        assert!((measures.jitter - 12.0).abs() < 1e-9, "{measures:?}");
    }
}
