//! Whether a provision may fill a cell on a day: by status, dates, confidence and whom it protects.

use jiff::civil::Date;

use crate::compare::scope::is_on_children_alone;
use crate::law::{Confidence, InForce, Instrument, InstrumentType, Provision, Status, Validity};

/// What a provision may do for a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is in force and was read: it may fill the cell as provided.
    Fills,
    /// It may fill the cell as partly, for this reason.
    Partly(String),
    /// It is named beside the cell and never fills it, for this reason.
    Beside(String),
}

/// How a provision stands on a day. `law` is its instrument; `today` decides for what ended on an unknown day.
pub fn standing(provision: &Provision, law: Option<&Instrument>, day: Date, today: Date) -> Standing {
    if is_on_children_alone(provision) {
        return Standing::Beside("protects children alone, and does not answer for adults".to_owned());
    }
    let Some(validity) = provision.validity else {
        return Standing::Partly("the notes do not tell its status".to_owned());
    };
    let in_force = match by_status(validity, law.map(|law| law.status), day, today) {
        Standing::Fills if day < today && law.is_some_and(|law| is_older_than_the_subject(validity, law)) => {
            Standing::Partly(format!(
                "only its law is dated, and whether this stood in it on {day} is not noted"
            ))
        }
        other => other,
    };
    let doubt = match provision.confidence {
        Some(Confidence::Recalled) => "unverified: nobody has read it",
        Some(_) => return in_force,
        None => "the notes do not tell how it was read",
    };
    match in_force {
        Standing::Fills => Standing::Partly(doubt.to_owned()),
        Standing::Partly(why) => Standing::Partly(format!("{why}; {doubt}")),
        beside @ Standing::Beside(_) => beside,
    }
}

/// Laws from before this year can have said nothing about abuse online when they were passed.
const WEB_BEGINS: i16 = 1995;

/// Whether only the date of a law is known that is older than what stands in it: a code, a constitution, or an act from before
/// the web. What such a law says on the subject today came into it later, and when is not noted.
pub(super) fn is_older_than_the_subject(validity: Validity, law: &Instrument) -> bool {
    let is_code = matches!(law.instrument_type, InstrumentType::Code | InstrumentType::Constitution);
    let begins = law.enacted.or(law.in_force);
    let is_old = is_code || begins.is_some_and(|date| date.latest().year() < WEB_BEGINS);
    is_old && validity.in_force == law.in_force
}

/// By the status and dates of a provision, and by the status of its law, which a status of the provision's own may hide.
fn by_status(validity: Validity, law: Option<Status>, day: Date, today: Date) -> Standing {
    let beside = |why: String| Standing::Beside(why);
    let when = |date: Option<crate::law::PartialDate>, word: &str| {
        date.map_or(String::new(), |date| format!(" {word} {date}"))
    };
    match (validity.status, law) {
        (Status::Bill | Status::Draft, _) => return beside(format!("only a {}, not law", validity.status)),
        (Status::NotYetInForce, _) => {
            return beside(format!(
                "not yet in force{}",
                when(validity.in_force, "by its note; commencement is set for")
            ));
        }
        (_, Some(Status::Bill | Status::Draft | Status::NotYetInForce)) => {
            return beside("its law is not in force".to_owned());
        }
        _ => {}
    }
    let on = validity.on(day, today);
    let known_since = validity.in_force.is_some_and(|from| day >= from.latest()) || day >= today;
    let unknown = || Standing::Partly(format!("the notes do not tell whether it was in force on {day}"));
    match (validity.status, on) {
        (Status::Repealed | Status::StruckDown | Status::Suspended, InForce::Yes) if day < today => Standing::Fills,
        (Status::Repealed | Status::StruckDown | Status::Suspended, _) => {
            beside(format!("{}{}", validity.status, when(validity.until, "since")))
        }
        (_, InForce::No) => {
            let from = when(validity.in_force.or(validity.enacted), "(it dates from");
            beside(format!(
                "not in force on {day}{from}{}",
                if from.is_empty() { "" } else { ")" }
            ))
        }
        (Status::Adopted, _) => {
            Standing::Partly("only adopted: commencement is not known or does not apply".to_owned())
        }
        (_, _) if law == Some(Status::Adopted) => {
            Standing::Partly("its law is only adopted: commencement is not known".to_owned())
        }
        (_, InForce::Yes) => Standing::Fills,
        (_, InForce::Partly) if known_since => Standing::Fills,
        (_, _) => unknown(),
    }
}
