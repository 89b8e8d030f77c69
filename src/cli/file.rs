//! Grids and sheets written as files: to the file that is named, never over one that is there unless it is said.

use std::fs::OpenOptions;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::exit::{Context, Failure};
use crate::export::{Export, Format};

/// Where to, and as what.
#[derive(Debug, Args)]
pub(super) struct File {
    /// csv, xlsx, docx, md, html or json [default: what the ending of the file says].
    #[arg(long, value_name = "FORMAT", conflicts_with = "json")]
    pub format: Option<Format>,
    /// File to write; text is printed where none is named.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write over the file if it is there.
    #[arg(long, requires = "out")]
    pub force: bool,
}

impl File {
    /// The format asked for, if a file is asked for at all; refused before anything is computed where it cannot be written.
    pub(super) fn wanted(&self) -> Result<Option<Format>, Failure> {
        let ending = self
            .out
            .as_deref()
            .and_then(Path::extension)
            .and_then(|ending| ending.to_str());
        let format = match (self.format, &self.out, ending) {
            (Some(format), ..) => format,
            (None, None, _) => return Ok(None),
            (None, Some(_), Some(ending)) => ending.parse().map_err(Failure::input)?,
            (None, Some(out), None) => {
                let words: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).collect();
                return Err(Failure::refused(format!(
                    "the name of {} has no ending that tells a format; add --format, which is one of {}",
                    out.display(),
                    words.join(", ")
                )));
            }
        };
        match &self.out {
            None if !format.is_text() && std::io::stdout().is_terminal() => Err(Failure::refused(format!(
                "{format} is no text for a terminal; name a file: --out comparison.{format}"
            ))),
            Some(out) if out.exists() && !self.force => Err(there(out)),
            _ => Ok(Some(format)),
        }
    }

    /// Writes an export.
    pub(super) fn write(&self, context: &Context, export: &Export, format: Format) -> Result<(), Failure> {
        let bytes = export.write(format)?;
        let Some(out) = &self.out else {
            return Ok(std::io::stdout().write_all(&bytes)?);
        };
        let failed = |error: std::io::Error| match error.kind() {
            ErrorKind::AlreadyExists => there(out),
            _ => Failure::Environment(anyhow::Error::new(error).context(format!("cannot write {}", out.display()))),
        };
        let mut options = OpenOptions::new();
        options.write(true);
        // Without `--force` a file that came to be in between is not written over either.
        if self.force {
            options.create(true).truncate(true);
        } else {
            options.create_new(true);
        }
        let mut file = options.open(out).map_err(failed)?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(failed)?;
        context.remark(&format!("wrote {} ({} bytes)", out.display(), bytes.len()));
        Ok(())
    }
}

fn there(out: &Path) -> Failure {
    Failure::refused(format!(
        "{} is there already; choose another name, or add --force to write over it",
        out.display()
    ))
}
