//! What guest and host say: one enum for each direction, one struct for each payload, as tables.
//!
//! [`GuestMessage`] goes from the widget to HubSpot, [`HostMessage`] from HubSpot to the widget, [`Sync`] opens the
//! conversation. The names are those of the npm package, in Rust's spelling.

mod guest;
mod handshake;
mod host;
#[cfg(test)]
#[cfg(all(feature = "serde", not(target_arch = "wasm32")))]
mod serde_tests;
mod shared;
#[cfg(test)]
mod tests;

pub use guest::*;
pub use handshake::*;
pub use host::*;
pub use shared::*;

/// The messages of one direction.
pub trait Message: Sized {
    /// Every type of this direction, as it is spelled on the wire.
    const KINDS: &[&str];

    /// The type of this message, as it is spelled on the wire.
    fn kind(&self) -> &'static str;

    /// Its payload. `None` for the few messages that have none.
    fn data(&self) -> Option<crate::codec::Value>;

    /// Reads a message. `None` when this direction has no such type; a payload that is missing or odd never is a failure.
    fn decode(kind: &str, data: Option<&crate::codec::Value>) -> Option<Self>;
}

/// Declares one direction as a table: `Variant(Payload) = "TYPE"`, further spellings of the type after `|`.
macro_rules! messages {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$variant_meta:meta])* $variant:ident $(($payload:ty))? = $kind:literal $(| $alias:literal)*,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $($(#[$variant_meta])* $variant $(($payload))?,)*
        }

        impl $crate::message::Message for $name {
            const KINDS: &[&str] = &[$($kind),*];

            fn kind(&self) -> &'static str {
                match self {
                    $(messages!(@pattern $name $variant $($payload)?) => $kind,)*
                }
            }

            fn data(&self) -> Option<$crate::codec::Value> {
                match self {
                    $(messages!(@bind data $name $variant $($payload)?) => messages!(@data data $($payload)?),)*
                }
            }

            fn decode(kind: &str, data: Option<&$crate::codec::Value>) -> Option<Self> {
                Some(match kind {
                    $($kind $(| $alias)* => messages!(@decode data $name $variant $($payload)?),)*
                    _ => return None,
                })
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let data = match self {
                    $(messages!(@bind data $name $variant $($payload)?) => messages!(@stored data $($payload)?),)*
                };
                $crate::codec::serialize_message(serializer, $crate::message::Message::kind(self), data)
            }
        }

        /// An unknown type is an error. A payload that is missing or not an object is read as an empty one.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let (kind, data) = $crate::codec::deserialize_message(deserializer)?;
                Ok(match kind.as_str() {
                    $($kind $(| $alias)* => messages!(@restore data $name $variant $($payload)?),)*
                    _ => {
                        let kinds = <Self as $crate::message::Message>::KINDS;
                        return Err(serde::de::Error::unknown_variant(&kind, kinds));
                    }
                })
            }
        }
    };
    (@pattern $name:ident $variant:ident) => { $name::$variant };
    (@pattern $name:ident $variant:ident $payload:ty) => { $name::$variant(_) };
    (@bind $data:ident $name:ident $variant:ident) => { $name::$variant };
    (@bind $data:ident $name:ident $variant:ident $payload:ty) => { $name::$variant($data) };
    (@data $data:ident) => { None };
    (@data $data:ident $payload:ty) => { $crate::codec::Field::to_value($data) };
    (@stored $data:ident) => { None };
    (@stored $data:ident $payload:ty) => { Some($crate::codec::Stored::to_stored($data)) };
    (@restore $data:ident $name:ident $variant:ident) => { $name::$variant };
    (@restore $data:ident $name:ident $variant:ident $payload:ty) => {
        $name::$variant($data.and_then(<$payload as $crate::codec::Stored>::from_stored).unwrap_or_default())
    };
    (@decode $data:ident $name:ident $variant:ident) => { $name::$variant };
    (@decode $data:ident $name:ident $variant:ident $payload:ty) => {
        $name::$variant(match $data.and_then(<$payload as $crate::codec::Field>::from_value) {
            Some(payload) => payload,
            None => Default::default(),
        })
    };
}
pub(crate) use messages;
