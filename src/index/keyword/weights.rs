//! What the fields count for.

/// What one occurrence of a word counts for in each field, and what a recognised reference adds to the score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeywordWeights {
    /// In the titles of the document, unstemmed.
    pub title: f32,
    /// In title, jurisdiction, pinpoint, headings and topics.
    pub head: f32,
    /// In the text.
    pub body: f32,
    /// In head or text in the form that was asked for, where no stem of it is found.
    pub exact: f32,
    /// For a topic that the query calls by one of its labels.
    pub topic: f32,
    /// For a word of that topic's labels, as a share of a word of the query.
    pub label: f32,
    /// For the pinpoint, number or citation that was asked for; far above what words can reach, so that it comes first.
    pub reference: f32,
}

impl Default for KeywordWeights {
    fn default() -> Self {
        Self {
            title: 0.5,
            head: 1.5,
            body: 1.0,
            exact: 0.5,
            topic: 0.0,
            label: 0.0,
            reference: 100.0,
        }
    }
}
