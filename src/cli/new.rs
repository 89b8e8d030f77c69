//! `collex new`: writes the skeleton of a note where it belongs, and tells what is still to be filled in.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::cli::arguments::{New, NewCase, NewDocument, NewLaw, NewNote};
use crate::cli::exit::{Context, Failure};
use crate::cli::{open, print};
use crate::corpus::{CorpusError, Placeholder, Roots, Skeleton, draft, placeholders};
use crate::index::keyword::{lower, without_diacritics};
use crate::law::{Code, Kind, nearest};
use crate::search::country;

/// Letters of a name made from a title; a longer title is cut at a word.
const LONGEST_NAME: usize = 80;

/// Runs the command.
pub(super) fn run(context: &Context, kind: New) -> Result<(), Failure> {
    let roots = open::roots(context);
    let asked = asked(kind);
    let remark = match &asked.skeleton.jurisdiction {
        Some(code) => check_jurisdiction(&roots, code, asked.skeleton.kind)?,
        None => None,
    };
    let text = asked.skeleton.markdown();
    let path = match path(&asked) {
        Ok(path) => Some(path),
        Err(_) if asked.document.print => None,
        Err(missing) => return Err(missing),
    };
    // What was given is held against the rules that the file will be held against.
    let place = path.clone().unwrap_or_else(|| format!("{}/x.md", folder(&asked)));
    if let Some(problem) = draft(&place, &text).first() {
        let end = if problem.cure.ends_with('?') { "" } else { "." };
        return Err(Failure::refused(format!("{}. {}{end}", problem.message, problem.cure)));
    }
    if let (false, Some(path)) = (asked.document.print, &path) {
        write(&roots, path, &text)?;
    }
    tell(context, &roots, &asked, path.as_deref(), &text, remark)
}

/// A new note as it was asked for.
struct Asked {
    skeleton: Skeleton,
    document: NewDocument,
    /// Folder of a court.
    court_folder: Option<String>,
}

fn asked(kind: New) -> Asked {
    match kind {
        New::Law(law) => of_law(Kind::Legislation, law),
        New::Instrument(law) => of_law(Kind::Instrument, law),
        New::Case(case) => of_case(case),
        New::Note(note) => of_note(note),
        New::ModelLaw(document) => Asked {
            skeleton: begun(Kind::ModelLaw, &document),
            document,
            court_folder: None,
        },
    }
}

fn begun(kind: Kind, document: &NewDocument) -> Skeleton {
    Skeleton {
        title: document.title.clone(),
        language: document.language.clone(),
        ..Skeleton::of(kind)
    }
}

fn of_law(kind: Kind, law: NewLaw) -> Asked {
    Asked {
        skeleton: Skeleton {
            jurisdiction: law.jurisdiction,
            instrument_type: law.instrument_type,
            number: law.number,
            url: law.url,
            ..begun(kind, &law.document)
        },
        document: law.document,
        court_folder: None,
    }
}

fn of_case(case: NewCase) -> Asked {
    Asked {
        skeleton: Skeleton {
            jurisdiction: case.jurisdiction,
            court: case.court,
            date: case.date,
            citation: case.citation,
            url: case.url,
            ..begun(Kind::Judgment, &case.document)
        },
        document: case.document,
        court_folder: case.folder,
    }
}

fn of_note(note: NewNote) -> Asked {
    let named = note.jurisdiction.as_ref().and_then(|code| country(code.as_str()));
    let known = begun(Kind::Jurisdiction, &note.document);
    Asked {
        skeleton: Skeleton {
            title: known.title.clone().or(named.map(str::to_owned)),
            jurisdiction: note.jurisdiction,
            region: note.region,
            legal_system: note.legal_system,
            ..known
        },
        document: note.document,
        court_folder: None,
    }
}

/// Refuses a code that is neither a country's nor that of a body with a note; tells where the note is still missing.
fn check_jurisdiction(roots: &Roots, code: &Code, kind: Kind) -> Result<Option<String>, Failure> {
    let whole = code.as_str().split('-').next().unwrap_or_default();
    // A note makes a body known, but no country: codes that begin with X are free for whoever needs them.
    let country_or_body = whole.len() != 2 || whole.starts_with('X') || country(whole).is_some();
    if (kind == Kind::Jurisdiction && country_or_body)
        || roots.file(&format!("jurisdictions/{}.md", code.folder())).is_file()
    {
        return Ok(None);
    }
    if country(whole).is_some() {
        return Ok(Some(format!(
            "There is no note on {code} yet, and the check asks for one: `collex new note --jurisdiction {code}` writes it."
        )));
    }
    let known = noted(roots);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let near = nearest(code.as_str(), &known).map(|near| format!(" (did you mean `{near}`?)"));
    // The codes of countries are named by their standard; of bodies those are known that have a note.
    let is_body = |known: &&str| country(known.split('-').next().unwrap_or_default()).is_none();
    let allowed: Vec<&str> = ["codes such as KE or US-CA"]
        .into_iter()
        .chain(known.iter().copied().filter(is_body))
        .collect();
    Err(Failure::refused(format!(
        "`{code}` is neither the ISO 3166 code of a country or its part nor a body with a note{}; allowed: {}; \
         `collex new note` adds a body",
        near.unwrap_or_default(),
        allowed.join(", ")
    )))
}

/// Codes of the jurisdictions that have a note, in order.
fn noted(roots: &Roots) -> Vec<String> {
    let entries = fs::read_dir(roots.corpus.join("jurisdictions"))
        .into_iter()
        .flatten()
        .flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut codes: Vec<String> = names
        .filter_map(|name| Some(name.strip_suffix(".md")?.to_ascii_uppercase()))
        .filter(|code| code.parse::<Code>().is_ok())
        .collect();
    codes.sort();
    codes
}

