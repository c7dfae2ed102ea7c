//! What a name may mean, in eight bytes.

use super::Kind;
use serde::Serialize;

/// How well a name names an entity; the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// The name that people write first.
    Label,
    Alias,
    /// A name that follows from one, without its article.
    Derived,
    /// A name that sounds the same.
    Sound,
}

impl Rank {
    /// As tables write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Alias => "alias",
            Self::Derived => "derived",
            Self::Sound => "sound",
        }
    }
}

/// One of the entities that a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Meaning {
    /// Its place in the base: [`super::Base::record`] tells more of it.
    pub entity: u32,
    pub kind: Kind,
    pub rank: Rank,
    pub sitelinks: u16,
}

/// Marks the last meaning of a name, in the file.
const LAST: u64 = 1 << 63;

impl Meaning {
    /// As a number: the meaning that is more likely has the smaller one.
    pub(super) fn pack(self) -> u64 {
        (self.rank as u64) << 52
            | u64::from(u16::MAX - self.sitelinks) << 36
            | (self.kind as u64) << 32
            | u64::from(self.entity)
    }

    /// From its number; `None` if it is that of no meaning.
    fn unpack(number: u64) -> Option<Self> {
        let rank = [Rank::Label, Rank::Alias, Rank::Derived, Rank::Sound];
        Some(Self {
            entity: number as u32,
            kind: *Kind::ALL.get((number >> 32 & 0xF) as usize)?,
            rank: *rank.get((number >> 52) as usize)?,
            sitelinks: u16::MAX - (number >> 36) as u16,
        })
    }

    /// The bytes of a number in the file.
    pub(super) fn to_bytes(number: u64, last: bool) -> [u8; 8] {
        (number | if last { LAST } else { 0 }).to_le_bytes()
    }

    /// From the bytes in the file: the meaning, and whether it is the last of its name.
    pub(super) fn from_bytes(bytes: [u8; 8]) -> Option<(Self, bool)> {
        let number = u64::from_le_bytes(bytes);
        Some((Self::unpack(number & !LAST)?, number & LAST != 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meaning_is_packed_without_loss() {
        for kind in Kind::ALL {
            for rank in [Rank::Label, Rank::Alias, Rank::Derived, Rank::Sound] {
                for (entity, sitelinks) in [(0, 0), (u32::MAX, u16::MAX), (7, 300)] {
                    let meaning = Meaning { entity, kind, rank, sitelinks };
                    let found = Meaning::from_bytes(Meaning::to_bytes(meaning.pack(), kind == Kind::Person));
                    assert_eq!(found, Some((meaning, kind == Kind::Person)));
                }
            }
        }
    }

    #[test]
    fn a_better_name_comes_first_and_then_who_is_better_known() {
        let number = |rank, sitelinks| Meaning { entity: 1, kind: Kind::Place, rank, sitelinks }.pack();
        assert!(number(Rank::Label, 0) < number(Rank::Alias, 900));
        assert!(number(Rank::Alias, 90) < number(Rank::Alias, 9));
    }
}
