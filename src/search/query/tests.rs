//! What is read from what was typed.

use super::*;

fn tree(text: &str) -> String {
    parse(text).query.to_string()
}

#[test]
fn reads_the_language() {
    for (text, expected) in [
        ("sharing intimate images", "sharing intimate images"),
        ("\"intimate image\" AND threat", "+\"intimate image\" +threat"),
        ("a1 AND b1 OR c1", "(+a1 +b1) c1"),
        ("x1 a1 OR b1", "x1 +(a1 b1)"),
        ("+must -not maybe", "+must -not maybe"),
        ("image NOT video", "image -video"),
        ("image AND NOT (video || film)", "+image -(video film)"),
        (
            "depict* „böse Worte“ «mots doux»",
            "depict* \"böse Worte\" \"mots doux\"",
        ),
        (
            "jurisdiction:ke jurisdiction:MX image",
            "image +(jurisdiction:KE jurisdiction:MX)",
        ),
        (
            "status:\"in force\" kind:judgment",
            "+status:\"in force\" +kind:judgment",
        ),
        ("region:africa OR region:asia", "+(region:Africa region:Asia)"),
        ("non-consensual, really?", "non consensual really"),
        ("+non-consensual", "+non-consensual"),
    ] {
        assert_eq!(tree(text), expected, "{text}");
        assert!(parse(text).notes.is_empty(), "{text}: {:?}", parse(text).notes);
    }
}

#[test]
fn what_cannot_be_read_is_searched_as_words_and_said() {
    for (text, expected) in [
        ("\"unmatched quote", "unmatched quote"),
        ("(open image", "(open image)"),
        ("shut) image", "shut image"),
        ("colour:red", "colour red"),
        ("AND image", "and image"),
        ("image OR", "image or"),
        ("* image", "image"),
        ("topic:nonsense image", "nonsense image"),
        ("kind: image", "kind image"),
    ] {
        let parsed = parse(text);
        assert_eq!(parsed.query.to_string(), expected, "{text}");
        assert_eq!(parsed.notes.len(), 1, "{text}: {:?}", parsed.notes);
    }
}

#[test]
fn the_model_gets_the_wanted_words() {
    assert_eq!(parse("  What is «deepfake»?").plain, "What is deepfake");
    assert_eq!(parse("What does s 66B say, then?").plain, "What does s 66B say, then?");
    assert_eq!(
        parse("image -video jurisdiction:KE depict* NOT (film reel)").plain,
        "image depict"
    );
    assert_eq!(parse("\u{200f}نشر صور\u{202c}\u{0}").plain, "نشر صور");
}

#[test]
fn nesting_and_length_are_limited() {
    let deep = format!("{}image{}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(!parse(&deep).notes.is_empty());
    assert!(parse(&"word ".repeat(20_000)).query.root.clauses.len() <= MOST + 1);
    assert!(parse(&"\" ( - ".repeat(20_000)).notes.len() <= MOST_NOTES);
}

proptest::proptest! {
    #[test]
    fn never_fails(text in "(\\PC|[\"()*+\\-!:&| ]|AND|OR|NOT|kind:|s 6|\u{202e}){0,60}") {
        let parsed = parse(&text);
        let _ = (parsed.query.to_string(), parsed.query.words(), parsed.query.binds());
    }
}
