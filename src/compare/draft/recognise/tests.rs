use super::*;
use crate::law::{Answer, Sanction};
use proptest::prelude::*;

fn stated(language: &str, text: &str) -> BTreeMap<Element, Option<ElementValue>> {
    recognise(text, language)
        .into_iter()
        .map(|one| (one.element, one.value))
        .collect()
}

fn yes() -> Option<ElementValue> {
    Some(ElementValue::Answer(Answer::Yes))
}

fn months(number: u32) -> Option<ElementValue> {
    Some(ElementValue::Whole(number))
}

#[test]
fn reads_an_offence_in_each_language() {
    let english = stated(
        "en",
        "(1) A person who intentionally shares an intimate image of another person without that person's consent, or threatens \
         to share it, commits an offence.\n\n(2) An intimate image includes one that is generated or altered by technology.\n\n\
         (3) A person guilty of an offence is liable to imprisonment for a term not exceeding three years, or to a fine not \
         exceeding KES 200,000. No complaint is required.",
    );
    assert_eq!(english[&Element::MaxImprisonmentMonths], months(36));
    assert_eq!(english[&Element::ThreatCovered], yes());
    assert_eq!(english[&Element::SyntheticCovered], yes());
    assert_eq!(
        english[&Element::ComplaintRequired],
        Some(ElementValue::Answer(Answer::No))
    );
    assert!(english.contains_key(&Element::ConsentStandard) && english.contains_key(&Element::MentalElement));
    let fine = Sanction::Amount {
        amount: 200_000.0,
        currency: "KES".to_owned(),
    };
    assert_eq!(english[&Element::MaxFine], Some(ElementValue::Sanction(fine)));

    let spanish = stated(
        "es",
        "Quien difunda imágenes íntimas de una persona sin su consentimiento, o amenace con difundirlas, será sancionado con \
         prisión de uno a tres años. El delito se persigue de oficio.",
    );
    assert_eq!(spanish[&Element::MaxImprisonmentMonths], months(36));
    assert_eq!(spanish[&Element::MinImprisonmentMonths], months(12));
    assert_eq!(spanish[&Element::ThreatCovered], yes());
    assert_eq!(
        spanish[&Element::ComplaintRequired],
        Some(ElementValue::Answer(Answer::No))
    );

    let french = stated(
        "fr",
        "Le fait de diffuser sans son consentement des images intimes d'une personne est puni de deux ans d'emprisonnement et de \
         60 000 euros d'amende.",
    );
    assert_eq!(french[&Element::MaxImprisonmentMonths], months(24));
    assert!(french.contains_key(&Element::ConsentStandard) && french.contains_key(&Element::MaxFine));

    let portuguese = stated(
        "pt",
        "Divulgar, sem o consentimento da vítima, cena de nudez ou vídeo íntimo: Pena – reclusão, de 1 (um) a 5 (cinco) anos.",
    );
    assert_eq!(portuguese[&Element::MaxImprisonmentMonths], months(60));
    assert!(portuguese.contains_key(&Element::ConsentStandard));

    let arabic = stated(
        "ar",
        "يعاقب بالحبس مدة لا تقل عن سنة ولا تجاوز ثلاث سنوات كل من نشر صورا خاصة لشخص دون رضاه أو هدد بنشرها.",
    );
    assert_eq!(arabic[&Element::MaxImprisonmentMonths], months(36));
    assert_eq!(arabic[&Element::MinImprisonmentMonths], months(12));
    assert_eq!(arabic[&Element::ThreatCovered], yes());
    assert!(arabic.contains_key(&Element::ConsentStandard));
}

#[test]
fn tells_graver_forms_from_the_basic_one() {
    let read = stated(
        "en",
        "A person who shares an intimate image without consent is liable to imprisonment not exceeding two years.\n\n(2) Where the \
         victim is a minor, the penalty is imprisonment not exceeding ten years.",
    );
    assert_eq!(read[&Element::MaxImprisonmentMonths], months(24));
    assert!(read.contains_key(&Element::AggravatingFactors));
}

#[test]
fn reads_duties_and_deadlines() {
    let read = stated(
        "en",
        "A service provider must remove the material within 24 hours of receiving a notice, and preserve a copy for 90 days. A \
         provider that fails is liable to a fine of up to 4% of its worldwide turnover.",
    );
    assert_eq!(read[&Element::RemovalDeadlineHours], months(24));
    assert!(read.contains_key(&Element::DutyHolder) && read.contains_key(&Element::Trigger));
    assert!(matches!(
        read[&Element::MaxSanction],
        Some(ElementValue::Sanction(Sanction::Percent { .. }))
    ));
    let french = stated(
        "fr",
        "L'hébergeur retire le contenu dans un délai de deux jours ouvrables.",
    );
    assert_eq!(
        french[&Element::RemovalDeadlineHours],
        None,
        "working days are not hours"
    );
}

#[test]
fn tells_yes_from_no_within_a_sentence() {
    let answer = |answer| Some(ElementValue::Answer(answer));
    let motive = stated(
        "en",
        "No motive, such as an intention to distress the person, need be proved.",
    );
    assert_eq!(motive[&Element::MotiveRequired], answer(Answer::No));
    let complaint = stated("en", "There is no prosecution without a complaint of the victim.");
    assert_eq!(complaint[&Element::ComplaintRequired], answer(Answer::Yes));
    let both = stated(
        "en",
        "No complaint is required. He is prosecuted only on the complaint of the victim.",
    );
    assert_eq!(both[&Element::ComplaintRequired], answer(Answer::Unclear));
}

#[test]
fn guesses_nothing() {
    assert!(recognise("Short title.", "en").is_empty());
    assert!(recognise("يعاقب بالحبس", "tr").is_empty());
    let unread = stated(
        "en",
        "He is liable to imprisonment for life and to a fine of 5,000 dollars.",
    );
    assert_eq!(unread[&Element::MaxImprisonmentMonths], None);
    assert_eq!(unread[&Element::MaxFine], None);
    let threat = stated("en", "A person who threatens to kill another commits an offence.");
    assert!(
        !threat.contains_key(&Element::ThreatCovered),
        "a general threat is not about images"
    );
}

proptest! {
    #[test]
    fn never_panics_and_its_places_lie_in_the_text(
        text in "(imprisonment |not exceeding |three |years|fine of |EUR |1,000|\\.|; |\n\n|remove |24 hours|سنة |حبس |\\PC){0,40}",
        at in 0..LANGUAGES.len(),
    ) {
        let letters: Vec<char> = text.chars().collect();
        for one in recognise(&text, LANGUAGES[at]).iter().flat_map(|one| &one.by) {
            let words: String = letters[one.start..one.end].iter().collect();
            prop_assert_eq!(&words, &one.words);
        }
    }
}
