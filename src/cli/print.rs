//! What commands print with: tables, JSON, styles, and text that runs from right to left.

use std::io::{IsTerminal, Result, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::search::Snippet;

/// Titles and what was found.
pub(super) const STRONG: Style = Style::new().bold();
/// Identifiers and remarks.
pub(super) const FAINT: Style = Style::new().dimmed();
/// What needs attention.
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// What is wrong.
pub(super) const WRONG: Style = AnsiColor::Red.on_default();

/// A table with borders on a terminal, else a line per row with tabs between the cells, for other programs.
pub(super) fn table(out: &mut impl Write, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Result<()> {
    if std::io::stdout().is_terminal() {
        let mut table = comfy_table::Table::new();
        table
            .load_style(comfy_table::presets::UTF8_FULL_CONDENSED)
            .set_header(head.to_vec());
        if let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size() {
            table
                .set_content_arrangement(comfy_table::ContentArrangement::Dynamic)
                .set_width(width);
        }
        table.add_rows(rows);
        return writeln!(out, "{table}");
    }
    writeln!(out, "{}", head.join("\t"))?;
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| cell.replace(['\t', '\n'], " ")).collect();
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

/// Pretty JSON and a line end.
pub(super) fn json(out: &mut impl Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// On a terminal, text with right-to-left letters between the signs that keep it from turning its line around.
pub(super) fn isolated(text: &str) -> String {
    let turns = text
        .chars()
        .any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'));
    if turns && std::io::stdout().is_terminal() {
        // First strong isolate … pop directional isolate (Unicode Annex 9).
        return text
            .lines()
            .map(|line| format!("\u{2068}{line}\u{2069}"))
            .collect::<Vec<_>>()
            .join("\n");
    }
    text.to_owned()
}

/// A snippet as one line, with what was found in bold.
pub(super) fn marked(snippet: &Snippet) -> String {
    let letters: Vec<char> = snippet.text.chars().collect();
    let piece = |from: usize, to: usize| -> String {
        let range = from.min(letters.len())..to.min(letters.len());
        letters
            .get(range)
            .unwrap_or_default()
            .iter()
            .map(|c| if *c == '\n' { ' ' } else { *c })
            .collect()
    };
    let (mut line, mut at) = (String::new(), 0);
    for found in &snippet.highlights {
        line.push_str(&format!(
            "{}{STRONG}{}{STRONG:#}",
            piece(at, found.start),
            piece(found.start, found.end)
        ));
        at = found.end;
    }
    line.push_str(&piece(at, letters.len()));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without characters that would steer the terminal, for words that come from outside.
pub(super) fn harmless(text: &str) -> String {
    text.replace(
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}'),
        "\u{fffd}",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_what_was_found() {
        let snippet = Snippet {
            text: "an intimate\nimage".to_owned(),
            offset: 0,
            highlights: vec![3..11, 12..17],
        };
        let line = anstream::adapter::strip_str(&marked(&snippet)).to_string();
        assert_eq!(line, "an intimate image");
        assert!(marked(&snippet).contains(&format!("{STRONG}intimate{STRONG:#}")));
    }

    #[test]
    fn takes_the_sting_out_of_escapes() {
        assert_eq!(harmless("a\u{1b}[2Jb"), "a\u{fffd}[2Jb");
    }
}
