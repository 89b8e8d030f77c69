//! The keyword index as a whole, on a few invented laws.

use std::collections::BTreeMap;

use tempfile::TempDir;

use super::*;
use crate::corpus::{Details, Document};
use crate::index::Filters;
use crate::law::*;

/// A document with the law of a country.
fn law(id: &str, title: &str, country: &str, number: Option<&str>, language: &str) -> Document {
    Document {
        id: id.to_owned(),
        kind: Kind::Legislation,
        title: title.to_owned(),
        title_original: None,
        jurisdiction: country.parse().ok(),
        language: language.to_owned(),
        languages: Vec::new(),
        url: None,
        checked: None,
        licence: None,
        details: Details::Law(Instrument {
            instrument_type: InstrumentType::Act,
            number: number.map(str::to_owned),
            abbreviations: Vec::new(),
            enacted: None,
            introduced: None,
            in_force: None,
            status: Status::InForce,
            repeals: Vec::new(),
            repealed_by: None,
            version: None,
        }),
        contents: Vec::new(),
    }
}

fn provision(document: &Document, anchor: &str, pinpoint: Option<&str>, heading: &str, text: &str) -> Provision {
    Provision {
        id: format!("{}#{anchor}", document.id),
        document: document.id.clone(),
        kind: document.kind,
        pinpoint: pinpoint.map(str::to_owned),
        citable: true,
        heading: heading.to_owned(),
        path: Vec::new(),
        text: text.to_owned(),
        article: None,
        text_kind: TextKind::Summary,
        language: document.language.clone(),
        topics: vec![Topic::Voyeurism],
        elements: BTreeMap::from([(Element::ThreatCovered, ElementValue::Answer(Answer::No))]),
        validity: Some(Validity {
            status: Status::InForce,
            enacted: None,
            in_force: "2018-05-30".parse().ok(),
            until: None,
        }),
        confidence: Some(Confidence::Primary),
        sources: Vec::new(),
        line: 1,
    }
}

fn country(code: &str, name: &str, region: Region) -> Jurisdiction {
    let languages = Vec::new();
    Jurisdiction {
        code: code.parse().unwrap(),
        name: name.to_owned(),
        region,
        legal_system: Some(LegalSystem::Common),
        languages,
    }
}

struct Small {
    index: KeywordIndex,
    provisions: Vec<Provision>,
    _folder: TempDir,
}

/// An index of provisions, in their order.
fn index_of(entries: &[(Document, Provision)]) -> Small {
    let folder = tempfile::tempdir().unwrap();
    let countries = [
        country("AV", "Avaria", Region::Africa),
        country("BO", "Boralia", Region::Asia),
    ];
    let languages: Vec<String> = entries.iter().map(|(document, _)| document.language.clone()).collect();
    let mut writer = KeywordWriter::create(folder.path(), &languages).unwrap();
    for (ordinal, (document, provision)) in (0_u32..).zip(entries) {
        let jurisdiction = countries
            .iter()
            .find(|country| Some(&country.code) == document.jurisdiction.as_ref());
        writer
            .add(
                ordinal,
                &Record {
                    provision,
                    document,
                    jurisdiction,
                },
            )
            .unwrap();
    }
    writer.finish().unwrap();
    let index = KeywordIndex::open(folder.path()).unwrap();
    Small {
        index,
        provisions: entries.iter().map(|(_, provision)| provision.clone()).collect(),
        _folder: folder,
    }
}

fn small() -> Small {
    let cyber = law(
        "legislation/av/cyber",
        "Cybercrimes Act",
        "AV",
        Some("No. 5 of 2018"),
        "en",
    );
    let images = law(
        "legislation/bo/images",
        "Intimate Images Act",
        "BO",
        Some("No. 7 of 2020"),
        "en",
    );
    let spanish = law("legislation/bo/codigo", "Código Penal", "BO", None, "es");
    let arabic = law("legislation/av/qanun", "قانون الجرائم", "AV", None, "ar");
    let mut old = provision(
        &images,
        "s-9",
        Some("s 9"),
        "Old offence",
        "It was an offence to depict a person without consent.",
    );
    old.validity = Some(Validity {
        status: Status::Repealed,
        enacted: None,
        in_force: "2010-01-01".parse().ok(),
        until: "2020-06-01".parse().ok(),
    });
    index_of(&[
        (
            cyber.clone(),
            provision(
                &cyber,
                "s-37",
                Some("s 37"),
                "Wrongful distribution",
                "A person who distributes the intimate image of another person commits an offence.",
            ),
        ),
        (
            cyber.clone(),
            provision(
                &cyber,
                "s-38",
                Some("s 38"),
                "Threats",
                "Threatening to publish an image that depicts nudity, see section 37 of this law.",
            ),
        ),
        (
            images.clone(),
            provision(
                &images,
                "s-37",
                Some("s 37"),
                "Civil claim",
                "The depicted person may claim damages.",
            ),
        ),
        (images.clone(), old),
        (
            spanish.clone(),
            provision(
                &spanish,
                "art-197",
                Some("art 197.7"),
                "Difusión",
                "Quien difunda imágenes íntimas sin consentimiento comete violación.",
            ),
        ),
        (
            arabic.clone(),
            provision(
                &arabic,
                "m-1",
                None,
                "نشر الصور",
                "يعاقب كل من ينشر صورًا خاصّة دون رضا صاحبها.",
            ),
        ),
    ])
}

