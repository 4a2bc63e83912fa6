use super::{ObjectType, RecordId};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::LazyLock};

/// The simulated account. It never changes: calls and their effects are in [`crate::hubspot::State`].
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The names of the account's custom object types, by type id.
    pub custom_types: BTreeMap<String, String>,
    /// The names of the call outcomes, by id. These are the default outcomes of HubSpot.
    pub outcomes: BTreeMap<String, String>,
    /// All records, in the order of the list.
    pub records: Vec<Record>,
    /// The call tasks of the user.
    pub tasks: Vec<Task>,
}

static ACCOUNT: LazyLock<Account> = LazyLock::new(|| {
    // A test reads the file, so this cannot fail.
    serde_json::from_str(include_str!("account.json")).unwrap_or_default()
});

impl Account {
    /// The account.
    pub fn get() -> &'static Account {
        &ACCOUNT
    }

    /// The record with this id.
    pub fn record(&self, id: &RecordId) -> Option<&Record> {
        self.records.iter().find(|record| record.id == *id)
    }

    /// The records of a type, or of all types, that contain each of the words in a property or a number.
    pub fn search(&self, words: &str, kind: Option<ObjectType>) -> Vec<&Record> {
        let words: Vec<_> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let finds = |record: &&Record| {
            kind.is_none_or(|kind| record.id.object_type() == kind) && words.iter().all(|word| record.contains(word))
        };
        self.records.iter().filter(finds).collect()
    }

    /// The numbers on a record's page: its own, then those of the associated records.
    pub fn numbers_on_page(&self, id: &RecordId) -> Vec<(&Record, &PhoneNumber)> {
        let Some(record) = self.record(id) else { return Vec::new() };
        let associated = record.associations.iter().filter_map(|id| self.record(id));
        std::iter::once(record)
            .chain(associated)
            .flat_map(|record| record.numbers.iter().map(move |n| (record, n)))
            .collect()
    }
}

/// One record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The id.
    pub id: RecordId,
    /// The properties by their names in HubSpot's API. A value can be null.
    #[serde(default)]
    pub properties: BTreeMap<String, Option<String>>,
    /// The phone numbers.
    #[serde(default)]
    pub numbers: Vec<PhoneNumber>,
    /// The associated records.
    #[serde(default)]
    pub associations: Vec<RecordId>,
}

impl Record {
    /// The value of a property. `None` if it is missing, null or empty.
    pub fn property(&self, name: &str) -> Option<&str> {
        self.properties.get(name)?.as_deref().filter(|value| !value.is_empty())
    }

    fn contains(&self, word: &str) -> bool {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let is_number = word.chars().all(|char| !char.is_alphabetic()) && !digits(word).is_empty();
        let in_number = |own: &PhoneNumber| is_number && digits(&own.number).contains(&digits(word));
        let mut values = self.properties.values().flatten();
        values.any(|value| value.to_lowercase().contains(word)) || self.numbers.iter().any(in_number)
    }

    /// The display name. `None` if the record has none.
    pub fn name(&self) -> Option<String> {
        match self.id.object_type() {
            ObjectType::Contact => {
                let names: Vec<_> = ["firstname", "lastname"].iter().filter_map(|name| self.property(name)).collect();
                if names.is_empty() { self.property("email").map(str::to_owned) } else { Some(names.join(" ")) }
            }
            ObjectType::Ticket => self.property("subject").map(str::to_owned),
            ObjectType::Company | ObjectType::Custom => self.property("name").map(str::to_owned),
        }
    }
}

/// A phone number of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneNumber {
    /// The property: `phone`, `mobilephone`, or one that the account has defined.
    pub property: String,
    /// The number as it was entered.
    pub number: String,
    /// The country of the number, as two letters.
    #[serde(default = "home")]
    pub country: String,
}

fn home() -> String {
    "US".to_owned()
}

