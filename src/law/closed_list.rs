//! Closed lists: the words that a note may use for topics, statuses, regions and so on.
//!
//! One macro writes, for a list, the enum, the order of its values, parsing and printing, so that every list is
//! refused in the same sentence: what was written, what it may have meant, what is allowed.

/// A word that stands on none of the closed lists.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a {list}{}; allowed: {}", .nearest.map(|n| format!(" (did you mean `{n}`?)")).unwrap_or_default(), .allowed.join(", "))]
pub struct UnknownWord {
    /// Name of the list in words, e.g. `topic`.
    pub list: &'static str,
    /// What was written.
    pub given: String,
    /// The allowed word that is written most alike, if any is near.
    pub nearest: Option<&'static str>,
    /// Every word of the list, in its order.
    pub allowed: Vec<&'static str>,
}

impl UnknownWord {
    /// Makes the refusal of `given` by the list called `list`.
    pub fn of(list: &'static str, given: &str, allowed: Vec<&'static str>) -> Self {
        let nearest = nearest(given, &allowed);
        Self {
            list,
            given: given.chars().take(80).collect(),
            nearest,
            allowed,
        }
    }
}

/// The word of `allowed` most alike to `given`, if it is alike enough to be worth proposing.
///
/// Jaro-Winkler similarity of at least 0.8: a slip of the finger passes, another word does not.
pub fn nearest<'a>(given: &str, allowed: &[&'a str]) -> Option<&'a str> {
    let given = given.to_lowercase();
    allowed
        .iter()
        .map(|word| (strsim::jaro_winkler(&given, &word.to_lowercase()), *word))
        .filter(|(likeness, _)| *likeness >= 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

/// Writes a closed list: `Name "name in words" { Variant = "word", … }` with doc comments.
macro_rules! closed_list {
    ($(#[$meta:meta])* $name:ident, $list:literal { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it is written in the corpus and in addresses.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::law::UnknownWord;

            /// Case and surrounding space do not matter.
            fn from_str(given: &str) -> Result<Self, Self::Err> {
                let word = given.trim();
                Self::ALL
                    .iter()
                    .copied()
                    .find(|value| value.as_str().eq_ignore_ascii_case(word))
                    .ok_or_else(|| $crate::law::UnknownWord::of(
                        $list, word, Self::ALL.iter().map(|value| value.as_str()).collect()))
            }
        }
    };
}
pub(crate) use closed_list;
