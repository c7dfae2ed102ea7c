//! English words that make the outlet after them a relay.

use crate::extract::reading::Reading;
use crate::language::Frames;

/// Prepositions before the outlet to which, on which or in which something was said.
const LEADS: [&str; 8] = ["to", "on", "in", "with", "by", "via", "from", "through"];

/// Whether the word at `lead` makes the outlet after it a relay: "on CNN", "told Reuters".
pub(in crate::extract) fn leads_to_outlet(reading: &Reading, lead: usize) -> bool {
    let told = || reading.forms(lead).iter().any(|form| reading.lexicon.verb(form.verb).frames.has(Frames::TOLD));
    LEADS.contains(&reading.lower(lead)) || told()
}
