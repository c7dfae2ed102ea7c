//! Offsets: bytes inside the program, Unicode code points in what it writes.

/// Bytes between two marks: few enough to count in no time, many enough to keep the list short. A byte can count them.
const STEP: usize = 128;

/// Turns byte offsets of a text into code points, without counting from the start each time.
pub struct CodePoints<'a> {
    bytes: &'a [u8],
    /// Code points before each multiple of [`STEP`].
    marks: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    /// Reads `text` once.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut marks = Vec::with_capacity(bytes.len() / STEP + 2);
        let mut before = 0;
        marks.push(before);
        for block in bytes.chunks(STEP) {
            before += starts(block);
            marks.push(before);
        }
        Self { bytes, marks }
    }

    /// Code points before the byte offset `byte`, which is a character boundary of the text.
    pub fn before(&self, byte: usize) -> usize {
        let block = byte / STEP;
        self.marks[block] + starts(&self.bytes[block * STEP..byte])
    }
}

/// How many characters begin in `bytes`, which are no more than [`STEP`]: in UTF-8 all bytes but those of the form
/// 10xxxxxx begin one.
fn starts(bytes: &[u8]) -> usize {
    // A sum of bytes is compiled to vectors of many.
    let sum: u8 = bytes.iter().map(|byte| u8::from(byte & 0b1100_0000 != 0b1000_0000)).sum();
    usize::from(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_from_the_start() {
        let text = "« L'été », a dit Zoé 🗞️. ".repeat(200);
        let code_points = CodePoints::new(&text);
        for (byte, _) in text.char_indices() {
            assert_eq!(code_points.before(byte), text[..byte].chars().count());
        }
        assert_eq!(code_points.before(text.len()), text.chars().count());
    }

    #[test]
    fn an_empty_text_has_an_end() {
        assert_eq!(CodePoints::new("").before(0), 0);
    }
}
