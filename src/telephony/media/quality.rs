//! From what the browser measures to an estimate of how a call sounds.

use call_model::{Quality, QualityIssue};

/// From this rating on users are satisfied (ITU-T G.107, annex B: a mean opinion score of 4.0).
const GOOD: f64 = 80.0;
/// From this rating on many users are not yet dissatisfied (a mean opinion score of 3.1).
const FAIR: f64 = 60.0;
/// The rating of a call without any impairment, with the default values of G.107.
const BEST: f64 = 93.2;
/// How well a codec conceals lost packets: G.711 with concealment, in G.113. Opus does better.
const LOSS_ROBUSTNESS: f64 = 25.1;
/// One packet has to be filled before it is sent, and one is in the encoder, in milliseconds.
const PACKET_DELAY: f64 = 30.0;

/// What was measured in the last seconds.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measures {
    /// How many packets came from the other side.
    pub received: u32,
    /// The share of packets from the other side that were lost, of 1.
    pub loss_received: f64,
    /// The share of packets to the other side that were lost, of 1; 0 until the other side has reported it.
    pub loss_sent: f64,
    /// How much the time between two packets varies, in milliseconds, in the direction where it varies more.
    pub jitter: f64,
    /// The time to the other side and back, in milliseconds; absent until the browser knows it.
    pub round_trip: Option<f64>,
}

/// Estimates the quality with the E-model (ITU-T G.107), simplified as by Cole and Rosenbluth: delay and loss lower a rating, which
/// stands for a mean opinion score.
pub fn rate(measures: Measures) -> Quality {
    let Measures { received, loss_received, loss_sent, jitter, round_trip } = measures;
    let loss = loss_received.max(loss_sent);
    let one_way = round_trip.unwrap_or_default() / 2.0;
    // The buffer that evens out the arrival of packets is about twice as long as the jitter.
    let buffer = 2.0 * jitter;
    let delay_impairment = impairment_of_delay(one_way + buffer + PACKET_DELAY);
    let loss_impairment = impairment_of_loss(loss);
    let rating = if received == 0 { 0.0 } else { BEST - delay_impairment - loss_impairment };
    let bars = match rating {
        rating if rating >= GOOD => 3,
        rating if rating >= FAIR => 2,
        _ if received > 0 => 1,
        _ => 0,
    };
    let issue = match bars {
        3 => None,
        0 => Some(QualityIssue::NothingReceived),
        _ if loss_impairment >= delay_impairment && loss_received >= loss_sent => Some(QualityIssue::LossReceived),
        _ if loss_impairment >= delay_impairment => Some(QualityIssue::LossSent),
        _ if buffer >= one_way => Some(QualityIssue::Jitter),
        _ => Some(QualityIssue::Delay),
    };
    Quality {
        bars,
        issue,
        mos_tenths: (opinion_score(rating) * 10.0).round() as u8,
        loss_per_mille: (loss * 1000.0).round() as u16,
        jitter_ms: jitter.round() as u16,
        round_trip_ms: round_trip.map(|round_trip| round_trip.round() as u16),
    }
}

/// By how much a delay from mouth to ear, in milliseconds, lowers the rating. It disturbs a conversation from 177.3 ms on.
fn impairment_of_delay(delay: f64) -> f64 {
    0.024 * delay + 0.11 * (delay - 177.3).max(0.0)
}

/// By how much a share of lost packets lowers the rating.
fn impairment_of_loss(loss: f64) -> f64 {
    let percent = loss * 100.0;
    95.0 * percent / (percent + LOSS_ROBUSTNESS)
}

/// The mean opinion score, from 1 to 4.5, that a rating stands for (G.107, annex B).
fn opinion_score(rating: f64) -> f64 {
    match rating {
        rating if rating <= 0.0 => 1.0,
        rating if rating >= 100.0 => 4.5,
        rating => (1.0 + 0.035 * rating + 7e-6 * rating * (rating - 60.0) * (100.0 - rating)).max(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::{Measures, opinion_score, rate};
    use call_model::QualityIssue::{self, Delay, Jitter, LossReceived, LossSent, NothingReceived};

    #[test]
    fn bars_and_their_reason_follow_from_what_was_measured() {
        // The name, loss received, loss sent, jitter in ms, round trip in ms; then bars, reason, score.
        type Row = (&'static str, f64, f64, f64, Option<f64>, u8, Option<QualityIssue>, u8);
        let rows: [Row; 14] = [
            ("the same room", 0.0, 0.0, 0.0, Some(1.0), 3, None, 44),
            ("the round trip is not known yet", 0.0, 0.0, 2.0, None, 3, None, 44),
            ("one country", 0.001, 0.0, 5.0, Some(40.0), 3, None, 44),
            ("another continent", 0.0, 0.0, 10.0, Some(180.0), 3, None, 43),
            ("some loss", 0.02, 0.0, 5.0, Some(40.0), 3, None, 42),
            ("loss that is heard", 0.05, 0.0, 5.0, Some(40.0), 2, Some(LossReceived), 39),
            ("loss that the other side hears", 0.01, 0.05, 5.0, Some(40.0), 2, Some(LossSent), 39),
            ("much loss", 0.15, 0.0, 5.0, Some(40.0), 1, Some(LossReceived), 29),
            ("much loss on the way out", 0.0, 0.15, 5.0, Some(40.0), 1, Some(LossSent), 29),
            ("jitter", 0.0, 0.0, 100.0, Some(40.0), 2, Some(Jitter), 40),
            ("much jitter", 0.0, 0.0, 250.0, Some(40.0), 1, Some(Jitter), 20),
            ("a satellite", 0.0, 0.0, 5.0, Some(600.0), 2, Some(Delay), 35),
            ("two satellites", 0.0, 0.0, 5.0, Some(800.0), 1, Some(Delay), 28),
            ("everything", 1.0, 1.0, 1000.0, Some(5000.0), 1, Some(Delay), 10),
        ];
        for (name, loss_received, loss_sent, jitter, round_trip, bars, issue, mos_tenths) in rows {
            let quality = rate(Measures { received: 100, loss_received, loss_sent, jitter, round_trip });
            assert_eq!((quality.bars, quality.issue, quality.mos_tenths), (bars, issue, mos_tenths), "{name}");
        }
    }

    #[test]
    fn without_a_packet_there_is_no_bar() {
        let quality = rate(Measures { received: 0, round_trip: Some(10.0), ..Measures::default() });
        assert_eq!((quality.bars, quality.issue, quality.mos_tenths), (0, Some(NothingReceived), 10));
    }

    #[test]
    fn numbers_are_those_of_the_worse_direction() {
        let quality = rate(Measures {
            received: 9,
            loss_received: 0.0124,
            loss_sent: 0.0236,
            jitter: 7.6,
            round_trip: Some(41.4),
        });
        assert_eq!((quality.loss_per_mille, quality.jitter_ms, quality.round_trip_ms), (24, 8, Some(41)));
    }

    #[test]
    fn scores_are_those_of_the_recommendation() {
        // G.107, table B.1.
        for (rating, score) in [(90.0, 4.34), (80.0, 4.03), (70.0, 3.60), (60.0, 3.10), (50.0, 2.58)] {
            assert!((opinion_score(rating) - score).abs() < 0.01, "{rating}: {}", opinion_score(rating));
        }
        assert_eq!(opinion_score(-5.0), 1.0);
        assert_eq!(opinion_score(120.0), 4.5);
    }
}