/// The folder below the corpus; `x` stands for a jurisdiction that was not given.
fn folder(asked: &Asked) -> String {
    let code = asked
        .skeleton
        .jurisdiction
        .as_ref()
        .map_or("x".to_owned(), Code::folder);
    match asked.skeleton.kind {
        Kind::ModelLaw => "model-laws".to_owned(),
        Kind::Jurisdiction => "jurisdictions".to_owned(),
        Kind::Legislation => format!("legislation/{code}"),
        Kind::Instrument => format!("instruments/{code}"),
        Kind::Judgment => format!("jurisprudence/{}", asked.court_folder.as_ref().unwrap_or(&code)),
    }
}

/// The path of the new file as problems name it.
fn path(asked: &Asked) -> Result<String, Failure> {
    let missing = |flag: &str| {
        Failure::refused(format!(
            "`--{flag}` is missing, and the place of the file depends on it (`--print` prints an open skeleton)"
        ))
    };
    if asked.skeleton.jurisdiction.is_none() && asked.skeleton.kind != Kind::ModelLaw {
        return Err(missing("jurisdiction"));
    }
    let name = match (&asked.document.id, &asked.skeleton) {
        (Some(id), _) => id.clone(),
        (
            None,
            Skeleton {
                kind: Kind::Jurisdiction,
                jurisdiction: Some(code),
                ..
            },
        ) => code.folder(),
        (None, Skeleton { title: Some(title), .. }) => name_of(title).ok_or_else(|| {
            Failure::refused(format!(
                "no name can be made from the letters of `{title}`; give one with `--id`"
            ))
        })?,
        _ => return Err(missing("title")),
    };
    // Only what stands inside its folder is a name; the rest is for the check to judge.
    if let Some(place) = [Some(&name), asked.court_folder.as_ref()]
        .into_iter()
        .flatten()
        .find(|name| name.contains(['/', '\\']))
    {
        return Err(Failure::refused(format!(
            "`{place}` is a path, not a name; write small letters a to z, digits and hyphens"
        )));
    }
    Ok(format!("{}/{name}.md", folder(asked)))
}

/// Small letters a to z, digits and hyphens, made from a title; none if nothing of it remains.
fn name_of(title: &str) -> Option<String> {
    let plain = without_diacritics(&lower(title)).replace(['\'', '’'], "");
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric());
    let mut name = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        if !name.is_empty() && name.len() + 1 + word.len() > LONGEST_NAME {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word);
    }
    name.truncate(LONGEST_NAME);
    (!name.is_empty()).then_some(name)
}

/// Writes the file and the folder for it; what is there already stays.
fn write(roots: &Roots, path: &str, text: &str) -> Result<(), Failure> {
    let (root, holds) = match path.starts_with("model-laws/") {
        true => (&roots.model_laws, "model laws"),
        false => (&roots.corpus, "corpus"),
    };
    if !root.is_dir() {
        let path = root.clone();
        return Err(CorpusError::Missing { path, holds }.into());
    }
    let file = roots.file(path);
    let failed = |error: std::io::Error| {
        Failure::Environment(anyhow::Error::from(error).context(format!("{} cannot be written", file.display())))
    };
    fs::create_dir_all(file.parent().unwrap_or(Path::new("."))).map_err(failed)?;
    match fs::OpenOptions::new().write(true).create_new(true).open(&file) {
        Ok(mut opened) => opened.write_all(text.as_bytes()).map_err(failed),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Failure::refused(format!(
            "{} is there already; write into it, or give the new note another name with `--id`",
            file.display()
        ))),
        Err(error) => Err(failed(error)),
    }
}

/// The path on standard output, what is next on standard error; or all of it as JSON.
fn tell(
    context: &Context,
    roots: &Roots,
    asked: &Asked,
    path: Option<&str>,
    text: &str,
    remark: Option<String>,
) -> Result<(), Failure> {
    let open: Vec<Placeholder> = placeholders(text);
    let file = path.map(|path| roots.file(path).display().to_string());
    let mut out = anstream::stdout();
    if context.json {
        let told = serde_json::json!({
            "id": path.map(|path| path.trim_end_matches(".md")), "file": file, "written": !asked.document.print,
            "text": text, "to_fill_in": open, "remark": remark,
        });
        print::json(&mut out, &told)?;
    } else if asked.document.print {
        write!(out, "{text}")?;
    } else if let Some(file) = file {
        writeln!(out, "{file}")?;
        let list: Vec<String> = open
            .iter()
            .map(|one| format!("{:>4}  {}", one.line, one.text))
            .collect();
        context.remark(&format!(
            "Still to be filled in, without the brackets, by line:\n{}\nThen `collex check {file}`.",
            list.join("\n")
        ));
    }
    if let Some(remark) = remark.filter(|_| !context.json) {
        context.warn(&remark);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_from_the_title() {
        let of = |title: &str| name_of(title);
        assert_eq!(of("Sexual Offences Act").as_deref(), Some("sexual-offences-act"));
        assert_eq!(
            of("Código Penal, art. 197.7").as_deref(),
            Some("codigo-penal-art-197-7")
        );
        assert_eq!(
            of("Straßenverkehrs-Ordnung (Œuvre Łódź)").as_deref(),
            Some("strassenverkehrs-ordnung-oeuvre-lodz")
        );
        assert_eq!(of("People's Law").as_deref(), Some("peoples-law"));
        assert_eq!(of("قانون الجرائم"), None);
        assert_eq!(of(&"word ".repeat(40)).unwrap().len(), 79);
        assert_eq!(of(&"w".repeat(200)).unwrap().len(), 80);
    }
}
