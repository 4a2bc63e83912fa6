use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The id of a record: the id of its type (`0-1` contact, `0-2` company, `0-5` ticket, `2-…` custom object) and its own id within the
/// type. In files and addresses it is written `0-1/51`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct RecordId {
    /// The id of the type.
    pub object_type_id: String,
    /// The id within the type.
    pub object_id: u64,
}

impl RecordId {
    /// The type of the record.
    pub fn object_type(&self) -> ObjectType {
        ObjectType::ALL.into_iter().find(|kind| kind.id() == Some(&self.object_type_id)).unwrap_or(ObjectType::Custom)
    }
}

/// The standard types of records. All other types are custom objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ObjectType {
    /// A person.
    Contact,
    /// A company.
    Company,
    /// A support ticket.
    Ticket,
    /// An object of a type that the account has defined.
    Custom,
}

impl ObjectType {
    /// All types, in the order of the list.
    pub const ALL: [ObjectType; 4] = [ObjectType::Contact, ObjectType::Company, ObjectType::Ticket, ObjectType::Custom];

    /// The id of the type. `None` for custom objects, whose type ids depend on the account.
    pub fn id(self) -> Option<&'static str> {
        match self {
            ObjectType::Contact => Some("0-1"),
            ObjectType::Company => Some("0-2"),
            ObjectType::Ticket => Some("0-5"),
            ObjectType::Custom => None,
        }
    }

    /// The value of `objectType` in DIAL_NUMBER.
    pub fn wire_name(self) -> &'static str {
        match self {
            ObjectType::Contact => "CONTACT",
            ObjectType::Company => "COMPANY",
            ObjectType::Ticket => "TICKET",
            ObjectType::Custom => "CUSTOM_OBJECT",
        }
    }
}

/// The text is not the id of a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the id of a record: write it as type and id, for example 0-1/51")]
pub struct NotARecordId(String);

impl FromStr for RecordId {
    type Err = NotARecordId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once('/').filter(|(kind, _)| !kind.is_empty());
        let read = parts.and_then(|(kind, id)| Some((kind, id.parse().ok()?)));
        let (kind, object_id) = read.ok_or_else(|| NotARecordId(text.to_owned()))?;
        Ok(RecordId { object_type_id: kind.to_owned(), object_id })
    }
}

impl TryFrom<String> for RecordId {
    type Error = NotARecordId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<RecordId> for String {
    fn from(id: RecordId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.object_type_id, self.object_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_id_is_parsed_and_formatted() {
        let rows = [
            ("0-1/51", Some(ObjectType::Contact)),
            ("0-2/7", Some(ObjectType::Company)),
            ("0-5/3", Some(ObjectType::Ticket)),
            ("2-1234567/9", Some(ObjectType::Custom)),
            ("", None),
            ("0-1", None),
            ("0-1/", None),
            ("/51", None),
            ("0-1/x", None),
            ("0-1/-1", None),
            ("0-1/99999999999999999999", None),
        ];
        for (text, kind) in rows {
            let id: Result<RecordId, _> = text.parse();
            assert_eq!(id.as_ref().ok().map(RecordId::object_type), kind, "{text}");
            if let Ok(id) = id {
                assert_eq!(id.to_string(), text);
            }
        }
    }
}
