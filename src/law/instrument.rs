//! A law or standard as a whole, and whether it is in force.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::closed_list::closed_list;
use super::date::{PartialDate, day_number};

closed_list! {
    /// What sort of instrument it is.
    InstrumentType, "type of instrument" {
        /// A constitution.
        Constitution = "constitution",
        /// A code.
        Code = "code",
        /// An act or statute.
        Act = "act",
        /// A decree.
        Decree = "decree",
        /// A regulation.
        Regulation = "regulation",
        /// A directive.
        Directive = "directive",
        /// A treaty.
        Treaty = "treaty",
        /// A model law.
        ModelLaw = "model-law",
        /// A bill.
        Bill = "bill",
        /// A policy or other soft law.
        Policy = "policy",
        /// A strategy.
        Strategy = "strategy",
    }
}

closed_list! {
    /// The fate of a law or provision.
    Status, "status" {
        /// In force.
        InForce = "in force",
        /// Some of it is in force.
        PartlyInForce = "partly in force",
        /// Passed, commencement lies ahead.
        NotYetInForce = "not yet in force",
        /// Passed or adopted; commencement not known, or does not apply.
        Adopted = "adopted",
        /// Proposed and not passed.
        Bill = "bill",
        /// Announced or drafted, not passed.
        Draft = "draft",
        /// Repealed or replaced.
        Repealed = "repealed",
        /// Annulled or declared unconstitutional.
        StruckDown = "struck down",
        /// Enforcement stopped without a final decision; of a provision only.
        Suspended = "suspended",
    }
}

closed_list! {
    /// Whether something was in force on a given day, as far as the notes can tell.
    InForce, "in-force value" {
        /// It was.
        Yes = "yes",
        /// Some of it was.
        Partly = "partly",
        /// It was not.
        No = "no",
        /// The dates do not tell.
        Unknown = "unknown",
    }
}

/// A law or standard as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Instrument {
    /// What sort it is.
    #[serde(rename = "type")]
    pub instrument_type: InstrumentType,
    /// Official number, as written: `No. 5 of 2018`.
    pub number: Option<String>,
    /// Short names and abbreviations by which it is cited.
    pub abbreviations: Vec<String>,
    /// When it was passed.
    pub enacted: Option<PartialDate>,
    /// When it was proposed; bills and drafts only.
    pub introduced: Option<PartialDate>,
    /// When it came into force.
    pub in_force: Option<PartialDate>,
    /// Its fate.
    pub status: Status,
    /// Identifiers of the laws, or of single provisions, that it repeals.
    pub repeals: Vec<String>,
    /// Identifier of the law that repealed it.
    pub repealed_by: Option<String>,
    /// Version of a model law.
    pub version: Option<String>,
}

/// Status and dates of a provision: its own where it has them, else its law's.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Validity {
    /// Its fate.
    pub status: Status,
    /// First possible day of force where no commencement is known: the day of passing.
    pub enacted: Option<PartialDate>,
    /// When it came into force.
    pub in_force: Option<PartialDate>,
    /// When it ceased to apply.
    pub until: Option<PartialDate>,
}

/// Upper end of [`Validity::span`] for what has ended on a day that is not known.
pub const ENDED_UNDATED: i64 = i64::MAX - 1;

impl Validity {
    /// Whether it was in force on `day`. `today` decides for what ended on an unknown day.
    pub fn on(&self, day: Date, today: Date) -> InForce {
        use Status::{Adopted, Bill, Draft, NotYetInForce, PartlyInForce, Repealed, StruckDown, Suspended};
        if matches!(self.status, Bill | Draft) {
            return InForce::No;
        }
        let begins = self.in_force.or(self.enacted);
        if begins.is_some_and(|from| day < from.earliest()) || self.until.is_some_and(|until| day >= until.latest()) {
            return InForce::No;
        }
        let ended = matches!(self.status, Repealed | StruckDown | Suspended);
        let started = self.in_force.is_some_and(|from| day >= from.latest());
        match self.status {
            NotYetInForce if !started => InForce::No,
            _ if ended && self.until.is_none() => {
                if day >= today {
                    InForce::No
                } else {
                    InForce::Unknown
                }
            }
            _ if self.until.is_some_and(|until| day >= until.earliest()) => InForce::Unknown,
            PartlyInForce => InForce::Partly,
            Adopted | NotYetInForce => InForce::Unknown,
            _ if started || (day >= today && self.status == Status::InForce) => InForce::Yes,
            _ => InForce::Unknown,
        }
    }

