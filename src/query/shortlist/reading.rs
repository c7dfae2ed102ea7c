//! What a pattern says of one of its variables: the conditions that its values fulfil, as far as the index knows of them.

use super::super::pattern::{in_scope, join, name};
use super::super::search::{Condition, Property, day, is_search, words_of};
use super::parts::{Part, Said, parts, said, variables};
use crate::graph::vocabulary::dixit;
use oxigraph::model::{NamedNode, NamedNodeRef};
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::BTreeSet;

/// The values that a variable has by those parts of a pattern that do not speak of the subject. `None`: too many to list.
pub(super) type Values<'a, E> = dyn FnMut(&GraphPattern, &str) -> Result<Option<BTreeSet<String>>, E> + 'a;

/// What a pattern says of its subject.
#[derive(Debug)]
pub(super) struct Reading<'q> {
    pub subject: &'q str,
    /// Each value of the subject fulfils them.
    pub conditions: Vec<Condition>,
    /// Whether they are all that the pattern asks of it.
    pub is_exact: bool,
    /// Parts that say no more than the conditions: triples of which each value of the subject has one at most.
    pub said: Vec<Said<'q>>,
    /// Parts that say no more than the conditions, where it does not matter how often a row is there.
    pub said_once: Vec<Said<'q>>,
    parts: Vec<Part<'q>>,
}

/// Whether a variable takes the day until which the subject may have been said.
pub(super) fn is_day_of(pattern: &GraphPattern, subject: &str, day: &str) -> bool {
    let parts = parts(pattern, subject).unwrap_or_default();
    let reading =
        Reading { subject, conditions: Vec::new(), is_exact: false, said: Vec::new(), said_once: Vec::new(), parts };
    reading.days()[0] == Some(day)
}

