//! Schemas of types with hand-written (de)serialisation.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{
    calendar::{Day, Granularity},
    instant::Instant,
    lenient::{Number, NumberOrText},
    money::Amount,
    time::UnixTime,
};

/// Implements `JsonSchema` for a scalar type. The schema is repeated where the type is used, because it is short.
macro_rules! shape {
    ($type:ty, $name:literal, $schema:tt) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }
            fn inline_schema() -> bool {
                true
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

shape!(NumberOrText, "NumberOrText", { "type": ["number", "string"] });
shape!(Number, "Number", { "type": "number" });
shape!(UnixTime, "UnixTime", { "type": ["number", "string"] });
shape!(Amount, "Amount", { "type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$" });
shape!(Instant, "Instant", { "type": "string", "format": "date-time" });
shape!(Day, "Day", { "type": "string", "format": "date" });
shape!(Granularity, "Granularity", { "type": "string", "enum": ["day", "week", "month", "year"] });
