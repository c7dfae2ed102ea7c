//! Persons and bodies that are named together: "Paul Martin et Anne Roy".

use super::Cast;
use crate::extract::reading::Reading;

/// Two or more namings that "et" joins.
#[derive(Debug, Clone)]
pub struct Group {
    /// Where the first one is named.
    pub token: usize,
    /// Who, in the order of naming.
    pub members: Vec<usize>,
}

impl Cast {
    /// Finds the groups among the namings.
    pub(super) fn join(&mut self, reading: &Reading) {
        let mut first = 0;
        while first < self.namings.len() {
            let mut last = first;
            let mut joined = false;
            while last + 1 < self.namings.len() {
                let between = self.namings[last].phrase.end..self.namings[last + 1].phrase.start;
                let and = matches!(reading.lower(between.start), "et" | "ou");
                let comma = reading.is_comma(between.start);
                // Right after "et", a possessive or a title may open the next one: they belong to its phrase.
                if between.len() != 1 || !and && !comma || joined && comma {
                    break;
                }
                joined |= and;
                last += 1;
            }
            if joined {
                let mut members: Vec<usize> = self.namings[first..=last].iter().map(|n| n.member).collect();
                members.dedup();
                if members.len() > 1 {
                    self.groups.push(Group { token: self.namings[first].token, members });
                }
            }
            first = last + 1;
        }
    }

    /// The last group that `fits` and is named before token `at`.
    pub fn group_before(&self, at: usize, fits: impl Fn(&[usize]) -> bool) -> Option<&Group> {
        self.groups.iter().rev().find(|g| g.token < at && fits(&g.members))
    }
}
