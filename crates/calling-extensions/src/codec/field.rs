use super::{Map, Value};

/// A type that a payload's field can have. Reading is lenient; writing uses the type's own form.
pub trait Field: Sized {
    /// Reads the field. `None` when the value cannot be read as this type; the payload then keeps it in `other`.
    fn from_value(value: &Value) -> Option<Self>;

    /// As [`Field::from_value`], for a caller that no longer needs the value: nothing is copied where that can be avoided.
    fn from_owned(value: Value) -> Option<Self> {
        Self::from_value(&value)
    }

    /// Writes the field. `None` when it is left out of the message.
    fn to_value(&self) -> Option<Value>;
}

/// A known field of a payload, for programs that compare payloads with other descriptions of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldInfo {
    /// The names under which it is read. It is written under the first. The empty name means the whole object.
    pub names: &'static [&'static str],
    /// Its type in Rust, as in the source: `Option<Id>`.
    pub rust_type: &'static str,
}

/// A payload: an object with known fields. Unknown ones are kept.
pub trait Payload: Sized {
    /// The known fields in the order of their declaration.
    const FIELDS: &'static [FieldInfo];

    /// Reads an object. It cannot fail: a field that is absent or unreadable has its default value.
    fn from_map(map: &Map) -> Self;

    /// Writes an object: the known fields in the order of their declaration, then the unknown ones.
    fn to_map(&self) -> Map;
}

impl<T: Payload> Field for T {
    /// A list is read as its first object: parts of HubSpot's documentation put the object into a list.
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Map(map) => Some(T::from_map(map)),
            Value::List(list) => match list.first() {
                Some(Value::Map(map)) => Some(T::from_map(map)),
                _ => None,
            },
            _ => None,
        }
    }

    fn to_value(&self) -> Option<Value> {
        Some(Value::Map(self.to_map()))
    }
}

impl<T: Field> Field for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        T::from_value(value).map(Some)
    }

    fn from_owned(value: Value) -> Option<Self> {
        T::from_owned(value).map(Some)
    }

    fn to_value(&self) -> Option<Value> {
        self.as_ref()?.to_value()
    }
}

/// Entries that cannot be read, such as null, are left out.
impl<T: Field> Field for Vec<T> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::List(list) => Some(list.iter().filter_map(T::from_value).collect()),
            _ => None,
        }
    }

    fn to_value(&self) -> Option<Value> {
        Some(Value::List(self.iter().filter_map(T::to_value).collect()))
    }
}

/// Reads the fields of an object one by one. What is left at the end are the payload's unknown fields: only those are copied.
pub(crate) struct FieldReader<'a> {
    map: &'a Map,
    rest: Vec<(&'a str, &'a Value)>,
}

impl<'a> FieldReader<'a> {
    pub fn new(map: &'a Map) -> Self {
        FieldReader { map, rest: map.iter().collect() }
    }

    /// Reads a field under the first of its names that has a readable value. `a.b` means the field `b` of the object `a`, which
    /// stays among the unknown fields. The empty name means the whole object, whose fields can be read separately as well.
    pub fn take<T: Field + Default>(&mut self, names: &[&str]) -> T {
        if names == [""] {
            return T::from_owned(Value::Map(self.map.clone())).unwrap_or_default();
        }
        for name in names {
            let nested = split_at_dot(name);
            let found = match nested {
                Some((outer, inner)) => self.map.get(outer).and_then(|value| value.get(inner)),
                None => self.map.get(name),
            };
            if let Some(field) = found.and_then(T::from_value) {
                if nested.is_none() {
                    self.remove(name);
                }
                self.remove_first(names);
                return field;
            }
        }
        T::default()
    }

    /// The fields that were not read.
    pub fn rest(self) -> Map {
        Map::from_pairs(self.rest.into_iter().map(|(name, value)| (name.to_owned(), value.clone())).collect())
    }

    /// A field that was read under another name is written under its first one, and replaces an unreadable value of that name. Such a
    /// value is not kept, so that a payload that was written and read again is equal to the original.
    fn remove_first(&mut self, names: &[&str]) {
        if let Some(name) = names.first() {
            self.remove(name);
        }
    }

    fn remove(&mut self, name: &str) {
        self.rest.retain(|(known, _)| *known != name);
    }
}

