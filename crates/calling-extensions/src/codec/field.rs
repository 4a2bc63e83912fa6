use super::{Map, Value};

/// What can be a field of a payload: it reads leniently and writes what it is.
pub trait Field: Sized {
    /// Reads it. `None` when the value says nothing of this type; the value then stays among the payload's other fields.
    fn from_value(value: &Value) -> Option<Self>;

    /// Writes it. `None` when the field is left out of the message.
    fn to_value(&self) -> Option<Value>;
}

/// A payload: an object with known fields, and room for the unknown ones.
pub trait Payload: Sized {
    /// Reads an object. Never fails: what is absent is empty.
    fn from_map(map: &Map) -> Self;

    /// Writes an object: the known fields in the order of the declaration, then the unknown ones.
    fn to_map(&self) -> Map;
}

impl<T: Payload> Field for T {
    /// A list of one object is read as the object: some pages of HubSpot's documentation wrap it so.
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

    fn to_value(&self) -> Option<Value> {
        self.as_ref()?.to_value()
    }
}

/// Entries that say nothing (null among matches, say) are passed over.
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

/// Takes a field out of an object under the first of its names that can be read. `a.b` is the field `b` of the object `a`;
/// the empty name is the object itself, which stays as it is and must be asked for first.
pub(crate) fn take<T: Field + Default>(map: &mut Map, names: &[&str]) -> T {
    if names == [""] {
        return T::from_value(&Value::Map(map.clone())).unwrap_or_default();
    }
    for name in names {
        let nested = name.split_once('.');
        let found = match nested {
            Some((outer, inner)) => map.get(outer).and_then(|value| value.get(inner)),
            None => map.get(name),
        };
        if let Some(field) = found.and_then(T::from_value) {
            if nested.is_none() {
                map.remove(name);
            }
            remove_first(map, names);
            return field;
        }
    }
    let field = T::default();
    if field.to_value().is_some() {
        remove_first(map, names);
    }
    field
}

/// A field is written under its first name. An unreadable value under that name would be lost then, so it is not kept
/// beside the field: what was read, written and read again stays equal.
fn remove_first(map: &mut Map, names: &[&str]) {
    if let Some(name) = names.first() {
        map.remove(name);
    }
}

/// Puts a field into an object, unless it is absent or the object itself.
pub(crate) fn put<T: Field>(map: &mut Map, name: &str, field: &T) {
    if name.is_empty() {
        return;
    }
    if let Some(value) = field.to_value() {
        map.set(name, value);
    }
}

/// Declares a payload as a table: a line for each field, `name: type = "name on the wire"`, further spellings after `|`.
macro_rules! payload {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$field_meta:meta])* $field:ident : $type:ty = $wire:literal $(| $alias:literal)*,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
            /// Fields that are not known here, or whose value cannot be read, as they came.
            pub other: $crate::codec::Map,
        }

        impl $crate::codec::Payload for $name {
            fn from_map(map: &$crate::codec::Map) -> Self {
                let mut other = map.clone();
                $(let $field = $crate::codec::take(&mut other, &[$wire $(, $alias)*]);)*
                Self { $($field,)* other }
            }

            fn to_map(&self) -> $crate::codec::Map {
                let mut map = $crate::codec::Map::new();
                $($crate::codec::put(&mut map, $wire, &self.$field);)*
                map.add_missing(&self.other);
                map
            }
        }

        #[cfg(feature = "serde")]
        impl $crate::codec::Stored for $name {
            fn to_stored(&self) -> $crate::codec::Value {
                let mut map = $crate::codec::Payload::to_map(self);
                $($crate::codec::put_whole(&mut map, $wire, &self.$field);)*
                map.into()
            }

            fn from_stored(mut value: $crate::codec::Value) -> Option<Self> {
                $(let $field = $crate::codec::take_whole(&mut value, $wire);)*
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

        /// As lenient as the wire: only a value that is not an object is an error.
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

/// Declares a closed list of words.
macro_rules! text_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $wire:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_meta])* $variant,)* }

        impl $name {
            /// Every one of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The word on the wire.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $wire,)* }
            }
        }

        impl $crate::codec::Field for $name {
            fn from_value(value: &$crate::codec::Value) -> Option<Self> {
                let text = value.as_text()?;
                Self::ALL.iter().copied().find(|word| word.text() == text)
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
                let word = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::ALL.iter().copied().find(|known| known.text() == word).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|known| known.text()).collect();
                    serde::de::Error::custom(format!("{word} is none of {}", known.join(", ")))
                })
            }
        }
    };
}
pub(crate) use text_enum;
