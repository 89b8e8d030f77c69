//! `field:value`: the value in the spelling of the index.

use crate::index::keyword::FieldName;
use crate::law::{Code, Confidence, Kind, Region, Status, Topic, UnknownWord};

/// The value of a field as the index has it, or why there is none such.
pub(super) fn canonical(field: FieldName, value: &str) -> Result<String, String> {
    fn listed<T: std::str::FromStr<Err = UnknownWord> + ToString>(value: &str) -> Result<String, String> {
        let spaced = value.replace(['-', '_'], " ");
        let hyphened = value.trim().replace([' ', '_'], "-");
        let read = value.parse::<T>().or_else(|error| {
            spaced
                .parse::<T>()
                .or_else(|_| hyphened.parse::<T>())
                .map_err(|_| error)
        });
        read.map(|value| value.to_string()).map_err(|error| error.to_string())
    }
    match field {
        FieldName::Kind => listed::<Kind>(value),
        FieldName::Region => listed::<Region>(value),
        FieldName::Topic => listed::<Topic>(value),
        FieldName::Status => listed::<Status>(value),
        FieldName::Confidence => listed::<Confidence>(value),
        FieldName::Jurisdiction => value
            .parse::<Code>()
            .map(|code| code.to_string())
            .map_err(|error| error.to_string()),
        FieldName::Language | FieldName::Title | FieldName::Id => Ok(value.to_owned()),
    }
}
