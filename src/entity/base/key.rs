//! The keys under which an entity is found: its names as they are compared, and more that begins with a mark.

use super::{Kind, OfficeRef, Rank, Record, Tenure};
use crate::entity::{fold, office, transliterate};

/// Before an entity's own key ("#Q7747"), an outlet's host name ("@lemonde.fr"), the sound of a name ("~zelenski$"), who
/// lives in a place ("%valmontai") and an office ("=president valmont"). Folded names have no such marks.
const ITEM: char = '#';
const HOST: char = '@';
const SOUND: char = '~';
const DEMONYM: char = '%';
const OFFICE: char = '=';

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

/// The key of an adjective or of inhabitants, whatever their gender and number.
pub(super) fn demonym(folded: &str) -> String {
    format!("{DEMONYM}{}", folded.trim_end_matches(['e', 's']))
}

/// The key of an office with this title ([`office::wording`]), or of the one of a place or body.
pub(super) fn titled(wording: &str, of: Option<u32>) -> String {
    match of {
        None => format!("{OFFICE}{wording}"),
        Some(of) => format!("{OFFICE}{wording}{HOST}{of}"),
    }
}

/// The key of those who held an office that is an item, or who held it for a place or body.
pub(super) fn held(office: u32, of: Option<u32>) -> String {
    titled(&format!("{ITEM}{office}"), of)
}

/// Calls `with` for the keys under which an office is found by its title and jurisdiction, and persons by the offices that
/// they held: in the place where they did, if it is told; of those who are known by a title, in their countries.
fn each_of_offices(record: &Record, mut with: impl FnMut(&str, Rank)) {
    let mut titled_of = |title: &str, rank| {
        let wording = office::wording(title);
        if !wording.is_empty() {
            let places = record.countries.iter().map(|place| Some(*place));
            places.chain([None]).for_each(|of| with(&titled(&wording, of), rank));
        }
    };
    if record.kind == Kind::Office {
        record.labels.iter().flatten().for_each(|title| titled_of(title, Rank::Label));
        record.aliases.iter().for_each(|title| titled_of(title, Rank::Alias));
    }
    for Tenure { office, .. } in &record.offices {
        if let OfficeRef::Title(title) = office {
            titled_of(title, Rank::Label);
        }
    }
    for Tenure { office, of, .. } in &record.offices {
        let OfficeRef::Item(item) = office else { continue };
        if of.is_empty() {
            with(&held(*item, None), Rank::Label);
        }
        of.iter().for_each(|place| with(&held(*item, Some(*place)), Rank::Label));
    }
}

/// Calls `with` for every key of a record, some of them more than once.
pub(super) fn each(record: &Record, mut with: impl FnMut(&str, Rank)) {
    with(&item(&record.key), Rank::Label);
    if record.kind == Kind::Outlet {
        record.web.iter().for_each(|name| with(&host(name), Rank::Label));
    }
    record.demonyms.iter().for_each(|name| with(&demonym(&fold::fold(name)), Rank::Label));
    each_of_offices(record, &mut with);
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
