//! Reporting verb groups: auxiliary, negation, adverbs, pronouns and the reporting verb together.

use super::reading::Reading;
use crate::language::{Classes, Form, Frames, Helper, Mood, Verb};
use std::ops::Range;

/// The part that a group plays in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Carries a subject: "déclare", "a déclaré", "tient à rappeler".
    Finite,
    /// "ajoutant", "en soulignant": its subject is that of the main verb.
    Participle,
    /// "(avant) d'ajouter", "pour dénoncer".
    Infinitive,
    /// A bare participle after "et": "a accusé … et menacé".
    Shared,
    /// "a été jugé … par", "jugé": its source is the agent.
    Passive,
}

/// A reporting verb with what belongs to it.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its tokens, an inverted pronoun included.
    pub range: Range<usize>,
    /// Index of the verb in the lexicon.
    pub verb: u16,
    /// Its part in the sentence.
    pub shape: Shape,
    /// The inverted pronoun of "a-t-il ajouté".
    pub clitic: Option<usize>,
    /// "n'a pas dit".
    pub negated: bool,
    /// "pourrait", "aurait déclaré": the saying itself is not asserted.
    pub conditional: bool,
}

impl Group {
    /// The reporting verb.
    pub fn verb<'a>(&self, reading: &'a Reading) -> &'a Verb {
        reading.lexicon.verb(self.verb)
    }
}

/// All reporting verb groups among the tokens `range`, in order. Tokens inside quotations are passed over.
pub fn groups(reading: &Reading, range: Range<usize>) -> Vec<Group> {
    let signs = reading.signs_in(&range);
    groups_among(reading, range, signs)
}

/// The same where the signs of speech among the tokens are at hand.
pub fn groups_among(reading: &Reading, range: Range<usize>, signs: &[u32]) -> Vec<Group> {
    if reading.is_english() {
        return super::english::groups_among(reading, range, signs);
    }
    let mut found: Vec<Group> = Vec::new();
    let mut from = range.start;
    for at in signs.iter().map(|at| *at as usize) {
        if !reading.is(at, Classes::CUE) || at < from || reading.quotation_at(at).is_some() {
            continue;
        }
        let scan = Scan { reading, start: range.start, end: range.end, at };
        if let Some(group) = scan.group(found.last()).and_then(|group| scan.admitted(group)) {
            from = group.range.end;
            found.push(group);
        }
    }
    found
}

/// Where a group with a subject may begin among the tokens `range`: at a verb, or at its pronouns.
pub fn beginnings(reading: &Reading, range: Range<usize>) -> impl Iterator<Item = usize> {
    let verbs = reading.signs_in(&range).iter().map(|i| *i as usize).filter(|i| reading.is(*i, Classes::CUE));
    verbs.map(move |mut i| {
        while i > range.start && reading.is(i - 1, Classes::CLITIC | Classes::NEG) {
            i -= 1;
        }
        i
    })
}

struct Scan<'a> {
    reading: &'a Reading<'a>,
    start: usize,
    end: usize,
    at: usize,
}