/// A call task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// The title of the task.
    pub title: String,
    /// The record to call.
    pub record: RecordId,
    /// The property with the number.
    pub property: String,
    /// The number.
    pub number: String,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::collections::HashSet;

    fn account() -> Account {
        serde_json::from_str(include_str!("account.json")).unwrap()
    }

    #[test]
    fn the_file_is_consistent() {
        let account = account();
        let ids: HashSet<_> = account.records.iter().map(|record| &record.id).collect();
        assert_eq!(ids.len(), account.records.len(), "no id is used twice");
        for record in &account.records {
            for id in &record.associations {
                assert!(ids.contains(id), "{} is associated with {id}, which is missing", record.id);
            }
            if record.id.object_type() == ObjectType::Custom {
                assert!(account.custom_types.contains_key(&record.id.object_type_id), "{}", record.id);
            }
        }
        for task in &account.tasks {
            let record = account.record(&task.record).unwrap();
            assert!(record.numbers.iter().any(|n| n.property == task.property && n.number == task.number), "{task:?}");
        }
    }

    #[test]
    fn every_kind_of_record_is_there() {
        let account = account();
        let has = |test: &dyn Fn(&Record) -> bool| account.records.iter().any(test);
        for kind in ObjectType::ALL {
            assert!(has(&|record| record.id.object_type() == kind), "{kind:?}");
        }
        assert!(has(&|record| record.numbers.is_empty()));
        assert!(has(&|record| record.numbers.len() > 2));
        assert!(has(&|record| record.numbers.iter().any(|number| number.number.contains("ext"))));
        assert!(has(&|record| record.numbers.iter().any(|number| number.country != "US")));
        assert!(has(&|record| record.name().is_none() && !record.numbers.is_empty()));
        for number in ["+1 617 555 0101", "+1 617 555 0102", "+1 617 555 0103", "+1 617 555 0104"] {
            assert!(has(&|record| record.numbers.iter().any(|own| own.number == number)), "{number}");
        }
    }

    #[test]
    fn a_page_shows_the_numbers_of_associated_records_too() {
        let rows: &[(&str, &[&str])] = &[
            ("0-1/53", &[]),
            ("0-1/51", &["+1 617 555 0111", "+1 617 555 0161"]),
            ("0-5/301", &["(617) 555-0121", "+1 617-555-0122", "617.555.0123", "+1 617 555 0161"]),
            ("2-1234567/401", &["+1 617 555 0171", "+1 617 555 0111"]),
            ("0-1/999", &[]),
        ];
        for (id, numbers) in rows {
            let id = id.parse().unwrap();
            let found: Vec<_> = Account::get().numbers_on_page(&id).iter().map(|(_, n)| n.number.as_str()).collect();
            assert_eq!(found, *numbers, "{id}");
        }
    }

    #[test]
    fn records_are_found_by_words_and_digits() {
        use ObjectType::*;
        let rows: &[(&str, Option<ObjectType>, &[&str])] = &[
            ("tilda", None, &["0-1/52"]),
            ("SHARING sv", None, &["0-1/57", "0-1/58"]),
            ("pencil", Some(Company), &["0-2/201"]),
            ("pencil", Some(Custom), &["2-1234567/401"]),
            ("", Some(Ticket), &["0-5/301"]),
            ("555-0141", None, &["0-1/57", "0-1/58"]),
            ("(617) 555-0101", None, &["0-1/61"]),
            ("sven 0141", None, &["0-1/57"]),
            ("nobody at all", None, &[]),
            ("-", Some(Ticket), &[]),
        ];
        for (words, kind, ids) in rows {
            let found: Vec<_> = account().search(words, *kind).iter().map(|record| record.id.to_string()).collect();
            assert_eq!(found, *ids, "{words} {kind:?}");
        }
        assert_eq!(account().search(" ", None).len(), account().records.len());
    }

    #[test]
    fn a_record_has_a_name_or_none() {
        let rows = [
            ("0-1/52", Some("Tilda Threephones")),
            ("0-1/59", None),
            ("0-1/60", Some("Mononym")),
            ("0-2/201", Some("Imaginary Pencils Inc.")),
            ("0-5/301", Some("The eraser erases too much")),
            ("2-1234567/401", Some("Pencil sharpener no. 7")),
        ];
        for (id, name) in rows {
            let record = Account::get().record(&id.parse().unwrap()).unwrap();
            assert_eq!(record.name().as_deref(), name, "{id}");
        }
    }
}
