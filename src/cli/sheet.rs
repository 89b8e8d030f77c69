//! `collex sheet`: what is known of one country or topic, on a page.

use std::io::Write;

use clap::Args;

use crate::cli::arguments::day;
use crate::cli::exit::{Context, Failure};
use crate::cli::file::File;
use crate::cli::{open, print};
use crate::export::{Export, Format, SHEET_FORMATS};
use crate::law::today;

/// A sheet.
#[derive(Debug, Args)]
pub(super) struct Sheet {
    /// Code or English name of a jurisdiction, or a topic: KE, Kenya, doxing.
    #[arg(value_name = "KE|TOPIC")]
    pub of: String,
    /// The day on which law must have been in force [default: today].
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<jiff::civil::Date>,
    /// The sheet as a file.
    #[command(flatten)]
    pub file: File,
}

/// Runs the command; prints Markdown where no format and no file is named.
pub(super) fn run(context: &Context, asked: &Sheet) -> Result<(), Failure> {
    let format = asked.file.wanted()?;
    if let Some(format) = format.filter(|format| !SHEET_FORMATS.contains(format)) {
        let words = SHEET_FORMATS.map(Format::as_str).join(", ");
        return Err(Failure::refused(format!(
            "a sheet is a page to be read and has no {format}; write it as one of {words}, or take the rows of `collex compare`"
        )));
    }
    let library = open::library(context, None)?;
    open::say_if_behind(context, &library);
    let sheet = library.sheet(&asked.of, asked.as_of)?;
    if context.json {
        return Ok(print::json(&mut anstream::stdout(), &sheet)?);
    }
    let export = Export::of_sheet(&sheet, today());
    match format {
        Some(format) => asked.file.write(context, &export, format),
        None => Ok(anstream::stdout().write_all(&export.write(Format::Markdown)?)?),
    }
}
