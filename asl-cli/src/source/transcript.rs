//! A text that was made from parts of a file, and where in the file each of its parts stands.
//!
//! A definition in YAML, or inside a template, is read as JSON that the file does not contain. Findings are made in
//! that JSON and shown in the file.

use std::ops::Range;

/// A text with the places that it was taken from.
#[derive(Debug, Default)]
pub(crate) struct Transcript {
    text: String,
    /// In the order of the text, without overlaps; what stands between them is not from the file.
    pieces: Vec<Piece>,
}

#[derive(Debug)]
struct Piece {
    text: Range<usize>,
    file: Range<usize>,
    /// Whether the bytes are those of the file, one by one; else the whole stands for the whole.
    is_verbatim: bool,
}

impl Transcript {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Adds what is in no file.
    pub(crate) fn add(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds what stands for a part of the file.
    pub(crate) fn add_for(&mut self, text: &str, file: Range<usize>) {
        self.push(text, file, false);
    }

    /// Adds one character, as it is spelt in the text, for the bytes that spell it in the file.
    pub(crate) fn add_spelt(&mut self, spelling: &str, in_file: &str, file: Range<usize>) {
        let is_verbatim = spelling == in_file;
        let end = self.text.len();
        if is_verbatim
            && let Some(last) = self.pieces.last_mut()
            && last.is_verbatim
            && last.file.end == file.start
            && last.text.end == end
        {
            self.text.push_str(spelling);
            last.text.end += spelling.len();
            last.file.end = file.end;
        } else {
            self.push(spelling, file, is_verbatim);
        }
    }

    /// Adds another one behind.
    pub(crate) fn append(&mut self, other: Self) {
        let offset = self.text.len();
        self.text.push_str(&other.text);
        self.pieces.extend(
            other
                .pieces
                .into_iter()
                .map(|piece| Piece { text: piece.text.start + offset..piece.text.end + offset, ..piece }),
        );
    }

    /// A part of it.
    pub(crate) fn slice(&self, part: Range<usize>) -> Self {
        let first = self.pieces.partition_point(|piece| piece.text.end <= part.start);
        let inside = self.pieces[first..].iter().take_while(|piece| piece.text.start < part.end);
        let pieces = inside.map(|piece| {
            let text = piece.text.start.max(part.start)..piece.text.end.min(part.end);
            let file = if piece.is_verbatim {
                let start = piece.file.start + (text.start - piece.text.start);
                start..start + text.len()
            } else {
                piece.file.clone()
            };
            let text = text.start - part.start..text.end - part.start;
            Piece { text, file, is_verbatim: piece.is_verbatim }
        });
        Self { pieces: pieces.collect(), text: self.text[part].to_owned() }
    }

    fn push(&mut self, text: &str, file: Range<usize>, is_verbatim: bool) {
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece { text: start..self.text.len(), file, is_verbatim });
    }

    /// Where bytes of the text stand in the file.
    pub(crate) fn place(&self, text: &Range<usize>) -> Range<usize> {
        let Some(first) = self.piece(text.start) else { return 0..0 };
        let start = first.at(text.start).start;
        let last = self.piece(text.end.saturating_sub(1).max(text.start)).unwrap_or(first);
        let end = last.at(text.end.saturating_sub(1).max(text.start)).end;
        start..end.max(start)
    }

    /// The piece around a byte, or the nearest before it.
    fn piece(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.text.start <= at);
        self.pieces.get(after.saturating_sub(1))
    }
}

impl Piece {
    /// The bytes of the file for one byte of the text.
    fn at(&self, at: usize) -> Range<usize> {
        if !self.is_verbatim || !self.text.contains(&at) {
            return self.file.clone();
        }
        let byte = self.file.start + (at - self.text.start);
        byte..byte + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_exact_where_the_text_is_that_of_the_file() {
        let mut transcript = Transcript::default();
        transcript.add("{");
        transcript.add_for("\"", 10..11);
        for (index, letter) in ["N", "e", "x", "t"].into_iter().enumerate() {
            transcript.add_spelt(letter, letter, 11 + index..12 + index);
        }
        transcript.add_for("\\n", 15..19);
        assert_eq!(transcript.text(), "{\"Next\\n");
        assert_eq!(transcript.place(&(2..6)), 11..15);
        assert_eq!(transcript.place(&(3..4)), 12..13);
        assert_eq!(transcript.place(&(1..8)), 10..19);
        assert_eq!(transcript.place(&(7..8)), 15..19);
        assert_eq!(transcript.place(&(0..1)), 10..11);
        assert_eq!(transcript.place(&(100..200)), 15..19);
        assert_eq!(Transcript::default().place(&(0..1)), 0..0);
        let mut parts = transcript.slice(0..4);
        parts.append(transcript.slice(4..8));
        assert_eq!(parts.text(), transcript.text());
        assert_eq!(parts.place(&(3..5)), 12..14);
    }
}
