//! A cursor over running text, for finding references in it.

/// A place in a text; readers move it on, or leave it where it was.
#[derive(Clone, Copy)]
pub(super) struct Scan<'t> {
    pub text: &'t str,
    pub at: usize,
}

impl<'t> Scan<'t> {
    /// What is left.
    pub fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The next letter.
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Moves over `text`, if it is next.
    pub fn eat(&mut self, text: &str) -> bool {
        let next = self.rest().starts_with(text);
        if next {
            self.at += text.len();
        }
        next
    }

    /// Moves over spaces (also those that do not break); tells how many.
    pub fn spaces(&mut self) -> usize {
        let mut count = 0;
        while let Some(space) = self
            .peek()
            .filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\n' | '\t'))
        {
            self.at += space.len_utf8();
            count += 1;
        }
        count
    }

    /// Moves over letters that fit.
    pub fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// A word of letters (and marks of scripts that need them).
    pub fn word(&mut self) -> &'t str {
        self.take_while(|c| c.is_alphabetic() || ('\u{900}'..='\u{97f}').contains(&c))
    }

    /// Whether a word ends here.
    pub fn at_boundary(&self) -> bool {
        !self.peek().is_some_and(char::is_alphanumeric)
    }

    /// Whether a word may begin at `at`.
    pub fn begins_word(&self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '/' | '-' | '.' | '_' | ':'))
    }

    /// Runs `read` on a copy; moves on only where it finds something.
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut copy = *self;
        let found = read(&mut copy)?;
        *self = copy;
        Some(found)
    }
}