/// By bytes: in a flood of messages the search of `str` takes a visible part of the time.
fn split_at_dot(name: &str) -> Option<(&str, &str)> {
    let dot = name.bytes().position(|byte| byte == b'.')?;
    Some((name.get(..dot)?, name.get(dot + 1..)?))
}

/// Writes a field into an object, unless it is absent or stands for the whole object. Where the field could not be read, it has its
/// default, and what came is among the unknown fields: as long as the field has not been changed, that is written.
pub(crate) fn put<T: Field>(map: &mut Map, name: &str, field: &T, other: &Map) {
    if !name.is_empty() {
        put_value(map, name, field.to_value(), other);
    }
}

/// Apart from [`put`], which is compiled for each type of field.
fn put_value(map: &mut Map, name: &str, value: Option<Value>, other: &Map) {
    let Some(value) = value else { return };
    let is_default = match &value {
        Value::Text(text) => text.is_empty(),
        Value::Number(number) => *number == 0.0,
        Value::List(list) => list.is_empty(),
        Value::Map(map) => map.is_empty(),
        Value::Null | Value::Bool(_) => false,
    };
    if !is_default || other.get(name).is_none() {
        map.set(name, value);
    }
}

/// Declares a payload as a table with a line for each field: `name: Type = "nameInTheProtocol"`. Other names that hosts use for
/// the field follow after `|`; they are read and never written.
macro_rules! payload {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$field_meta:meta])* $field:ident : $type:ty = $key:literal $(| $alias:literal)*,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            /// Fields that this crate does not know or cannot read, as they were received. They are sent with the known ones.
            pub other: $crate::codec::Map,
        }

        impl $crate::codec::Payload for $name {
            const FIELDS: &'static [$crate::codec::FieldInfo] = &[
                $($crate::codec::FieldInfo { names: &[$key $(, $alias)*], rust_type: stringify!($type) },)*
            ];

            fn from_map(map: &$crate::codec::Map) -> Self {
                let mut fields = $crate::codec::FieldReader::new(map);
                $(let $field = fields.take(&[$key $(, $alias)*]);)*
                Self { $($field,)* other: fields.rest() }
            }

            fn to_map(&self) -> $crate::codec::Map {
                let mut map = $crate::codec::Map::new();
                $($crate::codec::put(&mut map, $key, &self.$field, &self.other);)*
                map.add_missing(&self.other);
                map
            }
        }

        #[cfg(feature = "serde")]
        impl $crate::codec::Stored for $name {
            fn to_stored(&self) -> $crate::codec::Value {
                let mut map = $crate::codec::Payload::to_map(self);
                $($crate::codec::put_whole(&mut map, $key, &self.$field);)*
                map.into()
            }

            fn from_stored(mut value: $crate::codec::Value) -> Option<Self> {
                $(let $field = $crate::codec::take_whole(&mut value, $key);)*
                let mut payload: Self = value.read()?;
                $(if let Some(whole) = $field {
                    payload.$field = whole;
                })*
                Some(payload)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::codec::Stored::to_stored(self).serialize(serializer)
            }
        }

        /// Reading is as lenient as for a message. Only a value that is not an object is an error.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <$crate::codec::Value as serde::Deserialize>::deserialize(deserializer)?;
                $crate::codec::Stored::from_stored(value).ok_or_else(|| serde::de::Error::custom("expected an object"))
            }
        }
    };
}
pub(crate) use payload;

/// Declares an enum of the strings that a field can have. Other strings are not readable.
macro_rules! text_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $key:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_meta])* $variant,)* }

        impl $name {
            /// All values, in the order of their declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The string in the protocol.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }
        }

        impl $crate::codec::Field for $name {
            fn from_value(value: &$crate::codec::Value) -> Option<Self> {
                let text = value.as_text()?;
                Self::ALL.iter().copied().find(|known| known.text() == text)
            }

            fn to_value(&self) -> Option<$crate::codec::Value> {
                Some(self.text().into())
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.text())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::ALL.iter().copied().find(|known| known.text() == text).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|known| known.text()).collect();
                    serde::de::Error::custom(format!("{text} is none of {}", known.join(", ")))
                })
            }
        }
    };
}
pub(crate) use text_enum;
