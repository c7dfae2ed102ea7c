//! The form of a store: which forms there were, and how a store of an older one is brought to this one.

/// The form in which this program writes stores.
pub(super) const FORM: u32 = 1;

/// What a store of the form before needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mend {
    /// Its graph is as it should be: only the number is noted.
    Note,
    /// Its graph goes out and comes in again, as by `dixit export` and `dixit import`: what articles say and what people put
    /// right stays, what the store keeps for itself is made anew.
    #[allow(dead_code, reason = "no form has needed it yet; --anew asks for it")]
    Anew,
}

/// How a form differs from the one before.
struct Change {
    form: u32,
    what: &'static str,
    mend: Mend,
}

/// All forms, the oldest first. Form 0 are the stores that do not say theirs.
const CHANGES: [Change; FORM as usize] =
    [Change { form: 1, what: "a store tells its form, in the file `version`", mend: Mend::Note }];

/// What a store of this form needs, and what has changed since.
pub(super) fn mend(found: u32) -> (Mend, Vec<&'static str>) {
    let since = || CHANGES.iter().filter(|change| change.form > found);
    let mend = if since().any(|change| change.mend == Mend::Anew) { Mend::Anew } else { Mend::Note };
    (mend, since().map(|change| change.what).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_told_once() {
        assert!(CHANGES.iter().map(|change| change.form).eq(1..=FORM));
        assert_eq!(mend(FORM), (Mend::Note, Vec::new()));
        assert_eq!(mend(0).1.len(), FORM as usize);
    }
}
