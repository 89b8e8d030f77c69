//! Comma-separated values, one fact a row: RFC 4180, UTF-8 with the mark by which spreadsheets know it.

use csv::{Terminator, WriterBuilder};

use crate::export::{Datum, Export, ExportError, FACT_COLUMNS, Format};

/// Without it a spreadsheet takes the file for the code page of its machine, and Arabic for noise.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes the facts.
pub(super) fn write(export: &Export) -> Result<Vec<u8>, ExportError> {
    let failed = |error: csv::Error| ExportError::of(Format::Csv, error);
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(MARK.to_vec());
    writer.write_record(FACT_COLUMNS).map_err(failed)?;
    for fact in &export.facts {
        writer.write_record(fact.iter().map(field)).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| ExportError::of(Format::Csv, error))
}

fn field(datum: &Datum) -> String {
    match datum {
        Datum::Nothing => String::new(),
        Datum::Number(number) => number.to_string(),
        Datum::Words(words) => harmless(words),
    }
}

/// Whether a spreadsheet would take it for a formula.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A spreadsheet runs what begins like a formula; an apostrophe in front makes it text.
fn harmless(text: &str) -> String {
    if is_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_a_formula() {
        for bad in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(harmless(bad).starts_with('\''), "{bad:?}");
        }
        assert_eq!(harmless("s 37(1) = x"), "s 37(1) = x");
        assert_eq!(field(&Datum::Number(-2.0)), "-2");
    }
}
