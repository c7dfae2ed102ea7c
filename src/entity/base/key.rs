//! The keys under which an entity is found: its names as they are compared, and more that begins with a mark.

use super::{Kind, Rank, Record};
use crate::entity::{fold, transliterate};

/// Before an entity's own key ("#Q7747"), an outlet's host name ("@lemonde.fr"), and the sound of a name
/// ("~zelenski$"). Folded names have no such marks.
const ITEM: char = '#';
const HOST: char = '@';
const SOUND: char = '~';

/// The key of an item or slug.
pub(super) fn item(key: &str) -> String {
    format!("{ITEM}{key}")
}

/// The key of a host name.
pub(super) fn host(host: &str) -> String {
    format!("{HOST}{host}")
}

/// The key of what a folded name sounds like.
pub(super) fn sound(folded: &str) -> String {
    format!("{SOUND}{}", transliterate::key(folded))
}

/// Calls `with` for every key of a record, some of them more than once.
pub(super) fn each(record: &Record, mut with: impl FnMut(&str, Rank)) {
    with(&item(&record.key), Rank::Label);
    if record.kind == Kind::Outlet {
        record.web.iter().for_each(|name| with(&host(name), Rank::Label));
    }
    let heard = record.kind == Kind::Person && record.countries.iter().any(|country| is_of_other_letters(*country));
    let labels = record.labels.iter().flatten().map(|name| (name, Rank::Label));
    let aliases = record.aliases.iter().map(|name| (name, Rank::Alias));
    let mut folded = String::new();
    for (name, rank) in labels.chain(aliases) {
        fold::fold_into(name, &mut folded);
        if folded.is_empty() {
            continue;
        }
        with(&folded, rank);
        let bare = fold::without_article(&folded);
        if bare.len() < folded.len() {
            with(bare, Rank::Derived);
        }
        // A single name sounds like too many others.
        if heard && folded.is_ascii() && folded.contains(' ') {
            with(&sound(&folded), Rank::Sound);
        }
    }
}

/// Whether names of this country come from other letters than ours.
fn is_of_other_letters(country: u32) -> bool {
    transliterate::concerns(Some(&format!("Q{country}")))
}
