//! The elements: single facts by which provisions of different countries are compared, and their typed values.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::closed_list::closed_list;

closed_list! {
    /// One fact by which provisions are compared.
    Element, "element" {
        /// What the offender does.
        Conduct = "conduct",
        /// What the conduct concerns, e.g. which image.
        Object = "object",
        /// What the law asks of consent.
        ConsentStandard = "consent_standard",
        /// Intent, recklessness, knowledge.
        MentalElement = "mental_element",
        /// Whether a motive (to distress, for gain) must be shown.
        MotiveRequired = "motive_required",
        /// Whether a threat to share intimate images is covered.
        ThreatCovered = "threat_covered",
        /// Whether altered or generated intimate images are covered.
        SyntheticCovered = "synthetic_covered",
        /// Whether sharing with a single person is covered.
        PrivateSharingCovered = "private_sharing_covered",
        /// Who can be a victim.
        VictimScope = "victim_scope",
        /// Whether a relationship between the parties is required.
        RelationshipRequired = "relationship_required",
        /// Gender as an aggravating ground.
        GenderAggravation = "gender_aggravation",
        /// What makes the offence graver.
        AggravatingFactors = "aggravating_factors",
        /// What excuses or justifies.
        Defences = "defences",
        /// Whether prosecution needs a complaint by the victim.
        ComplaintRequired = "complaint_required",
        /// Highest imprisonment of the basic form, in months.
        MaxImprisonmentMonths = "max_imprisonment_months",
        /// Lowest imprisonment, in months.
        MinImprisonmentMonths = "min_imprisonment_months",
        /// Highest fine.
        MaxFine = "max_fine",
        /// Which provider owes the duty.
        DutyHolder = "duty_holder",
        /// What sets the duty off: notice, order, own knowledge.
        Trigger = "trigger",
        /// Deadline for removal, in hours.
        RemovalDeadlineHours = "removal_deadline_hours",
        /// Whether the provider must look for content itself.
        ProactiveDuty = "proactive_duty",
        /// Whether risk must be assessed.
        RiskAssessment = "risk_assessment",
        /// Whether transparency reports are owed.
        TransparencyReport = "transparency_report",
        /// Whether there are duties on recommender systems.
        RecommenderDuty = "recommender_duty",
        /// Whether there are duties on advertising.
        AdvertisingDuty = "advertising_duty",
        /// Whether generated content must be labelled.
        LabellingDuty = "labelling_duty",
        /// Who supervises.
        Regulator = "regulator",
        /// Highest sanction in money.
        MaxSanction = "max_sanction",
        /// What a user can do against a decision.
        UserRedress = "user_redress",
        /// Who may bring the claim.
        Claimant = "claimant",
        /// What may be ordered.
        OrdersAvailable = "orders_available",
        /// What damages may be had.
        Damages = "damages",
        /// Whether the claimant may stay anonymous.
        Anonymity = "anonymity",
        /// Within what time the claim must be brought.
        LimitationPeriod = "limitation_period",
        /// Whether acts in the territory are reached.
        TerritorialBasis = "territorial_basis",
        /// Whether nationals are reached abroad.
        NationalityBasis = "nationality_basis",
        /// Whether services that target the territory are reached.
        TargetingBasis = "targeting_basis",
        /// Whether providers or states must cooperate.
        CooperationDuty = "cooperation_duty",
        /// How long data must be preserved, in days.
        PreservationPeriodDays = "preservation_period_days",
        /// What years a policy covers.
        Period = "period",
        /// What a policy promises on gender.
        GenderCommitment = "gender_commitment",
        /// What a policy promises on technology.
        TechnologyCommitment = "technology_commitment",
        /// How a policy is monitored.
        Monitoring = "monitoring",
    }
}

/// What values an element takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// `yes`, `no` or `unclear`.
    Answer,
    /// A whole number of months, hours or days, as the key's ending says.
    Whole,
    /// Money, a share of turnover, or `unlimited`.
    Sanction,
    /// A short phrase of ours.
    Phrase,
}

impl Element {
    /// What values this element takes.
    pub fn value_type(self) -> ValueType {
        let key = self.as_str();
        match self {
            Self::RiskAssessment | Self::TransparencyReport | Self::Anonymity => ValueType::Answer,
            Self::MaxFine | Self::MaxSanction => ValueType::Sanction,
            _ if ["_covered", "_required", "_duty", "_basis"]
                .iter()
                .any(|end| key.ends_with(end)) =>
            {
                ValueType::Answer
            }
            _ if ["_months", "_hours", "_days"].iter().any(|end| key.ends_with(end)) => ValueType::Whole,
            _ => ValueType::Phrase,
        }
    }
}

closed_list! {
    /// A yes-or-no element's value.
    Answer, "yes-no value" {
        /// The provision says so.
        Yes = "yes",
        /// The provision says it is not so.
        No = "no",
        /// The provision leaves it open.
        Unclear = "unclear",
    }
}

