//! Words that pages give as titles, names and addresses, as we keep them.

use super::super::shown::Shown;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Most letters of the name of a person or an outlet.
const LONGEST_NAME: usize = 80;

/// Most words of an outlet's name in a page's title.
const OUTLET_WORDS: usize = 5;

/// Marks between the parts of a page's title.
const SEPARATORS: [&str; 10] = [" | ", " - ", " – ", " — ", " • ", " · ", " » ", " :: ", " / ", " < "];

/// Text without entities and runs of white space.
pub(super) fn decode(text: &str) -> String {
    Shown::of(text).text().to_owned()
}

/// A line: entities decoded, white space in order; none if nothing is left.
pub(super) fn line(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Shown::of(&text).text().trim().to_owned()).filter(|line| line.chars().any(char::is_alphanumeric))
}

/// The letters and digits of a text, small and without accents.
fn bare(text: &str) -> String {
    let plain = text.nfd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
    plain.flat_map(char::to_lowercase).collect()
}

/// Whether two texts are of the same words.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    bare(one) == bare(other)
}

/// Whether two addresses lead to the same page.
pub(super) fn same_address(one: &str, other: &str) -> bool {
    let bare = |address: &str| {
        let place = address.split_once("://").map_or(address, |(_, rest)| rest);
        let place = place.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        place.strip_prefix("www.").unwrap_or(place).to_ascii_lowercase()
    };
    bare(one) == bare(other)
}

/// A title without the name of the outlet behind it.
pub(super) fn title(text: &str, outlet: Option<&str>) -> Option<String> {
    let text = line(text)?;
    match parts(&text) {
        Some((title, rest)) if outlet.is_some_and(|outlet| same_words(rest, outlet)) => line(title),
        _ => Some(text),
    }
}

/// A page's title cut at the last separator.
fn parts(text: &str) -> Option<(&str, &str)> {
    let cut = |mark: &&str| text.rfind(*mark).map(|at| (at, at + mark.len()));
    let (end, start) = SEPARATORS.iter().filter_map(cut).max()?;
    Some((text[..end].trim(), text[start..].trim()))
}

/// The outlet behind the last separator of a page's title; `headline` is what the page calls the article elsewhere.
pub(super) fn outlet_of_title(text: &str, headline: Option<&str>) -> Option<String> {
    let (_, rest) = parts(text)?;
    let in_headline = headline.is_some_and(|headline| bare(headline).contains(&bare(rest)));
    let is_name = rest.split_whitespace().count() <= OUTLET_WORDS && rest.starts_with(|c: char| !c.is_lowercase());
    outlet(rest).filter(|_| headline.is_some() && !in_headline && is_name)
}

/// The name of an outlet.
pub(super) fn outlet(text: &str) -> Option<String> {
    line(text).filter(|name| is_name(name))
}

/// Not an address, and not a sentence.
fn is_name(text: &str) -> bool {
    let is_address = text.contains("://") || text.starts_with("www.") || text.contains('@') || text.contains('/');
    !is_address && text.chars().count() <= LONGEST_NAME
}

/// The names of persons as one text; not the outlet, which often stands where its authors should.
pub(super) fn authors(names: &[String], outlet: Option<&str>) -> Option<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names.iter().filter_map(|name| line(name)) {
        let name = ["Par ", "par ", "PAR ", "By ", "by "].iter().find_map(|by| name.strip_prefix(by)).unwrap_or(&name);
        let name = name.trim_matches(|c: char| ",;|:".contains(c) || c.is_whitespace());
        let is_outlet = outlet.is_some_and(|outlet| same_words(name, outlet));
        let is_new = !kept.iter().any(|known| same_words(known, name));
        if is_name(name) && !is_outlet && is_new && name.chars().any(char::is_alphabetic) && !is_account(name) {
            kept.push(name.to_owned());
        }
    }
    Some(kept.join(", ")).filter(|names| !names.is_empty())
}

/// Names of accounts, by which no one is known.
fn is_account(name: &str) -> bool {
    ["admin", "administrator", "administrateur", "redaction", "laredaction", "webmaster", "root", "undefined", "null"]
        .contains(&bare(name).as_str())
}

/// A language tag (BCP 47) in small letters; pages also write "fr_FR".
pub(super) fn language(text: &str) -> Option<String> {
    let tag = text.trim().replace('_', "-").to_ascii_lowercase();
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    // Some write the charset there.
    let fits = (2..=3).contains(&first.len())
        && first != "utf"
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    fits.then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_the_outlet_behind_them_and_nothing_else() {
        let read = |text| title(text, Some("Le Courrier")).unwrap_or_default();
        assert_eq!(read(" Le pont &amp;#039;rouvre&amp;#039;\n - LE COURRIER "), "Le pont 'rouvre'");
        assert_eq!(read("Le pont - la suite"), "Le pont - la suite");
        assert_eq!(title(" \u{a0} ", None), None);
    }

    #[test]
    fn the_outlet_may_stand_behind_the_title() {
        let read = |text| outlet_of_title(text, Some("Le pont - la suite"));
        assert_eq!(read("Le pont - la suite | Le Courrier").as_deref(), Some("Le Courrier"));
        assert_eq!(read("Le pont - La suite"), None, "part of the title");
        assert_eq!(read("Le pont | toute l'actualité"), None, "not a name");
        assert_eq!(outlet_of_title("Le pont - Le Courrier", None), None, "nothing tells title and outlet apart");
    }

    #[test]
    fn authors_are_persons() {
        let read = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            authors(&names, Some("Le Courrier")).unwrap_or_default()
        };
        assert_eq!(read(&["Par Anne Roy", "Luc Petit", "anne roy"]), "Anne Roy, Luc Petit");
        assert_eq!(read(&["Le Courrier", "https://exemple.fr/anne", "a@exemple.fr", "admin", ""]), "");
        assert_eq!(read(&["Le Courrier et AFP"]), "Le Courrier et AFP");
    }

    #[test]
    fn languages_are_tags() {
        assert_eq!(language("fr_FR").as_deref(), Some("fr-fr"));
        assert_eq!([language("français"), language(""), language("fr,en"), language("UTF-8")], [const { None }; 4]);
    }

    #[test]
    fn addresses_are_compared_by_their_place() {
        assert!(same_address("http://www.exemple.fr/a/?x=1#y", "https://exemple.fr/a"));
        assert!(!same_address("https://exemple.fr/a", "https://exemple.fr/b"));
    }
}
