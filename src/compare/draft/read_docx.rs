//! DOCX to text: paragraphs, one a line, headings marked as in Markdown.
//!
//! What is unpacked is counted as it comes out, whatever the archive says of its size; there is no way to a file or to the
//! network from here, and a document type declaration, by which entities could be brought in, is refused.

use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::compare::draft::read::DraftError;

/// Most bytes of one part that are unpacked: a text of 5 MB with the XML around it.
const MOST_UNPACKED: usize = 40 * 1024 * 1024;
/// Most parts of the archive.
const MOST_PARTS: usize = 5_000;
/// How a file begins that is encrypted, or in the format of before 2007.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// Where the document stands, unless the archive says otherwise.
const DOCUMENT: &str = "word/document.xml";
const RELATIONS: &str = "_rels/.rels";
/// How styles of headings are called in word processors, in small letters, before their level.
const HEADINGS: &[&str] = &[
    "heading",
    "titre",
    "ttulo",
    "título",
    "titulo",
    "berschrift",
    "überschrift",
    "titolo",
];

const fn no_docx(why: &'static str) -> DraftError {
    DraftError::NotDocx { why }
}

/// The text of a DOCX.
pub(super) fn text(bytes: &[u8]) -> Result<String, DraftError> {
    if bytes.starts_with(COMPOUND) {
        return Err(DraftError::Encrypted);
    }
    if bytes.is_empty() {
        return Err(DraftError::Empty);
    }
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_docx("it is not a ZIP archive, or damaged"))?;
    if archive.len() > MOST_PARTS {
        return Err(no_docx("it has thousands of parts"));
    }
    let document = match part(&mut archive, RELATIONS)? {
        Some(relations) => main_part(&relations).unwrap_or_else(|| DOCUMENT.to_owned()),
        None => DOCUMENT.to_owned(),
    };
    let xml = part(&mut archive, &document)?.ok_or(no_docx("it holds no text of a document"))?;
    paragraphs(&xml)
}

/// Unpacks a part; none where there is no such part.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<Vec<u8>>, DraftError> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
            return Err(DraftError::Encrypted);
        }
        Err(_) => return Err(no_docx("a part of it cannot be unpacked")),
    };
    if file.encrypted() {
        return Err(DraftError::Encrypted);
    }
    let mut unpacked = Vec::new();
    file.take(MOST_UNPACKED as u64 + 1)
        .read_to_end(&mut unpacked)
        .map_err(|_| no_docx("a part of it cannot be unpacked"))?;
    if unpacked.len() > MOST_UNPACKED {
        return Err(DraftError::Unpacks {
            limit: MOST_UNPACKED / 1024 / 1024,
        });
    }
    Ok(Some(unpacked))
}

/// The part that holds the document, by the archive's own list.
fn main_part(relations: &[u8]) -> Option<String> {
    let mut reader = Reader::from_str(std::str::from_utf8(relations).ok()?);
    loop {
        match reader.read_event().ok()? {
            Event::Empty(tag) | Event::Start(tag) if attribute(&tag, "Type")?.ends_with("/officeDocument") => {
                return attribute(&tag, "Target").map(|target| target.trim_start_matches('/').to_owned());
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// An attribute by its local name; an empty one where it is missing.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .flatten()
        .find(|one| one.key.local_name().as_ref() == name);
    Some(found.map_or_else(String::new, |one| one.value.into_owned()))
}

/// What is read of a document.
#[derive(Default)]
struct Paragraphs {
    text: String,
    paragraph: String,
    level: Option<usize>,
    /// How deep in parts that are told twice, or are not the document's words.
    passed_over: usize,
    in_words: bool,
}

/// Elements whose words are not the document's: older copies of what is drawn, and what was struck out.
const PASSED_OVER: &[&str] = &["Fallback", "del", "moveFrom", "instrText", "delText"];

impl Paragraphs {
    fn open(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        match name.as_ref() {
            name if PASSED_OVER.contains(&name) => self.passed_over += 1,
            "t" => self.in_words = self.passed_over == 0,
            _ => self.alone(tag),
        }
    }

    fn alone(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "ta" | "cr" | "br" if self.passed_over == 0 => self.paragraph.push(' '),
            "noBreakHyphen" => self.paragraph.push('-'),
            "pStyle" => self.level = attribute(tag, "val").as_deref().and_then(level),
            "outlineLvl" => {
                self.level = attribute(tag, "val")
                    .and_then(|level| level.parse().ok())
                    .map(|level: usize| level + 1)
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            name if PASSED_OVER.contains(&name) => self.passed_over = self.passed_over.saturating_sub(1),
            "t" => self.in_words = false,
            "p" => {
                if let Some(level) = self.level.take().filter(|_| !self.paragraph.trim().is_empty()) {
                    self.text.push_str(&"#".repeat(level.clamp(1, 6)));
                    self.text.push(' ');
                }
                self.text.push_str(self.paragraph.trim());
                self.text.push_str("\n\n");
                self.paragraph.clear();
            }
            _ => {}
        }
    }
}

/// The level of a style of headings.
fn level(style: &str) -> Option<usize> {
    let style = style.to_lowercase();
    let rest = HEADINGS.iter().find_map(|name| style.strip_prefix(name))?;
    rest.trim().parse().ok()
}

fn paragraphs(xml: &[u8]) -> Result<String, DraftError> {
    let damaged = || no_docx("the XML of its document is damaged");
    let xml = std::str::from_utf8(xml).map_err(|_| no_docx("its document is not in UTF-8"))?;
    let mut reader = Reader::from_str(xml);
    let (mut read, mut is_document) = (Paragraphs::default(), false);
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(tag) => {
                is_document |= tag.local_name().as_ref() == "document";
                read.open(&tag);
            }
            Event::Empty(tag) => read.alone(&tag),
            Event::End(tag) => read.close(tag.local_name().as_ref()),
            Event::Text(words) if read.in_words => {
                read.paragraph.push_str(&words);
            }
            Event::GeneralRef(entity) if read.in_words => read.paragraph.push(character(&entity).ok_or_else(damaged)?),
            Event::DocType(_) => return Err(no_docx("it declares a document type, which no DOCX does")),
            Event::Eof => break,
            _ => {}
        }
    }
    if is_document {
        Ok(read.text)
    } else {
        Err(no_docx("its document is not one of a word processor"))
    }
}

/// One of the five entities of XML, or a character by its number; there are no others without a declaration.
fn character(entity: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return Some(character);
    }
    match entity.borrow().into_inner().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
