//! Labels of sections, articles and the like in many languages, and how numbers are written behind them.

/// How a label is spelled, its canonical form, and whether it announces several numbers.
pub(super) struct Label {
    pub spelling: &'static str,
    pub canon: &'static str,
    pub plural: bool,
}

const fn one(spelling: &'static str, canon: &'static str) -> Label {
    Label {
        spelling,
        canon,
        plural: false,
    }
}

const fn many(spelling: &'static str, canon: &'static str) -> Label {
    Label {
        spelling,
        canon,
        plural: true,
    }
}

/// Every spelling that is sure to mean a place in a law when a number follows.
pub(super) const LABELS: &[Label] = &[
    one("s", "s"),
    many("ss", "s"),
    one("sec", "s"),
    many("secs", "s"),
    one("sect", "s"),
    one("section", "s"),
    many("sections", "s"),
    one("धारा", "s"),
    one("art", "art"),
    many("arts", "art"),
    one("article", "art"),
    many("articles", "art"),
    one("artículo", "art"),
    many("artículos", "art"),
    one("articulo", "art"),
    many("articulos", "art"),
    one("artigo", "art"),
    many("artigos", "art"),
    one("articolo", "art"),
    many("articoli", "art"),
    one("artikel", "art"),
    many("artikeln", "art"),
    one("artykuł", "art"),
    one("čl", "art"),
    one("článek", "art"),
    one("članak", "art"),
    one("άρθρο", "art"),
    one("ст", "art"),
    one("статья", "art"),
    one("статьи", "art"),
    one("стаття", "art"),
    one("член", "art"),
    one("pasal", "art"),
    one("điều", "art"),
    one("madde", "art"),
    one("المادة", "art"),
    one("مادة", "art"),
    many("المادتان", "art"),
    many("المادتين", "art"),
    many("المواد", "art"),
    one("ماده", "art"),
    one("अनुच्छेद", "art"),
    one("§", "§"),
    many("§§", "§"),
    one("r", "r"),
    many("rr", "r"),
    one("rule", "r"),
    many("rules", "r"),
    one("reg", "reg"),
    many("regs", "reg"),
    one("regulation", "reg"),
    many("regulations", "reg"),
    one("cl", "cl"),
    many("cll", "cl"),
    one("clause", "cl"),
    many("clauses", "cl"),
    one("ch", "ch"),
    many("chs", "ch"),
    one("chap", "ch"),
    one("chapter", "ch"),
    many("chapters", "ch"),
    one("para", "para"),
    many("paras", "para"),
    one("paragraph", "para"),
    many("paragraphs", "para"),
    one("¶", "para"),
    one("subpara", "subpara"),
    one("subparagraph", "subpara"),
    one("sch", "sch"),
    many("schs", "sch"),
    one("schedule", "sch"),
    many("schedules", "sch"),
    one("pt", "pt"),
    many("pts", "pt"),
    one("part", "pt"),
    many("parts", "pt"),
    one("div", "div"),
    one("division", "div"),
    one("recital", "recital"),
    many("recitals", "recital"),
    one("principle", "principle"),
    many("principles", "principle"),
    one("standard", "standard"),
    one("target", "target"),
    many("targets", "target"),
    one("objective", "objective"),
    many("objectives", "objective"),
    one("outcome", "outcome"),
    one("rcw", "rcw"),
];

/// Labels that may touch their number: `s66B`, `art5`, `§201a`.
pub(super) const TOUCHING: &[&str] = &["s", "ss", "sec", "art", "arts", "§", "§§"];

/// Words behind which the official number of a law stands.
pub(super) const NUMBER_WORDS: &[&str] = &[
    "no",
    "nos",
    "nº",
    "n°",
    "n.º",
    "nr",
    "№",
    "num",
    "número",
    "numero",
    "رقم",
    "act",
    "law",
    "ley",
    "loi",
    "lei",
    "legge",
    "gesetz",
    "قانون",
    "القانون",
    "decree",
    "decree-law",
    "decreto",
    "décret",
    "bill",
    "order",
    "cap",
    "ets",
    "cets",
    "sfs",
    "undang-undang",
    "resolution",
    "case",
    "legislativo",
    "legislative",
    "supremo",
    "ordinance",
    "notice",
    "directive",
    "regulation",
    "statute",
    "recommendation",
];

/// Words that never are the court in `2019 SCC 10`.
pub(super) const NO_COURT: &[&str] = &[
    "s", "ss", "art", "arts", "act", "acts", "law", "laws", "bill", "code", "no", "nos", "of", "and", "to", "or", "in",
    "on", "by", "the", "for", "at", "part", "chap", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "june", "july", "march", "april",
];

/// A number as it is compared: small letters, ASCII digits, `147-A` and `147/A` as `147a`, a dash as a hyphen.
pub(super) fn canonical_number(written: &str) -> String {
    let mut plain: String = written
        .chars()
        .flat_map(char::to_lowercase)
        .map(plain_char)
        .filter(|c| *c != ' ')
        .collect();
    if let Some((front, last)) = plain.rsplit_once(['-', '/']) {
        let longest = if plain.ends_with(&format!("/{last}")) { 1 } else { 10 };
        let joined = !last.is_empty() && last.chars().all(char::is_alphabetic) && last.chars().count() <= longest;
        if joined && front.ends_with(|c: char| c.is_ascii_digit()) {
            plain = format!("{front}{last}");
        }
    }
    plain
}

fn plain_char(letter: char) -> char {
    match letter {
        '٠'..='٩' => digit(letter, '٠'),
        '۰'..='۹' => digit(letter, '۰'),
        '०'..='९' => digit(letter, '०'),
        '–' | '‑' => '-',
        'á' => 'a',
        other => other,
    }
}

fn digit(letter: char, zero: char) -> char {
    char::from_digit(letter as u32 - zero as u32, 10).unwrap_or(letter)
}

/// Without the points that part thousands: `27.736` is `27736`; `197.7` stays.
pub(super) fn without_thousands(number: &str) -> String {
    let mut parts = number.split('/');
    let first = parts.next().unwrap_or_default();
    let groups: Vec<&str> = first.split('.').collect();
    let thousands = groups.len() > 1
        && (1..=3).contains(&groups[0].len())
        && groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_digit()))
        && groups[1..].iter().all(|group| group.len() == 3);
    let first = if thousands { groups.concat() } else { first.to_owned() };
    std::iter::once(first.as_str())
        .chain(parts)
        .collect::<Vec<_>>()
        .join("/")
}

/// Whether `text` is a year in which law was made.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1700..=2199).contains(&year))
}
