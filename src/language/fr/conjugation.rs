//! The third-person forms, participles and infinitive of a French verb, made from its infinitive.
//!
//! The regular groups (-er with its spelling changes, -ir/-iss, -dre) are rules; every other verb
//! is a row of `irregular.tsv`, found by the longest end of the infinitive.

use super::table;
use crate::language::Mood;
use crate::table::TableError;

/// The endings of one irregular group, as `irregular.tsv` gives them.
struct Irregular {
    end: &'static str,
    columns: [&'static str; 8],
}

/// All verbs that no rule covers.
pub struct Conjugator {
    irregular: Vec<Irregular>,
}

impl Conjugator {
    /// Reads `irregular.tsv`.
    pub fn new() -> Result<Self, TableError> {
        let columns = [
            "end",
            "present_s",
            "present_p",
            "imperfect",
            "past_s",
            "past_p",
            "future",
            "present_participle",
            "participles",
        ];
        let rows = table!("irregular.tsv", columns)?;
        let mut irregular: Vec<Irregular> =
            rows.into_iter().map(|(_, [end, columns @ ..])| Irregular { end, columns }).collect();
        irregular.sort_by_key(|group| std::cmp::Reverse(group.end.len()));
        Ok(Self { irregular })
    }

    /// Calls `with` for each form of `infinitive` (without a reflexive pronoun), with its mood and whether it is plural.
    pub fn each_form(&self, infinitive: &str, mut with: impl FnMut(&str, Mood, bool)) {
        let mut forms = Forms { form: String::with_capacity(32), with: &mut with };
        push(&mut forms, infinitive, "", Mood::Infinitive, false);
        let group = self.irregular.iter().find(|group| infinitive.ends_with(group.end));
        if let Some(group) = group {
            irregular(infinitive, group, &mut forms);
        } else if let Some(stem) = infinitive.strip_suffix("er") {
            first_group(stem, &mut forms);
        } else if let Some(stem) = infinitive.strip_suffix("ir") {
            second_group(stem, &mut forms);
        } else if let Some(stem) = infinitive.strip_suffix("re") {
            third_group(stem, &mut forms);
        }
    }
}

/// Where the forms go to, and the room in which each is put together.
struct Forms<'a> {
    form: String,
    with: &'a mut dyn FnMut(&str, Mood, bool),
}

fn push(forms: &mut Forms, stem: &str, end: &str, mood: Mood, plural: bool) {
    forms.form.clear();
    forms.form.push_str(stem);
    forms.form.push_str(end);
    (forms.with)(&forms.form, mood, plural);
}

/// Imparfait and conditionnel share their endings.
fn push_pair(forms: &mut Forms, stem: &str, mood: Mood) {
    push(forms, stem, "ait", mood, false);
    push(forms, stem, "aient", mood, true);
}

fn push_future(forms: &mut Forms, stem: &str) {
    push(forms, stem, "a", Mood::Future, false);
    push(forms, stem, "ont", Mood::Future, true);
    push_pair(forms, stem, Mood::Conditional);
}

fn push_participles(forms: &mut Forms, stem: &str, ends: [&str; 4]) {
    for (i, end) in ends.into_iter().enumerate() {
        push(forms, stem, end, Mood::PastParticiple, i >= 2);
    }
}

fn first_group(stem: &str, forms: &mut Forms) {
    // Before a, g and c keep their soft sound: mangeait, annonçait.
    let soft = match stem.as_bytes().last() {
        Some(b'g') => format!("{stem}e"),
        Some(b'c') => format!("{}ç", &stem[..stem.len() - 1]),
        _ => stem.to_owned(),
    };
    for strong in strong_stems(stem) {
        push(forms, &strong, "e", Mood::Present, false);
        push(forms, &strong, "ent", Mood::Present, true);
    }
    for strong in future_stems(stem) {
        push_future(forms, &format!("{strong}er"));
    }
    push_pair(forms, &soft, Mood::Imperfect);
    push(forms, &soft, "a", Mood::Past, false);
    push(forms, stem, "èrent", Mood::Past, true);
    push(forms, &soft, "ant", Mood::PresentParticiple, false);
    push_participles(forms, stem, ["é", "ée", "és", "ées"]);
}

/// The stem under stress: rappell-, soulèv-, répèt-, appui-, and balai- beside balay-.
fn strong_stems(stem: &str) -> Vec<String> {
    if let Some(head) = stem.strip_suffix('y') {
        let mut stems = vec![format!("{head}i")];
        if head.ends_with('a') || head.ends_with('e') {
            stems.push(stem.to_owned());
        }
        return stems;
    }
    if stem.ends_with("ppel") || stem.ends_with("jet") {
        return vec![format!("{stem}{}", &stem[stem.len() - 1..])];
    }
    // "tweete"
    if stem.ends_with("eet") {
        return vec![stem.to_owned()];
    }
    // A last syllable in e or é opens before a silent end: -ever, -eler, -érer, -éter, -éger.
    let tail = stem.rfind(['e', 'é']).filter(|&at| {
        let rest: Vec<char> = stem[at..].chars().skip(1).collect();
        let one_sound = matches!(rest.as_slice(), [_] | ['g', 'u'] | ['t' | 'd' | 'g' | 'c' | 'b' | 'p', 'r']);
        one_sound && rest.iter().all(|c| !"aeiouyéèê".contains(*c) || *c == 'u')
    });
    match tail {
        Some(at) => {
            let vowel = stem[at..].chars().next().map_or(0, char::len_utf8);
            vec![format!("{}è{}", &stem[..at], &stem[at + vowel..])]
        }
        None => vec![stem.to_owned()],
    }
}