impl<'q> Reading<'q> {
    /// What a pattern says of the variable `subject`. `None` if no row fulfils the pattern. `free` is a variable whose value is
    /// asked for: it is not looked up.
    pub fn of<E>(
        pattern: &'q GraphPattern,
        subject: &'q str,
        free: Option<&str>,
        values: &mut Values<'_, E>,
    ) -> Result<Option<Self>, E> {
        let Some(parts) = parts(pattern, subject) else { return Ok(None) };
        let mut reading =
            Self { subject, conditions: Vec::new(), is_exact: true, said: Vec::new(), said_once: Vec::new(), parts };
        let mut helpers = Vec::new();
        for part in reading.parts.clone() {
            if reading.speaks_of_subject(part) {
                reading.is_exact &= reading.read(part, free, values)?;
            } else {
                helpers.push(part);
            }
        }
        // What speaks of other things only may have no row, and so must have been part of a condition.
        let is_part_of_condition = |part: &Part<'_>| match part {
            Part::Optional(_) | Part::Bind(_) => true,
            part => said(*part).is_some_and(|part| reading.said_once.contains(&part)),
        };
        reading.is_exact &= helpers.iter().all(is_part_of_condition);
        Ok(Some(reading))
    }

    /// The variable that takes the day until which the subject may have been said, and the one for the day from which.
    pub fn days(&self) -> [Option<&'q str>; 2] {
        [dixit::SAID_NOT_AFTER, dixit::SAID_NOT_BEFORE].map(|property| self.value_of(property))
    }

    /// The variable that takes the value of a property of the subject, and no other value.
    pub fn value_of(&self, property: NamedNodeRef<'_>) -> Option<&'q str> {
        let variable = self.parts.iter().find_map(|part| {
            let triple = match part {
                Part::Triple(triple) => triple,
                Part::Optional(GraphPattern::Bgp { patterns }) if patterns.len() == 1 => &patterns[0],
                _ => return None,
            };
            let predicate = self.predicate(triple)?;
            (*predicate == property).then(|| name(&triple.object)).flatten()
        })?;
        (self.parts_naming(variable) == 1).then_some(variable)
    }

    /// The property by which a variable takes values of the subject, and no others.
    pub fn property_of(&self, variable: &str) -> Option<Property> {
        let property = self.parts.iter().find_map(|part| match part {
            Part::Triple(triple) if name(&triple.object) == Some(variable) => self.property(triple),
            _ => None,
        });
        property.filter(|_| self.parts_naming(variable) == 1)
    }

    /// Whether nothing else is asked of a value of the subject, or, of its article, nothing but the publisher.
    fn stands_alone(&self, variable: &str) -> bool {
        let is_of_article = |part: &&Part<'q>| match part {
            Part::Triple(triple) => name(&triple.subject) == Some(variable) && self.property(triple).is_some(),
            _ => false,
        };
        self.parts.iter().filter(|part| !is_of_article(part) && part.names().contains(variable)).count() == 1
    }

    fn parts_naming(&self, variable: &str) -> usize {
        self.parts.iter().filter(|part| part.names().contains(variable)).count()
    }

    /// Whether a triple gives a day of the subject.
    fn is_of_day(&self, triple: &TriplePattern) -> bool {
        name(&triple.object).is_some_and(|variable| self.days().contains(&Some(variable)))
    }

    /// The predicate of a triple with the subject.
    fn predicate(&self, triple: &'q TriplePattern) -> Option<&'q NamedNode> {
        match (&triple.subject, &triple.predicate) {
            (TermPattern::Variable(subject), NamedNodePattern::NamedNode(predicate))
                if subject.as_str() == self.subject =>
            {
                Some(predicate)
            }
            _ => None,
        }
    }

    /// The property of which a triple gives a value, of the subject or of its article.
    fn property(&self, triple: &'q TriplePattern) -> Option<Property> {
        match self.predicate(triple) {
            Some(predicate) => Property::of(predicate.as_ref()),
            None => {
                let is_publisher = triple.predicate == NamedNodePattern::from(Property::PUBLISHER.iri().into_owned());
                let of_article = is_publisher && self.articles().any(|article| Some(article) == name(&triple.subject));
                of_article.then_some(Property::PUBLISHER)
            }
        }
    }

    /// The variables that take the article of the subject.
    fn articles(&self) -> impl Iterator<Item = &'q str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Triple(triple)
                if self.predicate(triple).is_some_and(|predicate| *predicate == Property::ARTICLE.iri()) =>
            {
                name(&triple.object)
            }
            _ => None,
        })
    }

    fn speaks_of_subject(&self, part: Part<'_>) -> bool {
        match part {
            Part::Triple(triple) => {
                variables(triple).any(|variable| variable == self.subject) || self.property(triple).is_some()
            }
            Part::Optional(pattern) | Part::Other(pattern) => in_scope(pattern).contains(self.subject),
            Part::Filter(..) => true,
            Part::Bind(variable) => variable == self.subject,
        }
    }

    /// Makes a condition of a part. Whether it says no more than that.
    fn read<E>(&mut self, part: Part<'q>, free: Option<&str>, values: &mut Values<'_, E>) -> Result<bool, E> {
        match part {
            Part::Triple(triple) => match self.property(triple) {
                Some(property) => self.link(vec![property], &triple.object, Said::Triple(triple), free, values),
                None => Ok(self.day(triple)),
            },
            Part::Other(pattern @ GraphPattern::Path { subject, path, object })
                if name(subject) == Some(self.subject) =>
            {
                match properties(path) {
                    Some(properties) => self.link(properties, object, Said::Pattern(pattern), free, values),
                    None => Ok(false),
                }
            }
            Part::Other(pattern @ GraphPattern::Union { .. }) => self.either(pattern, free, values),
            Part::Other(pattern @ GraphPattern::Service { name, inner, .. }) if is_search(name) => {
                let words = words_of(inner, self.subject);
                self.said.extend(words.is_some().then_some(Said::Pattern(pattern)));
                let is_said = words.is_some();
                self.conditions.extend(words.map(Condition::Words));
                Ok(is_said)
            }
            Part::Filter(expression, rows) => Ok(self.filter(expression, rows)),
            // It takes no row away; what it adds must be known.
            Part::Optional(GraphPattern::Bgp { patterns }) => Ok(patterns.len() == 1 && self.is_of_day(&patterns[0])),
            Part::Other(_) | Part::Optional(_) | Part::Bind(_) => Ok(false),
        }
    }

    /// The subject has a day. Whether that is all that the triple says: of the first day, where it is not known, the index has the
    /// last.
    fn day(&mut self, triple: &'q TriplePattern) -> bool {
        let is_last = self.is_of_day(triple) && self.predicate(triple).is_some_and(|iri| *iri == dixit::SAID_NOT_AFTER);
        self.conditions.extend(is_last.then_some(Condition::Since(i64::MIN)));
        is_last
    }

    /// The subject has a value by one of the properties.
    fn link<E>(
        &mut self,
        properties: Vec<Property>,
        object: &'q TermPattern,
        part: Said<'q>,
        free: Option<&str>,
        values: &mut Values<'_, E>,
    ) -> Result<bool, E> {
        let is_once = properties.len() == 1;
        let variable = match object {
            TermPattern::NamedNode(node) => {
                self.conditions.push(Condition::Is(properties, BTreeSet::from([node.as_str().to_owned()])));
                if is_once { &mut self.said } else { &mut self.said_once }.push(part);
                return Ok(true);
            }
            TermPattern::Variable(variable) => variable.as_str(),
            _ => return Ok(false),
        };
        let about = self.about(variable);
        if free == Some(variable) || about.is_empty() {
            self.conditions.push(Condition::Has(properties));
            return Ok(self.stands_alone(variable));
        }
        // Without anything to begin with, they would be the values of all things.
        if !about.iter().any(|part| part.has_constant()) {
            self.conditions.push(Condition::Has(properties));
            return Ok(false);
        }
        let pattern = about.iter().map(|part| part.pattern()).reduce(join).unwrap_or_default();
        let Some(found) = values(&pattern, variable)? else {
            self.conditions.push(Condition::Has(properties));
            return Ok(false);
        };
        self.conditions.push(Condition::Is(properties, found));
        // Where a variable stands elsewhere, too, each value of the one goes with some values of the other only.
        if about.iter().any(|part| part.has_blank_node()) || !self.is_apart(variable, &about, part) {
            return Ok(false);
        }
        self.said_once.push(part);
        self.said_once.extend(about.into_iter().filter_map(said));
        Ok(true)
    }

    /// Whether no other part names a variable or one on which its values rest.
    fn is_apart(&self, variable: &str, about: &[Part<'q>], link: Said<'q>) -> bool {
        let names: BTreeSet<&str> = about.iter().flat_map(|part| part.names()).chain([variable]).collect();
        let of_these = |part: &Part<'q>| {
            said(*part).is_some_and(|part| part == link || about.iter().any(|other| said(*other) == Some(part)))
        };
        !self
            .parts
            .iter()
            .filter(|part| !of_these(part))
            .any(|part| part.names().iter().any(|name| names.contains(name)))
    }

    /// The parts on which the values of a variable rest, but for those that speak of the subject.
    fn about(&self, variable: &str) -> Vec<Part<'q>> {
        let mut names = BTreeSet::from([variable]);
        let mut about: Vec<Part<'q>> = Vec::new();
        let mut rest: Vec<Part<'q>> = self
            .parts
            .iter()
            .copied()
            .filter(|part| matches!(part, Part::Triple(_) | Part::Other(_)) && !self.speaks_of_subject(*part))
            .collect();
        loop {
            let (near, far): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|part| part.names().iter().any(|name| names.contains(name)));
            if near.is_empty() {
                return about;
            }
            names.extend(near.iter().flat_map(|part| part.names()));
            about.extend(near);
            rest = far;
        }
    }

    fn either<E>(
        &mut self,
        union: &'q GraphPattern,
        free: Option<&str>,
        values: &mut Values<'_, E>,
    ) -> Result<bool, E> {
        let (mut lists, mut open, mut is_exact) = (Vec::new(), vec![union], true);
        while let Some(next) = open.pop() {
            if let GraphPattern::Union { left, right } = next {
                open.extend([&**right, &**left]);
                continue;
            }
            let Some(branch) = Reading::of(next, self.subject, free, values)? else { continue };
            is_exact &= branch.is_exact;
            lists.push(branch.conditions);
        }
        if lists.iter().any(Vec::is_empty) {
            return Ok(false);
        }
        self.conditions.push(Condition::Any(lists));
        let mut names = in_scope(union).into_iter().filter(|name| *name != self.subject);
        Ok(is_exact && names.all(|name| self.parts_naming(name) == 1))
    }

    fn filter(&mut self, filter: &'q Expression, rows: &GraphPattern) -> bool {
        use Expression as E;
        // What a filter does not see has no value for it.
        let scope = in_scope(rows);
        let [until, from] = self.days().map(|day| day.filter(|day| scope.contains(day)));
        let is = |expression: &E, wanted: Option<&str>| matches!(expression, E::Variable(variable) if wanted == Some(variable.as_str()));
        match filter {
            E::GreaterOrEqual(date, bound) if is(date, until) => match number(bound) {
                Some(day) => self.conditions.push(Condition::Since(day)),
                None => return false,
            },
            E::LessOrEqual(date, bound) => {
                let is_first =
                    matches!(&**date, E::Coalesce(list) if matches!(&list[..], [a, b] if is(a, from) && is(b, until)));
                match number(bound) {
                    Some(day) if is_first || is(date, until) => self.conditions.push(Condition::Until(day)),
                    _ => return false,
                }
                return is_first;
            }
            E::In(value, list) => {
                let iris: Option<BTreeSet<String>> = list.iter().map(iri).collect();
                self.limit(value, iris, &scope);
                return false;
            }
            E::Equal(value, other) => {
                self.limit(value, iri(other).map(|iri| BTreeSet::from([iri])), &scope);
                return false;
            }
            E::Exists(pattern) => {
                let GraphPattern::Bgp { patterns } = &**pattern else { return false };
                let mut is_exact = true;
                for triple in patterns {
                    let is_seen = name(&triple.subject).is_some_and(|subject| scope.contains(subject));
                    match (self.property(triple).filter(|_| is_seen), &triple.object) {
                        (Some(property), TermPattern::NamedNode(node)) => {
                            let values = BTreeSet::from([node.as_str().to_owned()]);
                            self.conditions.push(Condition::Is(vec![property], values));
                        }
                        _ => is_exact = false,
                    }
                }
                return is_exact;
            }
            _ => return false,
        }
        true
    }

    /// A value of the subject is one of these. Of several values, the condition does not say which.
    fn limit(&mut self, value: &Expression, iris: Option<BTreeSet<String>>, scope: &BTreeSet<&str>) {
        let (Expression::Variable(variable), Some(iris)) = (value, iris) else { return };
        let property = scope.contains(variable.as_str()).then(|| self.property_of(variable.as_str())).flatten();
        self.conditions.extend(property.map(|property| Condition::Is(vec![property], iris)));
    }
}

/// The properties, one of which a path goes.
fn properties(path: &PropertyPathExpression) -> Option<Vec<Property>> {
    match path {
        PropertyPathExpression::NamedNode(node) => Some(vec![Property::of(node.as_ref())?]),
        PropertyPathExpression::Alternative(a, b) => Some([properties(a)?, properties(b)?].concat()),
        _ => None,
    }
}

fn iri(expression: &Expression) -> Option<String> {
    match expression {
        Expression::NamedNode(node) => Some(node.as_str().to_owned()),
        _ => None,
    }
}

fn number(expression: &Expression) -> Option<i64> {
    match expression {
        Expression::Literal(literal) => day(literal),
        _ => None,
    }
}