/// A fine or sanction: an amount in its own currency, a share of turnover, or no upper limit.
#[derive(Debug, Clone, PartialEq)]
pub enum Sanction {
    /// A number of units of an ISO 4217 currency.
    Amount {
        /// How many units.
        amount: f64,
        /// ISO 4217 code.
        currency: String,
    },
    /// A percentage of something, usually turnover.
    Percent {
        /// What the share is taken of.
        percent_of: String,
        /// The percentage.
        percent: f64,
    },
    /// No upper limit.
    Unlimited,
}

/// The value of one element of one provision.
#[derive(Debug, Clone, PartialEq)]
pub enum ElementValue {
    /// `yes`, `no` or `unclear`.
    Answer(Answer),
    /// A number of months, hours or days.
    Whole(u32),
    /// Money, share or no limit.
    Sanction(Sanction),
    /// A phrase of ours.
    Phrase(String),
}

/// A sanction as it stands in the files: two spellings of a mapping, or the word `unlimited`.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum RawSanction {
    Amount(RawAmount),
    Percent(RawPercent),
    Word(String),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAmount {
    amount: f64,
    currency: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPercent {
    percent_of: String,
    percent: f64,
}

const SANCTION_FORMS: &str =
    "write {amount: 200000, currency: KES}, {percent_of: worldwide turnover, percent: 6} or unlimited";

impl<'de> Deserialize<'de> for Sanction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        match RawSanction::deserialize(deserializer).map_err(|_| D::Error::custom(SANCTION_FORMS))? {
            RawSanction::Amount(RawAmount { currency, .. })
                if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) =>
            {
                Err(D::Error::custom(format!(
                    "`{currency}` is not an ISO 4217 currency code of three capital letters"
                )))
            }
            RawSanction::Amount(RawAmount { amount, .. }) if !(amount.is_finite() && amount >= 0.0) => {
                Err(D::Error::custom("the amount is not a number of currency units"))
            }
            RawSanction::Amount(RawAmount { amount, currency }) => Ok(Self::Amount { amount, currency }),
            RawSanction::Percent(RawPercent { percent, .. }) if !(0.0..=100.0).contains(&percent) => {
                Err(D::Error::custom("the percentage is not between 0 and 100"))
            }
            RawSanction::Percent(RawPercent { percent_of, percent }) => Ok(Self::Percent { percent_of, percent }),
            RawSanction::Word(word) if word == "unlimited" => Ok(Self::Unlimited),
            RawSanction::Word(_) => Err(D::Error::custom(SANCTION_FORMS)),
        }
    }
}

impl Serialize for Sanction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.clone() {
            Self::Amount { amount, currency } => RawSanction::Amount(RawAmount { amount, currency }),
            Self::Percent { percent_of, percent } => RawSanction::Percent(RawPercent { percent_of, percent }),
            Self::Unlimited => RawSanction::Word("unlimited".to_owned()),
        }
        .serialize(serializer)
    }
}

impl Serialize for ElementValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Answer(answer) => answer.serialize(serializer),
            Self::Whole(number) => number.serialize(serializer),
            Self::Sanction(sanction) => sanction.serialize(serializer),
            Self::Phrase(phrase) => phrase.serialize(serializer),
        }
    }
}

impl fmt::Display for Sanction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount { amount, currency } => write!(f, "{currency} {amount}"),
            Self::Percent { percent_of, percent } => write!(f, "{percent} % of {percent_of}"),
            Self::Unlimited => f.write_str("unlimited"),
        }
    }
}

impl fmt::Display for ElementValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer(answer) => answer.fmt(f),
            Self::Whole(number) => number.fmt(f),
            Self::Sanction(sanction) => sanction.fmt(f),
            Self::Phrase(phrase) => phrase.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_the_type() {
        assert_eq!(Element::ThreatCovered.value_type(), ValueType::Answer);
        assert_eq!(Element::RemovalDeadlineHours.value_type(), ValueType::Whole);
        assert_eq!(Element::MaxSanction.value_type(), ValueType::Sanction);
        assert_eq!(Element::Conduct.value_type(), ValueType::Phrase);
        assert_eq!(Element::ALL.len(), 43);
    }

    #[test]
    fn sanctions_survive_json() {
        for text in [
            r#"{"amount":200000.0,"currency":"KES"}"#,
            r#"{"percent_of":"worldwide turnover","percent":6.0}"#,
            r#""unlimited""#,
        ] {
            let sanction: Sanction = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&sanction).unwrap(), text);
        }
        assert!(serde_json::from_str::<Sanction>(r#"{"amount":1,"currency":"kes"}"#).is_err());
        assert!(serde_json::from_str::<Sanction>(r#""a lot""#).is_err());
    }
}
