//! Matches phone numbers with records. Numbers are compared in their international form, without extensions.

use super::{Account, HOME, ObjectType, PhoneNumber, Record};

/// The countries of the account: name, national prefix, and country code.
const COUNTRIES: &[(&str, &str, &str)] = &[("US", "1", "1"), ("GB", "0", "44"), ("FR", "0", "33")];
/// The number of digits of a North American number without the country code.
const NORTH_AMERICAN: usize = 10;
/// Shorter numbers are internal numbers, which identify nobody.
const SHORTEST: usize = 6;

/// The contacts and companies that have this number, in the order of the account.
pub fn callers<'a>(account: &'a Account, number: &str) -> Vec<&'a Record> {
    let can_call = |record: &&Record| matches!(record.id.object_type(), ObjectType::Contact | ObjectType::Company);
    let has = |record: &&Record| record.numbers.iter().any(|own| same_number(own, number));
    account.records.iter().filter(can_call).filter(has).collect()
}

/// Whether a record's number and another number are the same, in any notation. Internal numbers are never the same.
pub fn same_number(own: &PhoneNumber, number: &str) -> bool {
    digits(number).len() >= SHORTEST && are_equal(&own.number, &own.country, number)
}

/// Whether two numbers are the same, in any notation. A number without a country code is one of the account's home country.
pub fn same_in_any_notation(one: &str, other: &str) -> bool {
    !digits(one).is_empty() && are_equal(one, HOME, other)
}

fn are_equal(one: &str, country: &str, other: &str) -> bool {
    digits(one) == digits(other) || international(one, country) == international(other, HOME)
}

/// The digits of the international form.
fn international(number: &str, country: &str) -> String {
    let all = digits(number);
    if number.trim_start().starts_with('+') {
        return all;
    }
    if let Some(rest) = all.strip_prefix("00") {
        return rest.to_owned();
    }
    match COUNTRIES.iter().find(|(name, ..)| *name == country) {
        Some(("US", ..)) if all.len() != NORTH_AMERICAN => all,
        Some((_, prefix, code)) => format!("{code}{}", all.strip_prefix(prefix).unwrap_or(&all)),
        None => all,
    }
}

/// The digits without the extension. The zero in "+44 (0)20" is not part of the international form.
fn digits(number: &str) -> String {
    let number = number.trim();
    let without_zero = if number.starts_with('+') { number.replacen("(0)", "", 1) } else { number.to_owned() };
    let end = without_zero.find(|char: char| char.is_alphabetic() || matches!(char, ',' | ';' | '#' | '*'));
    let main = &without_zero[..end.unwrap_or(without_zero.len())];
    main.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(own: &str, country: &str, number: &str, same: bool) {
        let own = PhoneNumber { property: "phone".into(), number: own.into(), country: country.into() };
        assert_eq!(same_number(&own, number), same, "{own:?} and {number}");
    }

    #[test]
    fn the_same_number_is_recognized_in_any_notation() {
        check("+1 617 555 0111", "US", "+16175550111", true);
        check("(617) 555-0121", "US", "+16175550121", true);
        check("617.555.0123", "US", "6175550123", true);
        check("16175550123", "US", "+1 617 555 0123", true);
        check("+1 617 555 0123", "US", "617-555-0123", true);
        check("+1 617 555 0123", "US", "0016175550123", true);
        check("+44 20 7946 0018", "GB", "+442079460018", true);
        check("+44 (0)20 7946 0018", "GB", "+442079460018", true);
        check("07700 900123", "GB", "+447700900123", true);
        check("07700 900123", "GB", "07700900123", true);
        check("01 99 00 12 34", "FR", "+33199001234", true);
        check("01 99 00 12 34", "XX", "0199001234", true);
    }

    #[test]
    fn extensions_are_ignored() {
        check("+1 617 555 0131 ext. 42", "US", "+16175550131", true);
        check("+1 617 555 0131 ext. 42", "US", "+1 617 555 0131x43", true);
        check("+1 617 555 0131", "US", "+16175550131,,42", true);
        check("+1 617 555 0131", "US", "+16175550131*42#", true);
    }

    #[test]
    fn different_numbers_do_not_match() {
        check("+1 617 555 0111", "US", "+16175550112", false);
        check("+1 617 555 0111", "US", "5550111", false);
        check("+1 617 555 0111", "US", "+446175550111", false);
        check("07700 900123", "GB", "+17700900123", false);
        check("911", "US", "911", false);
        check("", "US", "", false);
        check("", "US", "anonymous", false);
        check("+1 617 555 0111", "US", "", false);
        check("+1 617 555 0111", "US", "Ext. +16175550111", false);
    }

    #[test]
    fn numbers_without_a_record_are_compared_in_any_notation() {
        for (one, other, same) in [
            ("+1 617 555 0111", "+16175550111", true),
            ("(617) 555-0111", "+1 617 555 0111", true),
            ("+44 (0)20 7946 0018", "0044 20 7946 0018", true),
            ("911", "9-1-1", true),
            ("+1 617 555 0111", "+1 617 555 0112", false),
            ("+1 617 555 0111", "", false),
            ("", "", false),
            ("anonymous", "unknown", false),
        ] {
            assert_eq!(same_in_any_notation(one, other), same, "{one} and {other}");
            assert_eq!(same_in_any_notation(other, one), same, "{other} and {one}");
        }
    }

    #[test]
    fn a_number_can_have_no_one_or_several_callers() {
        let rows: &[(&str, &[&str])] = &[
            ("+16175550111", &["0-1/51"]),
            ("+16175550122", &["0-1/52"]),
            ("+16175550141", &["0-1/57", "0-1/58"]),
            ("+16175550151", &["0-1/59"]),
            ("+16175550161", &["0-2/201"]),
            ("+447700900123", &["0-1/55"]),
            ("+33199001234", &["0-1/56"]),
            // The number of a custom object: only contacts and companies are matched.
            ("+16175550171", &[]),
            ("+16175559999", &[]),
        ];
        for (number, ids) in rows {
            let found: Vec<_> = callers(Account::get(), number).iter().map(|record| record.id.to_string()).collect();
            assert_eq!(found, *ids, "{number}");
        }
    }
}
