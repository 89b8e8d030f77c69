//! The address and the command that give the same again, written one way only.

use crate::compare::Parameter;

/// Path and parameters as an address, percent-encoded. Commas, colons and slashes stay, for people read it too.
pub fn address<'a>(path: &str, parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut address = encoded(path);
    for (at, (name, value)) in parameters.into_iter().enumerate() {
        address.push(if at == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        address.push_str(&encoded(value));
    }
    address
}

fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' | b':' | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// The command line that asks the same as an address of `/v1/compare`: what stands before the format, and what behind it.
pub(super) fn command(parameters: &[Parameter]) -> (String, String) {
    let (mut before, mut behind) = ("collex compare".to_owned(), String::new());
    for Parameter { name, value } in parameters {
        match *name {
            // Behind `--`, so that words that begin with a minus sign are no flags.
            "q" => behind = format!(" -- {}", quoted(value)),
            "transposed" => before.push_str(" --transposed"),
            "provision" => before.push_str(&format!(" --like {}", quoted(value))),
            name => before.push_str(&format!(" --{} {}", name.replace('_', "-"), quoted(value))),
        }
    }
    (before, behind)
}

/// For a shell: in quotation marks unless it is plain.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ',' | '/' | ':');
    if text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_what_would_cut_an_address() {
        assert_eq!(
            address(
                "/v1/compare",
                [
                    ("provision", "legislation/xa/act#s-1"),
                    ("region", "Latin America & Caribbean")
                ]
            ),
            "/v1/compare?provision=legislation/xa/act%23s-1&region=Latin%20America%20%26%20Caribbean"
        );
        assert_eq!(address("/x", [("q", "صور=+")]), "/x?q=%D8%B5%D9%88%D8%B1%3D%2B");
    }

    #[test]
    fn quotes_for_a_shell() {
        let asked = [
            Parameter {
                name: "provision",
                value: "a#s-1".to_owned(),
            },
            Parameter {
                name: "as_of",
                value: "2026-01-01".to_owned(),
            },
            Parameter {
                name: "q",
                value: "-it's".to_owned(),
            },
        ];
        let (before, behind) = command(&asked);
        assert_eq!(before, "collex compare --like 'a#s-1' --as-of 2026-01-01");
        assert_eq!(behind, r" -- '-it'\''s'");
    }
}