impl Small {
    fn ask(&self, query: &Query, filters: &Filters) -> Vec<u32> {
        let ranked = self.index.search(query, filters, 10).unwrap();
        assert_eq!(ranked.total, ranked.hits.len());
        ranked.hits.into_iter().map(|(ordinal, _)| ordinal).collect()
    }

    fn words(&self, text: &str) -> Vec<u32> {
        self.ask(&Query::of_words(text), &Filters::default())
    }

    fn clauses(&self, clauses: Vec<(Occur, Clause)>) -> Vec<u32> {
        let mut found = self.ask(
            &Query {
                root: Group { clauses },
            },
            &Filters::default(),
        );
        found.sort_unstable();
        found
    }
}

fn reference(text: &str) -> Clause {
    Clause::Reference {
        tokens: references(text).into_iter().flat_map(|found| found.tokens).collect(),
        text: text.to_owned(),
    }
}

#[test]
fn provisions_come_back_as_they_went_in() {
    let small = small();
    for (ordinal, provision) in (0_u32..).zip(&small.provisions) {
        assert_eq!(&small.index.record(ordinal).unwrap(), provision);
        assert_eq!(small.index.ordinal(&provision.id).unwrap(), Some(ordinal));
    }
    assert!(small.index.record(99).is_err());
    assert_eq!(small.index.ordinal("nothing").unwrap(), None);
}

#[test]
fn words_are_found_in_any_form_of_their_language() {
    let small = small();
    assert_eq!(small.words("distribution of intimate images")[0], 0);
    assert_eq!(small.words("difundir una imagen íntima"), [4]);
    assert_eq!(small.words("violacion"), [4]);
    assert_eq!(small.words("نَشْر صورة خاصة"), [5]);
    assert_eq!(small.words("الصـور"), [5]);
    assert!(small.words("zebra").is_empty());
}

#[test]
fn references_come_first_and_titles_decide() {
    let small = small();
    let asked = |reference: Clause, words: &[&str]| {
        let words = words
            .iter()
            .map(|word| (Occur::Should, Clause::Word((*word).to_owned())));
        let clauses = words.chain([(Occur::Should, reference)]).collect();
        small.ask(
            &Query {
                root: Group { clauses },
            },
            &Filters::default(),
        )[0]
    };
    assert_eq!(
        asked(
            reference("s 37"),
            &["intimate", "images", "act", "threatening", "nudity"]
        ),
        2
    );
    assert_eq!(asked(reference("section 37"), &["cybercrimes", "damages"]), 0);
    assert_eq!(asked(reference("art 197.7"), &["intimate", "image"]), 4);
    assert!([0, 1].contains(&asked(reference("No. 5 of 2018"), &["damages"])));
}

#[test]
fn phrases_prefixes_and_negation() {
    let small = small();
    let should = |clause| vec![(Occur::Should, clause)];
    assert_eq!(small.clauses(should(Clause::Phrase("intimate image".into()))), [0]);
    assert!(
        small
            .clauses(should(Clause::Phrase("image intimate".into())))
            .is_empty()
    );
    assert_eq!(small.clauses(should(Clause::Prefix("depict".into()))), [1, 2, 3]);
    assert_eq!(small.clauses(should(Clause::Prefix("the depict".into()))), [2]);
    let not = (Occur::MustNot, Clause::Word("consent".into()));
    assert_eq!(
        small.clauses(vec![(Occur::Should, Clause::Prefix("depict".into())), not.clone()]),
        [1, 2]
    );
    assert_eq!(small.clauses(vec![not]), [0, 1, 2, 5]);
    let must = |word: &str| (Occur::Must, Clause::Word(word.into()));
    assert_eq!(small.clauses(vec![must("person"), must("depicting")]), [2, 3]);
    assert_eq!(
        small.clauses(vec![(
            Occur::Must,
            Clause::Field(FieldName::Title, "intimate images".into())
        )]),
        [2, 3]
    );
    assert_eq!(
        small.clauses(vec![(Occur::Must, Clause::Field(FieldName::Jurisdiction, "av".into()))]),
        [0, 1, 5]
    );
    assert_eq!(small.clauses(Vec::new()), [0, 1, 2, 3, 4, 5]);
}