/// The future follows the stressed stem, but é may stay (réitérera beside réitèrera).
fn future_stems(stem: &str) -> Vec<String> {
    let mut stems = strong_stems(stem);
    if stem.contains('é') && !stems.iter().any(|s| s == stem) {
        stems.push(stem.to_owned());
    }
    stems
}

fn second_group(stem: &str, forms: &mut Forms) {
    push(forms, stem, "it", Mood::Present, false);
    push(forms, stem, "issent", Mood::Present, true);
    push_pair(forms, &format!("{stem}iss"), Mood::Imperfect);
    push(forms, stem, "it", Mood::Past, false);
    push(forms, stem, "irent", Mood::Past, true);
    push_future(forms, &format!("{stem}ir"));
    push(forms, stem, "issant", Mood::PresentParticiple, false);
    push_participles(forms, stem, ["i", "ie", "is", "ies"]);
}

fn third_group(stem: &str, forms: &mut Forms) {
    push(forms, stem, "", Mood::Present, false);
    push(forms, stem, "ent", Mood::Present, true);
    push_pair(forms, stem, Mood::Imperfect);
    push(forms, stem, "it", Mood::Past, false);
    push(forms, stem, "irent", Mood::Past, true);
    push_future(forms, &format!("{stem}r"));
    push(forms, stem, "ant", Mood::PresentParticiple, false);
    push_participles(forms, stem, ["u", "ue", "us", "ues"]);
}

fn irregular(infinitive: &str, group: &Irregular, forms: &mut Forms) {
    let stem = &infinitive[..infinitive.len() - group.end.len()];
    let mut each = |column: usize, mood: Mood, plural: bool| {
        for end in group.columns[column].split(',').filter(|end| *end != "-") {
            push(forms, stem, end, mood, plural);
        }
    };
    each(0, Mood::Present, false);
    each(1, Mood::Present, true);
    each(3, Mood::Past, false);
    each(4, Mood::Past, true);
    each(6, Mood::PresentParticiple, false);
    push_pair(forms, &format!("{stem}{}", group.columns[2]), Mood::Imperfect);
    for future in group.columns[5].split(',') {
        push_future(forms, &format!("{stem}{future}"));
    }
    for (i, end) in group.columns[7].split(',').enumerate() {
        push(forms, stem, end, Mood::PastParticiple, i >= 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(infinitive: &str, form: &str, mood: Mood) -> bool {
        let mut found = false;
        Conjugator::new().unwrap().each_form(infinitive, |f, m, _| found |= f == form && m == mood);
        found
    }

    #[test]
    fn spelling_changes_of_the_first_group() {
        for (infinitive, form, mood) in [
            ("annoncer", "annonçait", Mood::Imperfect),
            ("exiger", "exigeant", Mood::PresentParticiple),
            ("rappeler", "rappelle", Mood::Present),
            ("marteler", "martèle", Mood::Present),
            ("répéter", "répète", Mood::Present),
            ("suggérer", "suggèrent", Mood::Present),
            ("alléguer", "allègue", Mood::Present),
            ("soulever", "soulève", Mood::Present),
            ("balayer", "balaie", Mood::Present),
            ("balayer", "balaye", Mood::Present),
            ("appuyer", "appuie", Mood::Present),
            ("rejeter", "rejette", Mood::Present),
            ("célébrer", "célèbre", Mood::Present),
            ("estimer", "estime", Mood::Present),
            ("préciser", "précise", Mood::Present),
            ("réitérer", "réitérera", Mood::Future),
        ] {
            assert!(has(infinitive, form, mood), "{infinitive} → {form}");
        }
        assert!(!has("estimer", "estème", Mood::Present));
        assert!(!has("préciser", "prècise", Mood::Present));
    }

    #[test]
    fn irregular_verbs_follow_their_longest_end() {
        for (infinitive, form, mood) in [
            ("dire", "disent", Mood::Present),
            ("démentir", "dément", Mood::Present),
            ("reconnaître", "reconnaît", Mood::Present),
            ("reconnaître", "reconnu", Mood::PastParticiple),
            ("prévenir", "prévient", Mood::Present),
            ("promettre", "promis", Mood::PastParticiple),
            ("craindre", "craignait", Mood::Imperfect),
            ("écrire", "écrivent", Mood::Present),
            ("poursuivre", "poursuit", Mood::Present),
            ("conclure", "conclu", Mood::PastParticiple),
            ("prévoir", "prévoient", Mood::Present),
            ("répondre", "répondu", Mood::PastParticiple),
            ("avertir", "avertissait", Mood::Imperfect),
        ] {
            assert!(has(infinitive, form, mood), "{infinitive} → {form}");
        }
    }
}
