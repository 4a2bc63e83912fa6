use super::super::CallEvent;

/// How many milliseconds after dialing, and what happens then.
pub type Step = (u32, CallEvent);

const ANSWERS: &[Step] = &[(2_500, CallEvent::Answered)];
const BUSY: &[Step] = &[(1_500, CallEvent::Busy)];
const NO_ANSWER: &[Step] = &[(20_000, CallEvent::NotAnswered)];
const DROPS: &[Step] = &[(2_500, CallEvent::Answered), (12_500, CallEvent::Dropped)];
const FAILS: &[Step] = &[(0, CallEvent::Failed { reason: None })];

/// What the other side does when this number is called. The numbers +1 617 555 0101 to 0104, which belong to nobody, each
/// have outcomes of their own; every other number answers.
pub fn script(number: &str) -> &'static [Step] {
    match number.strip_prefix('+').unwrap_or(number) {
        "16175550101" | "6175550101" => BUSY,
        "16175550102" | "6175550102" => NO_ANSWER,
        "16175550103" | "6175550103" => DROPS,
        "16175550104" | "6175550104" => FAILS,
        _ => ANSWERS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_decides_the_outcome() {
        let rows = [
            ("+16175550101", BUSY),
            ("6175550102", NO_ANSWER),
            ("+16175550103", DROPS),
            ("+16175550104", FAILS),
            ("+16175550105", ANSWERS),
            ("+442073238299", ANSWERS),
            ("", ANSWERS),
        ];
        for (number, steps) in rows {
            assert_eq!(script(number), steps, "{number}");
        }
    }
}
