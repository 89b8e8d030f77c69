//! A set of judged questions in BEIR format.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::eval::EvalError;

/// One passage of `corpus.jsonl`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Passage {
    /// Its identifier.
    #[serde(rename = "_id")]
    pub id: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// Its text.
    pub text: String,
}

/// One question of `queries.jsonl`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Question {
    /// Its identifier.
    #[serde(rename = "_id")]
    pub id: String,
    /// What is asked.
    pub text: String,
}

/// A set as it stands in its folder.
#[derive(Debug, Clone)]
pub struct Set {
    /// Name of the folder.
    pub name: String,
    /// The passages.
    pub passages: Vec<Passage>,
    /// The questions that have a relevant passage.
    pub questions: Vec<Question>,
    /// Grades by question, then by passage.
    pub judged: HashMap<String, HashMap<String, u32>>,
}

impl Set {
    /// Reads a folder.
    ///
    /// # Errors
    /// With file and line when something is missing or not in the format, or when nothing is judged.
    pub fn read(folder: &Path) -> Result<Self, EvalError> {
        let passages = json_lines::<Passage>(&folder.join("corpus.jsonl"))?;
        let mut questions = questions(folder)?;
        let judged = judgments(&folder.join("qrels").join("test.tsv"))?;
        let is_judged = |question: &Question| {
            judged
                .get(&question.id)
                .is_some_and(|grades| grades.values().any(|grade| *grade > 0))
        };
        questions.retain(is_judged);
        if questions.is_empty() {
            return Err(EvalError::NothingJudged {
                path: folder.to_path_buf(),
            });
        }
        let name = folder
            .canonicalize()
            .ok()
            .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        Ok(Self {
            name: name.unwrap_or_else(|| "set".to_owned()),
            passages,
            questions,
            judged,
        })
    }
}

fn questions(folder: &Path) -> Result<Vec<Question>, EvalError> {
    json_lines(&folder.join("queries.jsonl"))
}

/// The lines of a file with their numbers, without blank ones.
fn lines(path: &Path) -> Result<impl Iterator<Item = Result<(usize, String), EvalError>>, EvalError> {
    let unreadable = |path: PathBuf| move |source| EvalError::Unreadable { path, source };
    let file = File::open(path).map_err(unreadable(path.to_path_buf()))?;
    let path = path.to_path_buf();
    let lines = BufReader::new(file).lines().enumerate();
    Ok(lines
        .map(move |(at, line)| Ok((at + 1, line.map_err(unreadable(path.clone()))?)))
        .filter(|line| line.as_ref().map_or(true, |(_, text)| !text.trim().is_empty())))
}

fn json_lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, EvalError> {
    let mut all = Vec::new();
    for line in lines(path)? {
        let (line, text) = line?;
        all.push(serde_json::from_str(&text).map_err(|error| EvalError::Malformed {
            path: path.to_path_buf(),
            line,
            problem: error.to_string(),
        })?);
    }
    Ok(all)
}

fn judgments(path: &Path) -> Result<HashMap<String, HashMap<String, u32>>, EvalError> {
    let mut judged: HashMap<String, HashMap<String, u32>> = HashMap::new();
    for line in lines(path)? {
        let (line, text) = line?;
        let columns: Vec<&str> = text.split('\t').map(str::trim).collect();
        match columns.as_slice() {
            [question, passage, grade] if grade.parse::<f32>().is_ok() => {
                let grade = grade.parse::<f32>().unwrap_or_default().max(0.0) as u32;
                judged
                    .entry((*question).to_owned())
                    .or_default()
                    .insert((*passage).to_owned(), grade);
            }
            // The header.
            _ if line == 1 => {}
            _ => {
                return Err(EvalError::Malformed {
                    path: path.to_path_buf(),
                    line,
                    problem: "three columns are expected: question, passage, grade".to_owned(),
                });
            }
        }
    }
    Ok(judged)
}