impl Scan<'_> {
    /// "n'a pas caché que …" tells what "a caché que …" does not.
    fn admitted(&self, group: Group) -> Option<Group> {
        // "autrement dit", "cela dit": an adverb, no cue.
        let first = group.range.start;
        let phrase = |from: usize| self.reading.adverbial_at(from);
        if first > self.start && phrase(first - 1).is_some_and(|n| n > 1) {
            return None;
        }
        match group.verb(self.reading).class {
            "conceal" => group.negated.then_some(Group { negated: false, ..group }),
            // "y voit « un signe »", "voit dans le plan « un signe »"
            "see" => {
                let there = (first.saturating_sub(1)..group.range.end).any(|k| self.reading.lower(k) == "y");
                let next = self.reading.lower(self.skip_adverbs(group.range.end));
                (there || matches!(next, "dans" | "en" | "là")).then_some(group)
            }
            _ => Some(group),
        }
    }

    fn group(&self, before: Option<&Group>) -> Option<Group> {
        let (reading, i) = (self.reading, self.at);
        if reading.tokens.is_capital(i) && i > self.start && !reading.tokens.is_mark(i - 1) {
            return None;
        }
        let forms = reading.forms(i);
        let auxiliary = |helper| forms.iter().find(|f| f.mood.is_finite() && self.helper(**f) == helper);
        if let Some(form) = auxiliary(Helper::Have).or_else(|| auxiliary(Helper::Be)) {
            return self.compound(*form);
        }
        let finite = forms.iter().find(|f| f.mood.is_finite()).filter(|_| !self.is_noun_here());
        finite.and_then(|form| self.simple().or_else(|| self.light(*form))).or_else(|| self.non_finite(before))
    }

    /// "a (-t-il) (également) déclaré", "s'est (-il) félicité", "a été jugé", "a tenu à rappeler".
    fn compound(&self, form: Form) -> Option<Group> {
        let reading = self.reading;
        let mut j = self.at + 1;
        let clitic = reading.tokens.is_clitic(j).then_some(j);
        if clitic.is_some() {
            j += 1;
        }
        // "a lui annoncé": the pronoun stands for the subject.
        if reading.is(j, Classes::OBLIQUE) && self.of_mood(j + 1, Mood::PastParticiple).next().is_some() {
            j += 1;
        }
        let (mut negated, mut skipped) = (false, 0);
        while j < self.end && skipped < 7 {
            if let Some(next) = self.adverb(j) {
                negated |= (j..next).any(|k| self.is_not(k));
                skipped += 1;
                j = next;
            } else {
                break;
            }
        }
        let participles = || self.of_mood(j, Mood::PastParticiple);
        let passive = reading.lower(j) == "été";
        if !passive && participles().next().is_none() {
            return None;
        }
        let make = |group: Group| Some(Group { clitic, negated, ..group });
        let conditional = form.mood == Mood::Conditional;
        let is_être = self.helper(form) == Helper::Be;
        let has_se = self.has_se(self.at);
        let start = self.left_edge(self.at);
        if passive && !is_être {
            let k = self.skip_adverbs(j + 1);
            let form = self.of_mood(k, Mood::PastParticiple).find(|f| self.reports(*f, false))?;
            return make(self.made(start..k + 1, form, Shape::Passive, conditional));
        }
        // A light verb leads to the reporting infinitive: "a tenu à rappeler", "a voulu rassurer".
        if let Some(group) = participles().find_map(|f| self.through_light(f, j, start, negated)) {
            return Some(Group { clitic, conditional, ..group });
        }
        if is_être && !has_se {
            let form = participles().find(|f| self.reports(*f, false))?;
            let shape = if self.believes(form, j) { Shape::Finite } else { Shape::Passive };
            return make(self.made(start..j + 1, form, shape, conditional));
        }
        let (form, end) = self.best(j, |mood| mood == Mood::PastParticiple, has_se)?;
        make(self.made(start..end, form, Shape::Finite, conditional))
    }

    /// "déclare", "se félicite", "fait savoir", each perhaps with its inverted pronoun.
    fn simple(&self) -> Option<Group> {
        let reading = self.reading;
        let (form, mut end) = self.best(self.at, Mood::is_finite, self.has_se(self.at))?;
        let clitic = reading.tokens.is_clitic(self.at + 1).then_some(self.at + 1);
        end = end.max(clitic.map_or(0, |c| c + 1));
        let negated = self.has_ne(self.at) && (end..end + 2).any(|k| self.is_not(k));
        // "ne pense pas que": the particle is part of the group.
        while negated && end < self.end && reading.is(end, Classes::NEG) {
            end += 1;
        }
        let start = self.left_edge(self.at);
        let group = self.made(start..end, form, Shape::Finite, false);
        Some(Group { clitic, negated, conditional: form.mood == Mood::Conditional, ..group })
    }

    /// "tient à rappeler", "pourrait annoncer", "vient de déclarer".
    fn light(&self, form: Form) -> Option<Group> {
        if !matches!(self.helper(form), Helper::Light | Helper::Lapse) {
            return None;
        }
        let start = self.left_edge(self.at);
        let clitic = self.reading.tokens.is_clitic(self.at + 1).then_some(self.at + 1);
        let group = self.through_light(form, clitic.unwrap_or(self.at), start, self.has_ne(self.at))?;
        // "peut-on lire dans le rapport": it can be read, for it is there.
        let reads = self.reading.lexicon.verb(group.verb).lemma == "lire";
        if clitic.is_some() && !reads {
            return None;
        }
        let modal = matches!(self.reading.lexicon.verb(form.verb).lemma, "pouvoir" | "devoir") && !reads
            || form.mood == Mood::Conditional;
        Some(Group { clitic, conditional: modal, ..group })
    }

    /// "tient à rappeler", "n'a pas manqué de rappeler": the form at `at` leads to the reporting infinitive.
    fn through_light(&self, form: Form, at: usize, start: usize, negated: bool) -> Option<Group> {
        let reading = self.reading;
        let helper = self.helper(form);
        let fails = helper == Helper::Lapse;
        if !(helper == Helper::Light || fails && negated) {
            return None;
        }
        let mut k = self.skip_adverbs(at + 1);
        // "vient défendre": a journey; "vient de défendre": speech.
        if reading.lexicon.verb(form.verb).lemma == "venir" && !matches!(reading.lower(k), "de" | "d'") {
            return None;
        }
        if matches!(reading.lower(k), "à" | "de" | "d'" | "par") {
            k += 1;
        }
        while matches!(reading.lower(k), "se" | "s'" | "le" | "l'" | "y" | "en") {
            k += 1;
        }
        k = self.skip_adverbs(k);
        let has_se = k > 0 && matches!(reading.lower(k - 1), "se" | "s'");
        let (form, end) = self.best(k, |mood| mood == Mood::Infinitive, has_se)?;
        let group = self.made(start..end, form, Shape::Finite, false);
        (end <= self.end).then_some(Group { negated: negated && !fails, ..group })
    }

    /// "(en) soulignant", "avant d'ajouter", "pour dénoncer", "et menacé".
    fn non_finite(&self, before: Option<&Group>) -> Option<Group> {
        let reading = self.reading;
        let i = self.at;
        let has_se = self.has_se(i);
        let of = |mood: Mood| {
            self.of_mood(i, mood).next()?;
            self.best(i, |other| other == mood, has_se)
        };
        // "maintenant que" is no form of "maintenir".
        if let Some((form, end)) = of(Mood::PresentParticiple).filter(|_| !reading.is(i, Classes::ADV)) {
            let mut start = if has_se { i - 1 } else { i };
            while start > self.start && matches!(reading.lower(start - 1), "en" | "tout") {
                start -= 1;
            }
            return Some(self.made(start..end, form, Shape::Participle, false));
        }
        // "se bornant à observer"
        let lightly = |f| self.through_light(f, i, i, false);
        if let Some(group) = self.of_mood(i, Mood::PresentParticiple).find_map(lightly) {
            return Some(Group { shape: Shape::Participle, ..group });
        }
        if let Some((form, end)) = of(Mood::Infinitive) {
            let mut k = if has_se { i - 1 } else { i };
            if k > self.start && matches!(reading.lower(k - 1), "de" | "d'" | "pour" | "par") {
                k -= 1;
                if k > self.start && matches!(reading.lower(k - 1), "avant" | "et") {
                    k -= 1;
                }
                let lead = reading.lower(k);
                // "Et le facteur de conclure : « … »"
                let tells = matches!(lead, "de" | "d'")
                    && reading.mark(end) == Some(':')
                    && reading.quotation_at(end + 1).is_some();
                if matches!(lead, "avant" | "et" | "pour") || k == self.start || tells {
                    return Some(self.made(k..end, form, Shape::Infinitive, false));
                }
            }
            return None;
        }
        if let Some((start, has_se)) = self.after_having(i)
            && let Some((form, end)) = self.best(i, |mood| mood == Mood::PastParticiple, has_se)
        {
            return Some(self.made(start..end, form, Shape::Infinitive, false));
        }
        if let Some(form) = self.of_mood(i, Mood::PastParticiple).find(|f| self.believes(*f, i)) {
            return Some(self.made(i..i + 1, form, Shape::Participle, false));
        }
        let shares = before.is_some_and(|g| g.shape == Shape::Finite) && i > self.start;
        if shares && matches!(reading.lower(i - 1), "et" | "puis" | "ou") {
            let (form, end) = self.best(i, |mood| mood == Mood::PastParticiple, false)?;
            return Some(self.made(i..end, form, Shape::Shared, false));
        }
        None
    }

    /// "après avoir longuement dénoncé", "après s'être félicité": where the group of the participle at `i` begins, and
    /// whether it has "se".
    fn after_having(&self, i: usize) -> Option<(usize, bool)> {
        let reading = self.reading;
        let word = |k: usize| if k >= self.start { reading.lower(k) } else { "" };
        let auxiliary = (i.saturating_sub(3)..i).rev().find(|k| !reading.is(*k, Classes::ADV))?;
        let has_se = word(auxiliary) == "être" && auxiliary > 0 && matches!(word(auxiliary - 1), "s'" | "se");
        let mut first = auxiliary - usize::from(has_se);
        if word(auxiliary) == "avoir" && first > 0 && reading.is(first - 1, Classes::CLITIC) {
            first -= 1;
        }
        let after = first.checked_sub(1).filter(|k| word(*k) == "après")?;
        (has_se || word(auxiliary) == "avoir").then_some((after, has_se))
    }

    fn made(&self, range: Range<usize>, form: Form, shape: Shape, conditional: bool) -> Group {
        Group { range, verb: form.verb, shape, clitic: None, negated: false, conditional }
    }

    /// The verb forms that the token at `i` may be; none past the end.
    fn forms(&self, i: usize) -> &'static [Form] {
        if i < self.end { self.reading.forms(i) } else { &[] }
    }

    fn of_mood(&self, i: usize, mood: Mood) -> impl Iterator<Item = Form> {
        self.forms(i).iter().copied().filter(move |f| f.mood == mood)
    }

    fn helper(&self, form: Form) -> Helper {
        self.reading.lexicon.verb(form.verb).helper
    }

    /// "convaincu que": the participle at `i` tells what somebody thinks.
    fn believes(&self, form: Form, i: usize) -> bool {
        let verb = self.reading.lexicon.verb(form.verb);
        verb.frames.has(Frames::PARTICIPLE) && matches!(self.reading.lower(i + 1), "que" | "qu'")
    }

    fn reports(&self, form: Form, has_se: bool) -> bool {
        let verb = self.reading.lexicon.verb(form.verb);
        !verb.frames.is_empty() && verb.reflexive == has_se && verb.tail.is_empty()
    }

    /// The reporting verb that the token at `i` belongs to as a form of such a mood, and the end of its words: a verb
    /// with a tail that follows wins over the plain one.
    fn best(&self, i: usize, is_mood: impl Fn(Mood) -> bool, has_se: bool) -> Option<(Form, usize)> {
        let reading = self.reading;
        // "se" may be an addressee of a plain verb only for clitics such as "nous", never here.
        let mut plain = None;
        let mut behind = None;
        for form in self.forms(i).iter().filter(|form| is_mood(form.mood)) {
            let verb = reading.lexicon.verb(form.verb);
            if verb.frames.is_empty() || verb.reflexive != has_se {
                continue;
            }
            if verb.tail.is_empty() {
                plain = plain.or(Some((*form, i + 1)));
                continue;
            }
            let k = *behind.get_or_insert_with(|| {
                let k = self.skip_adverbs(i + 1);
                k + usize::from(reading.tokens.is_clitic(k))
            });
            if verb.tail.iter().enumerate().all(|(n, word)| reading.lower(k + n) == *word) {
                return Some((*form, k + verb.tail.len()));
            }
        }
        plain
    }

    /// The token after the adverb at `i`, if one stands there ("également", "pour sa part", ", lui,").
    fn adverb(&self, i: usize) -> Option<usize> {
        let reading = self.reading;
        if i >= self.end {
            return None;
        }
        if reading.tokens.is_word(i) {
            let word = reading.lower(i);
            if reading.is(i, Classes::ADV | Classes::NEG) && !matches!(word, "point" | "quant" | "puis" | "bien-sûr") {
                return Some(i + 1);
            }
            if word.ends_with("ment") && word.len() > 6 && reading.forms(i).is_empty() {
                return Some(i + 1);
            }
            return reading.adverbial_at(i).map(|length| i + length);
        }
        // ", lui," and other short asides between commas, one after the other.
        if !reading.is_comma(i) {
            return None;
        }
        let mut open = i;
        while let Some(close) = (open + 2..open + 9).find(|k| reading.is_comma(*k)) {
            let lead = open + 1 + usize::from(reading.lower(open + 1) == "et");
            let aside = reading.adverbial_at(lead).is_some_and(|n| lead + n == close)
                || reading.is(lead, Classes::ADV | Classes::TIME | Classes::PREP | Classes::OBLIQUE)
                || reading.time_end(lead, close).is_some();
            if !aside {
                break;
            }
            open = close;
        }
        (open > i).then_some(open + 1)
    }

    fn skip_adverbs(&self, mut i: usize) -> usize {
        for _ in 0..4 {
            match self.adverb(i) {
                Some(next) if !self.reading.is_comma(i) => i = next,
                _ => break,
            }
        }
        i
    }

    /// First token of the group: its object pronouns and "ne" included.
    fn left_edge(&self, i: usize) -> usize {
        let mut start = i;
        while start > self.start
            && (self.reading.is(start - 1, Classes::CLITIC) && self.is_object_pronoun(start - 1)
                || self.is_ne(start - 1))
        {
            start -= 1;
        }
        start
    }

    /// "le", "la", "l'" and "leur" are pronouns only where no noun follows; before a verb they are.
    fn is_object_pronoun(&self, i: usize) -> bool {
        !matches!(self.reading.lower(i), "nous" | "vous") || self.reading.tokens.is_word(i + 1)
    }

    fn has_se(&self, i: usize) -> bool {
        let se = |k: usize| matches!(self.reading.lower(k), "se" | "s'");
        i > self.start
            && self.reading.is(i - 1, Classes::CLITIC)
            && (se(i - 1) || i > self.start + 1 && matches!(self.reading.lower(i - 1), "en" | "y") && se(i - 2))
    }

    fn has_ne(&self, i: usize) -> bool {
        (self.start.max(i.saturating_sub(3))..i).any(|k| self.is_ne(k))
    }

    fn is_ne(&self, k: usize) -> bool {
        self.reading.is(k, Classes::NEG) && matches!(self.reading.lower(k), "ne" | "n'")
    }

    fn is_not(&self, k: usize) -> bool {
        self.reading.is(k, Classes::NEG) && matches!(self.reading.lower(k), "pas" | "jamais" | "guère")
    }

    /// A form such as "annonce" or "demande" after an article, a preposition or an adjective is a noun.
    fn is_noun_here(&self) -> bool {
        let reading = self.reading;
        if self.at == self.start {
            return false;
        }
        let before = self.at - 1;
        if !reading.is(before, Classes::DET | Classes::PREP | Classes::NUM | Classes::ADJECTIVE) {
            return false;
        }
        // "Voici révèle": a name that is spelled like a preposition.
        if reading.tokens.is_capital(before) && before > self.start {
            return false;
        }
        let word = reading.lower(before);
        if matches!(word, "le" | "la" | "les" | "l'" | "leur") {
            // "il le confirme", "qui l'affirme", "comme le souligne"
            let subject = before > self.start
                && (reading.is(before - 1, Classes::SUBJECT | Classes::REL)
                    || matches!(reading.lower(before - 1), "comme" | "ne" | "n'" | "que" | "qu'"));
            return !subject;
        }
        // "la dernière note", but "ce dernier note"
        if reading.is(before, Classes::ADJECTIVE)
            && before > self.start
            && reading.is(before - 1, Classes::DET | Classes::PREP)
            && !reading.is_anaphor(before - 1)
        {
            return true;
        }
        // "plusieurs jugent", but "plusieurs demandes"
        if reading.is(before, Classes::SUBJECT) && reading.lower(self.at).ends_with("nt") {
            return false;
        }
        if reading.is(before, Classes::SUBJECT | Classes::CLITIC)
            && !matches!(word, "certains" | "certaines" | "plusieurs" | "tous" | "toutes" | "ce" | "en")
        {
            return false;
        }
        reading.is(before, Classes::DET | Classes::PREP | Classes::NUM)
    }
}

#[cfg(test)]
#[path = "cue_tests.rs"]
mod tests;
