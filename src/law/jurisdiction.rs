//! Countries, their parts, and bodies with law of their own.

use serde::{Deserialize, Serialize};

use super::closed_list::closed_list;

closed_list! {
    /// The regions by which coverage is counted.
    Region, "region" {
        /// Africa.
        Africa = "Africa",
        /// Asia.
        Asia = "Asia",
        /// Europe.
        Europe = "Europe",
        /// Latin America and the Caribbean.
        LatinAmericaAndCaribbean = "Latin America & Caribbean",
        /// The Middle East and North Africa.
        MiddleEastAndNorthAfrica = "Middle East & North Africa",
        /// Northern America.
        NorthernAmerica = "Northern America",
        /// Oceania.
        Oceania = "Oceania",
        /// Bodies that belong to no one region.
        International = "International",
    }
}

closed_list! {
    /// The tradition a jurisdiction's law stands in.
    LegalSystem, "legal system" {
        /// Civil law.
        Civil = "civil law",
        /// Common law.
        Common = "common law",
        /// More than one tradition.
        Mixed = "mixed",
        /// Religious law.
        Religious = "religious",
        /// Customary law.
        Customary = "customary",
        /// Law of an international or supranational body.
        Supranational = "supranational",
    }
}

/// Code of a jurisdiction: ISO 3166-1 (`KE`), ISO 3166-2 (`US-CA`) or a body (`COE`, `AFRICAN-UNION`); capitals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

/// A code that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a jurisdiction code; write an ISO 3166 code such as KE or US-CA, or a body such as COE")]
pub struct BadCode(pub String);

impl Code {
    /// The code in capitals.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code as it stands in folder names: lower case.
    pub fn folder(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl std::str::FromStr for Code {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        let code = text.trim().to_ascii_uppercase();
        let fits = (2..=30).contains(&code.len())
            && code
                .split('-')
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if fits {
            Ok(Self(code))
        } else {
            Err(BadCode(text.chars().take(40).collect()))
        }
    }
}

impl TryFrom<String> for Code {
    type Error = BadCode;

    fn try_from(text: String) -> Result<Self, BadCode> {
        text.parse()
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

/// What is known of a jurisdiction besides its law.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Jurisdiction {
    /// Its code.
    #[cfg_attr(feature = "serve", schema(value_type = String, example = "KE"))]
    pub code: Code,
    /// Its English name.
    pub name: String,
    /// Its region.
    pub region: Region,
    /// Its legal tradition; none where the notes do not say.
    pub legal_system: Option<LegalSystem>,
    /// BCP 47 codes of the official languages of its law.
    pub languages: Vec<String>,
}
