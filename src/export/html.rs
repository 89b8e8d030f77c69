//! A page that stands alone: no script, nothing loaded from elsewhere, readable narrow, on paper and without colour.

use crate::export::script::has_right_to_left;
use crate::export::{Block, Export, Format, Look, Section, Table, TableCell, Text};

const STYLE: &str = include_str!("page.css");

/// What the page may load, said in the page too, for a copy that is opened from a disk.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Writes the whole page.
pub(super) fn write(export: &Export) -> String {
    let title = escape(&export.title);
    let wide = if export.is_wide { " class=\"wide\"" } else { "" };
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"{wide}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{}</h1>\n",
        words(&export.title)
    );
    page.push_str("<aside aria-label=\"How far to trust this\">\n");
    for sentence in &export.trust {
        page.push_str(&format!("<p>{}</p>\n", words(sentence)));
    }
    page.push_str("</aside>\n<dl>\n");
    for (name, text) in export.origin.lines(Format::Html) {
        page.push_str(&format!("<dt>{name}</dt><dd>{}</dd>\n", line(&text)));
    }
    page.push_str("</dl>\n<main>\n");
    for section in &export.sections {
        write_section(&mut page, section);
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn write_section(page: &mut String, section: &Section) {
    page.push_str(&format!("<section>\n<h2>{}</h2>\n", words(&section.heading)));
    for block in &section.blocks {
        match block {
            Block::Paragraph(text) => page.push_str(&format!("<p>{}</p>\n", line(text))),
            Block::Heading(text) => page.push_str(&format!("<h3>{}</h3>\n", words(text))),
            Block::List(items) => {
                let items: String = items.iter().map(|item| format!("<li>{}</li>\n", line(item))).collect();
                page.push_str(&format!("<ul>\n{items}</ul>\n"));
            }
            Block::Sources(items) => {
                let item = |(at, item): (usize, &Text)| format!("<li id=\"source-{}\">{}</li>\n", at + 1, line(item));
                let items: String = items.iter().enumerate().map(item).collect();
                page.push_str(&format!("<ol>\n{items}</ol>\n"));
            }
            Block::Table(table) => write_table(page, table),
        }
    }
    page.push_str("</section>\n");
}

fn write_table(page: &mut String, table: &Table) {
    let head: String = table
        .head
        .iter()
        .map(|name| format!("<th scope=\"col\">{}</th>", words(name)))
        .collect();
    page.push_str(&format!("<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"));
    for row in &table.rows {
        page.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            write_cell(page, cell, table.head.get(at).filter(|_| at > 0));
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
}

/// A cell; `name` of its column is shown beside it where the table is too wide and its cells stand under one another.
fn write_cell(page: &mut String, cell: &TableCell, name: Option<&String>) {
    let state = cell.state.map_or_else(String::new, |state| {
        format!(" class=\"{}\"", state.as_str().replace(' ', "-"))
    });
    let lines: Vec<String> = cell.lines.iter().map(line).collect();
    let lines = lines.join("<br>");
    match name {
        None => page.push_str(&format!("<th scope=\"row\">{lines}</th>")),
        Some(name) => page.push_str(&format!("<td{state} data-name=\"{}\">{lines}</td>", escape(name))),
    }
}

fn line(text: &Text) -> String {
    let span = |span: &crate::export::Span| match &span.look {
        Look::Plain => words(&span.text),
        Look::Strong => format!("<strong>{}</strong>", words(&span.text)),
        Look::Code => format!("<code>{}</code>", words(&span.text)),
        Look::Link(url) => format!(
            "<a href=\"{}\" rel=\"noreferrer\">{}</a>",
            escape(url),
            words(&span.text)
        ),
        Look::Source(number) => format!("<a href=\"#source-{number}\">{}</a>", words(&span.text)),
    };
    text.0.iter().map(span).collect()
}

/// Text as HTML; what runs from right to left is isolated.
fn words(text: &str) -> String {
    let safe = escape(text).replace('\n', "<br>");
    if has_right_to_left(text) {
        format!("<bdi>{safe}</bdi>")
    } else {
        safe
    }
}

/// Text as it may stand in HTML and in its attributes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_place() {
        assert_eq!(words("<a href=\"'&'\">"), "&lt;a href=&quot;&#39;&amp;&#39;&quot;&gt;");
        assert_eq!(words("قانون"), "<bdi>قانون</bdi>");
        let text = Text::default().address("javascript:alert(1)");
        assert_eq!(line(&text), "javascript:alert(1)");
    }
}
