//! The messages of the protocol: an enum for each direction and a struct for each payload, declared as tables.
//!
//! [`GuestMessage`] is sent by the widget, [`HostMessage`] by HubSpot, and [`Sync`] is the first message of the handshake. The
//! names are those of the npm package in Rust's spelling.

mod guest;
mod handshake;
mod host;
#[cfg(test)]
mod later_tests;
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
    /// Every message type of this direction, such as `DIAL_NUMBER`.
    const KINDS: &[&str];

    /// The type of this message.
    fn kind(&self) -> &'static str;

    /// The payload to send. `None` for a message without one.
    fn data(&self) -> Option<crate::codec::Value>;

    /// Reads a message. `None` when this direction has no such type. A payload that is absent or unreadable is read as an empty
    /// one.
    fn decode(kind: &str, data: Option<&crate::codec::Value>) -> Option<Self>;
}

/// Declares a direction as a table: `Variant(Payload) = "TYPE"`. Other names of the type, which are only read, follow after `|`.
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
