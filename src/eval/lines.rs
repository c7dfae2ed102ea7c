//! Reading a file of JSON lines, with what is wrong in it.

use super::error::EvalError;
use super::field::{Field, Wrong};
use std::path::Path;

/// Reads each line that is not empty with `read`, which is given its number.
///
/// # Errors
/// The first fault of each bad line; a file that cannot be read, or holds nothing, is one fault.
pub(super) fn read_lines<T>(
    path: &Path,
    read: impl Fn(usize, Field) -> Result<T, Wrong>,
) -> Result<Vec<T>, Vec<EvalError>> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| vec![EvalError::Unreadable { path: path.to_owned(), reason: error.to_string() }])?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let (mut values, mut errors) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match read_line(path, number, line, &read) {
            Ok(value) => values.push(value),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(values) } else { Err(errors) }
}

fn read_line<T>(
    path: &Path,
    number: usize,
    line: &str,
    read: impl Fn(usize, Field) -> Result<T, Wrong>,
) -> Result<T, EvalError> {
    let value = serde_json::from_str(line).map_err(|error| {
        let reason = error.to_string();
        // The parser knows of one line only.
        let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
        EvalError::NotJson { path: path.to_owned(), line: number, column: error.column(), reason }
    })?;
    read(number, Field::line(&value)).map_err(|wrong| EvalError::of(path, number, wrong))
}

/// The last part of a path: articles are known by the names of their files.
pub fn base_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
