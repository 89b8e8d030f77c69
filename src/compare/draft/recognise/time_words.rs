//! Words of times in all languages, folded: units, bounds, and what shows that a time is somebody's age.

use super::duration::Unit;
use super::table::WordList;

/// Names of units in all languages, folded.
pub(super) const UNITS: &[(Unit, &[&str])] = &[
    (
        Unit::Hours,
        &[
            "hour",
            "hours",
            "heure",
            "heures",
            "hora",
            "horas",
            "ساعه",
            "ساعات",
            "ساعتين",
        ],
    ),
    (
        Unit::Days,
        &[
            "day",
            "days",
            "jour",
            "jours",
            "dia",
            "dias",
            "يوم",
            "يوما",
            "ايام",
            "يومين",
        ],
    ),
    (
        Unit::Weeks,
        &[
            "week",
            "weeks",
            "semaine",
            "semaines",
            "semana",
            "semanas",
            "اسبوع",
            "اسابيع",
            "اسبوعين",
        ],
    ),
    (
        Unit::Months,
        &[
            "month",
            "months",
            "mois",
            "mes",
            "meses",
            "شهر",
            "شهرا",
            "اشهر",
            "شهور",
            "شهرين",
        ],
    ),
    (
        Unit::Years,
        &[
            "year",
            "years",
            "an",
            "ans",
            "annee",
            "annees",
            "ano",
            "anos",
            "سنه",
            "سنوات",
            "سنين",
            "سنتين",
            "سنتان",
            "عام",
            "عاما",
            "اعوام",
            "عامين",
        ],
    ),
];
/// Arabic says two of a thing with one word.
pub(super) const TWO: &[&str] = &["ساعتين", "يومين", "اسبوعين", "شهرين", "سنتين", "سنتان", "عامين"];
/// And one without a number.
pub(super) const ONE: &[&str] = &["ساعه", "يوم", "اسبوع", "شهر", "سنه", "عام"];
/// Words for days on which offices are open.
pub(super) const WORKING: &[&str] = &["working", "business", "ouvrables", "ouvres", "habiles", "uteis", "عمل"];
/// Words between the two ends of a range.
pub(super) const TO: &[&str] = &[
    "to", "and", "or", "a", "à", "y", "ou", "o", "e", "ate", "hasta", "الي", "et",
];
/// Words that show that a number of years is somebody's age.
pub(super) const AGES: &[&str] = &[
    "age",
    "aged",
    "old",
    "edad",
    "idade",
    "nacimiento",
    "عمر",
    "عمره",
    "عمرها",
    "under",
    "menor",
    "menores",
    "moins",
    "mineur",
    "older",
    "younger",
    "over",
    "mayor",
    "maior",
    "plus",
];
/// Words that stand behind an age only.
pub(super) const AGES_BEHIND: &[&str] = &["age", "old", "edad", "idade", "عمر", "عمره", "عمرها"];

/// Words before the lower end of a range.
pub(super) const LOWEST: WordList = [
    &[
        "not less than",
        "no less than",
        "at least",
        "minimum of|term",
        "not be less than",
        "not under",
    ],
    &["au moins", "minimum de", "moins de", "ne peut etre inferieur*"],
    &["no menor de|a", "al menos", "minimo de", "no inferior a"],
    &["no minimo", "nao inferior a", "minima de"],
    &["لا تقل عن|علي", "لا يقل عن"],
];
/// Words before the upper end.
pub(super) const HIGHEST: WordList = [
    &[
        "not exceeding",
        "not more than",
        "no more than",
        "up to",
        "maximum of|term",
        "not exceed",
        "does not exceed",
        "at most",
        "of up to",
        "no later than",
        "within",
    ],
    &[
        "au plus",
        "maximum de",
        "jusqu a",
        "n excedant pas",
        "ne depassant pas",
        "ne peut exceder",
        "dans un delai de",
        "dans les",
    ],
    &[
        "no mayor de|a",
        "hasta",
        "maximo de",
        "no superior a",
        "no exceda de",
        "no excedera de",
        "en un plazo de",
        "dentro de",
    ],
    &[
        "ate",
        "no maximo",
        "nao superior a",
        "maxima de",
        "nao exceda",
        "em ate",
        "no prazo de",
    ],
    &[
        "لا تزيد علي|عن",
        "لا تجاوز|تتجاوز",
        "لا يتجاوز|يجاوز",
        "لا يزيد علي|عن",
        "خلال",
        "بحد اقصي",
        "حتي",
    ],
];
