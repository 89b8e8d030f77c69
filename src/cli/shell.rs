//! `collex completions` and `collex man`, generated from the arguments.

use std::io::Write;

use clap::CommandFactory;

use crate::cli::arguments::Arguments;
use crate::cli::exit::Failure;

/// Prints a completion script.
pub(super) fn completions(shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "collex", &mut script);
    Ok(std::io::stdout().write_all(&script)?)
}

/// Prints the manual page, in roff.
pub(super) fn man() -> Result<(), Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    Ok(std::io::stdout().write_all(&page)?)
}