    /// First and last day number on which [`Validity::on`] may say other than no; empty (`1..=0`) for bills.
    ///
    /// What has ended on an unknown day ends at [`ENDED_UNDATED`], so that a query for today can leave it out.
    pub fn span(&self) -> (i64, i64) {
        use Status::*;
        let first = match (self.status, self.in_force) {
            (Bill | Draft, _) | (NotYetInForce, None) => return (1, 0),
            (NotYetInForce, Some(from)) => day_number(from.latest()),
            (_, from) => from.or(self.enacted).map_or(0, |from| day_number(from.earliest())),
        };
        let last = match (self.until, self.status) {
            (Some(until), _) => day_number(until.latest()) - 1,
            (None, Repealed | StruckDown | Suspended) => ENDED_UNDATED,
            (None, _) => i64::MAX,
        };
        (first, last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date() -> impl Strategy<Value = Option<PartialDate>> {
        let day = (2015i16..2030, 1i8..=12, 1i8..=28, 0..3).prop_map(|(year, month, day, precision)| {
            let date = Date::constant(year, month, day);
            match precision {
                0 => PartialDate::Year(Date::constant(year, 1, 1)),
                1 => PartialDate::Month(Date::constant(year, month, 1)),
                _ => PartialDate::Day(date),
            }
        });
        proptest::option::of(day)
    }

    fn validity(status: Status, in_force: Option<&str>, until: Option<&str>) -> Validity {
        let date = |text: &str| text.parse().unwrap();
        Validity {
            status,
            enacted: None,
            in_force: in_force.map(date),
            until: until.map(date),
        }
    }

    #[test]
    fn tells_what_the_dates_tell() {
        let (today, day) = (Date::constant(2026, 11, 25), |y, m, d| Date::constant(y, m, d));
        let struck = validity(Status::StruckDown, Some("2018-05-30"), Some("2026-03-06"));
        assert_eq!(struck.on(day(2026, 3, 5), today), InForce::Yes);
        assert_eq!(struck.on(day(2026, 3, 6), today), InForce::No);
        assert_eq!(struck.on(day(2018, 5, 29), today), InForce::No);
        let undated = validity(Status::Repealed, Some("2018"), None);
        assert_eq!(undated.on(today, today), InForce::No);
        assert_eq!(undated.on(day(2020, 1, 1), today), InForce::Unknown);
        assert_eq!(undated.span().1, ENDED_UNDATED);
        assert_eq!(validity(Status::InForce, None, None).on(today, today), InForce::Yes);
        assert_eq!(
            validity(Status::InForce, None, None).on(day(2000, 1, 1), today),
            InForce::Unknown
        );
        assert_eq!(validity(Status::Bill, None, None).on(today, today), InForce::No);
        assert_eq!(
            validity(Status::NotYetInForce, Some("2027-06"), None).on(day(2027, 6, 30), today),
            InForce::Unknown
        );
    }

    proptest! {
        /// The index filters by the span: it must keep exactly what the exact answer does not deny.
        #[test]
        fn the_span_agrees_with_the_exact_answer(
            status in proptest::sample::select(Status::ALL), enacted in date(), in_force in date(), until in date(),
            year in 2013i16..2032, month in 1i8..=12, dom in 1i8..=28,
        ) {
            let ended = matches!(status, Status::Repealed | Status::StruckDown | Status::Suspended);
            let validity = Validity { status, enacted, in_force, until: until.filter(|_| ended) };
            let (day, today) = (Date::constant(year, month, dom), Date::constant(2026, 11, 25));
            let (first, last) = validity.span();
            let ended_undated = last == ENDED_UNDATED && day >= today;
            let within = (first..=last).contains(&day_number(day)) && !ended_undated;
            prop_assert_eq!(within, validity.on(day, today) != InForce::No);
        }
    }
}
