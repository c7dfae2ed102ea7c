//! Front matter: what the lines between two `---` at the head of a text say of it, `name: value` a line.

use super::fields::{Field, FieldMap};
use super::metadata::Metadata;
use super::origin::Origin;

/// The mark above and below front matter.
const MARK: &str = "---";

/// What the lines say.
#[derive(Debug, PartialEq)]
pub(super) struct FrontMatter {
    pub known: Metadata,
    /// What cannot be used, with its line, from 1.
    pub problems: Vec<(u64, String)>,
    /// Byte at which the text proper begins.
    pub end: usize,
}

/// The front matter of `text`, if it has any.
pub(super) fn read(text: &str, map: &FieldMap) -> Option<FrontMatter> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == MARK)?;
    let mut at = first.len();
    let (mut known, mut problems) = (Metadata::default(), Vec::new());
    for (number, line) in (2..).zip(lines) {
        at += line.len();
        let words = line.trim();
        if words == MARK || words == "..." {
            let blank = text[at..].len() - text[at..].trim_start_matches(['\n', '\r']).len();
            return Some(FrontMatter { known, problems, end: at + blank });
        }
        // Lists, deeper levels and notes are not ours.
        if words.is_empty() || line.starts_with([' ', '\t', '-', '#']) {
            continue;
        }
        // A line of a text between two rules is no front matter.
        let is_name = |name: &str| !name.is_empty() && !name.contains(char::is_whitespace);
        let (name, value) = line.split_once(':').filter(|(name, _)| is_name(name))?;
        problems.extend(take(&mut known, name, value, map).err().map(|problem| (number, problem)));
    }
    None
}

/// Takes one value.
fn take(known: &mut Metadata, name: &str, value: &str, map: &FieldMap) -> Result<(), String> {
    let value = unquoted(value.trim());
    let Some((field, _)) = map.find(name).filter(|_| !value.is_empty()) else { return Ok(()) };
    let found = Some((value.to_owned(), Origin::FrontMatter));
    match field {
        Field::Title => known.title = found,
        Field::Outlet => known.outlet = found,
        Field::Author => known.author = found.map(|(list, origin)| (listed(&list), origin)),
        Field::Url => return known.locate(value.to_owned(), Origin::FrontMatter),
        Field::Published => return known.publish(value, Origin::FrontMatter),
        Field::Language => return known.write_in(value, Origin::FrontMatter),
        Field::Id | Field::Text => {}
    }
    Ok(())
}

/// The value without the quotes around it.
fn unquoted(value: &str) -> &str {
    let within = |mark: char| value.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    within('"').or_else(|| within('\'')).unwrap_or(value)
}

/// The names of a list in brackets, with a comma between.
fn listed(value: &str) -> String {
    let inner = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.map_or_else(
        || value.to_owned(),
        |list| list.split(',').map(|n| unquoted(n.trim())).collect::<Vec<_>>().join(", "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_by_default(text: &str) -> Option<(FrontMatter, &str)> {
        let front = read(text, &FieldMap::default())?;
        let rest = &text[front.end..];
        Some((front, rest))
    }

    #[test]
    fn the_lines_between_the_marks_describe_the_text() {
        let text = "---\r\ntitle: \"Le pont : enfin\"\r\ndate: 2021-04-06 18:40:00 +0200\r\nauthor: [Anne Roy, 'Paul Blanc']\r\n\
                    tags:\r\n  - pont\r\n# note\r\nlink: https://courrier.example/1\r\n---\r\n\r\nLe pont rouvre.\r\n";
        let (FrontMatter { known, problems, .. }, rest) = read_by_default(text).unwrap();
        assert_eq!(known.title.unwrap(), ("Le pont : enfin".to_owned(), Origin::FrontMatter));
        assert_eq!(known.published.unwrap().0.to_string(), "2021-04-06");
        assert_eq!(known.author.unwrap().0, "Anne Roy, Paul Blanc");
        assert_eq!((known.url.unwrap().0.as_str(), known.outlet), ("https://courrier.example/1", None));
        assert_eq!((problems.len(), rest), (0, "Le pont rouvre.\r\n"));
    }

    #[test]
    fn a_value_that_cannot_be_used_is_told() {
        let (FrontMatter { known, problems, .. }, rest) =
            read_by_default("---\ndate: hier\noutlet: Le Courrier\n---\nOui.").unwrap();
        assert_eq!((known.published, known.outlet.unwrap().0.as_str(), rest), (None, "Le Courrier", "Oui."));
        assert_eq!((problems[0].0, problems[0].1.starts_with("published: `hier`")), (2, true));
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in
            ["---\nLe pont rouvre, a dit la maire.\n---\nFin.", "--- Le pont\n---\n", "---\ntitle: sans fin\n", "Oui."]
        {
            assert_eq!(read_by_default(text), None, "{text}");
        }
    }
}
