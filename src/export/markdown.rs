//! Markdown with tables as GitHub writes them; read well as plain text too.

use crate::export::script::has_right_to_left;
use crate::export::{Block, Export, Format, Look, Section, Table, TableCell, Text};

/// Writes the whole export.
pub(super) fn write(export: &Export) -> String {
    let mut page = format!("# {}\n\n", escaped(&export.title));
    for sentence in &export.trust {
        page.push_str(&format!("> {}\n>\n", escaped(sentence)));
    }
    page.truncate(page.len() - 2);
    page.push('\n');
    for (name, text) in export.origin.lines(Format::Markdown) {
        page.push_str(&format!("- **{name}**: {}\n", line(&text)));
    }
    for section in &export.sections {
        write_section(&mut page, section);
    }
    page
}

fn write_section(page: &mut String, section: &Section) {
    page.push_str(&format!("\n## {}\n", escaped(&section.heading)));
    for block in &section.blocks {
        page.push('\n');
        match block {
            Block::Paragraph(text) => page.push_str(&format!("{}\n", line(text))),
            Block::Heading(text) => page.push_str(&format!("### {}\n", escaped(text))),
            Block::List(items) => items
                .iter()
                .for_each(|item| page.push_str(&format!("- {}\n", line(item)))),
            Block::Sources(items) => {
                for (at, item) in items.iter().enumerate() {
                    page.push_str(&format!("{}. {}\n", at + 1, line(item).trim_end()));
                }
            }
            Block::Table(table) => write_table(page, table),
        }
    }
}

fn write_table(page: &mut String, table: &Table) {
    let head: Vec<String> = table.head.iter().map(|name| escaped(name)).collect();
    page.push_str(&format!("| {} |\n|{}\n", head.join(" | "), " --- |".repeat(head.len())));
    let cell = |cell: &TableCell| cell.lines.iter().map(line).collect::<Vec<_>>().join("<br>");
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(cell).collect();
        page.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
}

fn line(text: &Text) -> String {
    let mut line = String::new();
    for span in &text.0 {
        match &span.look {
            Look::Plain | Look::Source(_) => line.push_str(&escaped(&span.text)),
            // Blanks inside the stars would leave them standing as stars.
            Look::Strong => {
                let bare = span.text.trim();
                let (before, behind) = span.text.split_once(bare).unwrap_or_default();
                line.push_str(&format!("{before}**{}**{behind}", escaped(bare)));
            }
            Look::Code => line.push_str(&format!(
                "`{}`",
                span.text.replace(['`', '\n'], " ").replace('|', "\\|")
            )),
            Look::Link(url) => line.push_str(&format!("<{}>", url.replace(['<', '>', ' ', '|'], ""))),
        }
    }
    line
}

/// Text of ours or of the corpus, without power over the page; right-to-left text between the signs that isolate it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => safe.push_str("<br>"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' => {
                safe.push('\\');
                safe.push(letter);
            }
            other => safe.push(other),
        }
    }
    if has_right_to_left(&safe) {
        // First strong isolate … pop directional isolate (Unicode Annex 9).
        return format!("\u{2068}{safe}\u{2069}");
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_its_cell() {
        assert_eq!(escaped("a | b\n<script>"), "a \\| b<br>\\<script\\>");
        assert_eq!(line(&Text::strong("a ").and("b")), "**a** b");
        assert_eq!(line(&Text::plain("x").source(2)), "x \\[2\\]");
        assert_eq!(escaped("قانون"), "\u{2068}قانون\u{2069}");
    }
}
