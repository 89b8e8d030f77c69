//! Drafts and wording, asked of an opened library.

use crate::compare::{CompareError, ComparedText, Draft, DraftReport, DraftRequest, Wording};
use crate::law::{TextKind, today};
use crate::library::Library;

impl Library {
    /// Sets a draft against model laws and the law of other countries. Nothing of it is kept.
    ///
    /// # Errors
    /// When it has too many provisions, something asked for does not exist, or the index or model fails.
    pub fn examine(&self, draft: &Draft, request: &DraftRequest) -> Result<DraftReport, CompareError> {
        let opened = self.current.load();
        crate::compare::examine(draft, request, opened.facts()?, &self.searcher(&opened), today())
    }

    /// Two provisions word by word: articles of model laws, or laws whose official words the corpus has.
    ///
    /// # Errors
    /// When one of them does not exist, is a summary of ours, or the two are in different languages.
    pub fn wording(&self, a: &str, b: &str) -> Result<Wording, CompareError> {
        let (a, b) = (self.words_of(a)?, self.words_of(b)?);
        let primary = |language: &str| language.split('-').next().unwrap_or_default().to_owned();
        if primary(&a.language) != primary(&b.language) {
            return Err(CompareError::Languages {
                a: (a.id, a.language),
                b: (b.id, b.language),
            });
        }
        Ok(crate::compare::wording(a, b))
    }

    fn words_of(&self, id: &str) -> Result<ComparedText, CompareError> {
        let Some((provision, document)) = self.provision(id)? else {
            return Err(CompareError::UnknownId {
                given: id.to_owned(),
                near: self.near_identifiers(id),
            });
        };
        if provision.article.is_none() && provision.text_kind == TextKind::Summary {
            return Err(CompareError::WrongKind {
                given: id.to_owned(),
                is: "a description of ours, not the words of the law",
                cure: "wording is compared between articles of model laws and provisions whose official text was imported",
                near: Vec::new(),
            });
        }
        Ok(ComparedText {
            id: provision.id,
            title: document.title.clone(),
            pinpoint: provision.pinpoint,
            language: provision.language,
            text: provision.text,
        })
    }
}