#[test]
fn answers_do_not_depend_on_chance_or_depth() {
    fn shared<T: Send + Sync>(_: &T) {}
    let (one, other) = (small(), small());
    shared(&one.index);
    let query = Query::of_words("a person who depicts an image commits an offence");
    let all = one.index.search(&query, &Filters::default(), 10).unwrap();
    assert_eq!(all, other.index.search(&query, &Filters::default(), 10).unwrap());
    for depth in 0..all.hits.len() {
        let cut = one.index.search(&query, &Filters::default(), depth).unwrap();
        assert_eq!((cut.hits.as_slice(), cut.total), (&all.hits[..depth], all.total));
    }
}

#[test]
fn small_words_of_a_foreign_question_do_not_rank() {
    let act = law("legislation/av/act", "Ley de la Nada", "AV", None, "en");
    let small = index_of(&[
        (act.clone(), provision(&act, "s-1", None, "De la", "De la de la.")),
        (
            act.clone(),
            provision(&act, "s-2", None, "Violencia", "Violencia digital."),
        ),
    ]);
    assert_eq!(small.words("la ley de violencia digital")[0], 1);
}

#[test]
fn filters_and_their_borders() {
    let small = small();
    let on = |day: &str| Filters {
        as_of: day.parse().ok(),
        ..Filters::default()
    };
    let all = Query::default();
    assert_eq!(small.ask(&all, &on("2009-12-31")), [0_u32; 0]);
    assert_eq!(small.ask(&all, &on("2010-01-01")), [3]);
    assert_eq!(small.ask(&all, &on("2018-05-29")), [3]);
    assert_eq!(small.ask(&all, &on("2018-05-30")), [0, 1, 2, 3, 4, 5]);
    assert_eq!(small.ask(&all, &on("2020-05-31")).len(), 6);
    assert_eq!(small.ask(&all, &on("2020-06-01")), [0, 1, 2, 4, 5]);
    let asia = Filters {
        regions: vec![Region::Asia],
        languages: vec!["EN".into()],
        ..Filters::default()
    };
    assert_eq!(small.ask(&all, &asia), [2, 3]);
    let allowed = small.index.allowed(&all, &asia).unwrap().unwrap();
    assert_eq!(allowed.iter().collect::<Vec<_>>(), [2, 3]);
    assert!(
        small
            .index
            .allowed(&Query::of_words("image"), &Filters::default())
            .unwrap()
            .is_none()
    );
}

#[test]
fn what_ended_on_an_unknown_day_is_out_from_today_on() {
    let act = law("legislation/av/act", "Act", "AV", None, "en");
    let mut gone = provision(&act, "s-1", None, "Gone", "Gone.");
    gone.validity = Some(Validity {
        status: Status::Repealed,
        enacted: None,
        in_force: None,
        until: None,
    });
    let small = index_of(&[(act, gone)]);
    let on = |as_of| {
        small.ask(
            &Query::default(),
            &Filters {
                as_of,
                ..Filters::default()
            },
        )
    };
    assert!(on(Some(today())).is_empty());
    assert_eq!(on(Some(today().yesterday().unwrap())), [0]);
}

#[test]
fn facets_count_what_is_given() {
    let facets = small().index.facets(&[0, 1, 2]).unwrap();
    assert_eq!(
        facets.jurisdiction,
        BTreeMap::from([("AV".to_owned(), 2), ("BO".to_owned(), 1)])
    );
    assert_eq!(facets.topic["voyeurism"], 3);
    assert_eq!(facets.region["Africa"], 2);
}

#[test]
fn spelling_knows_its_words() {
    let small = small();
    assert_eq!(small.index.suggest("distribtes", None).as_deref(), Some("distributes"));
    assert_eq!(small.index.suggest("imgae", None).as_deref(), Some("image"));
    for known_or_hopeless in ["images", "distributing", "2018", "66b", "zzzzzz", "the", "act"] {
        assert_eq!(
            small.index.suggest(known_or_hopeless, None),
            None,
            "{known_or_hopeless}"
        );
    }
    assert_eq!(small.index.known_share(&["images", "zebra"], None), 0.5);
}

#[test]
fn says_what_matched() {
    let small = small();
    let mut query = Query::of_words("distributing zebras");
    query
        .root
        .clauses
        .push((Occur::Should, Clause::Phrase("intimate image".into())));
    assert_eq!(
        small.index.matched(&query, 0).unwrap(),
        ["distributing", "intimate image"]
    );
}

#[test]
fn an_empty_index_opens_and_finds_nothing() {
    let small = index_of(&[]);
    assert!(small.index.is_empty());
    assert!(small.words("image").is_empty());
    assert!(KeywordIndex::open(std::path::Path::new("no/such/folder")).is_err());
}
