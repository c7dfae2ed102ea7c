//! Strings and their numbers: what all tables of words are built on.
//!
//! The strings stand one after the other in one piece of memory, so that a table of thousands costs a few allocations.
//! To find a string costs a multiplication and the comparison of its first eight bytes; only longer ones are compared
//! further.

/// Bytes of a string that stand in the table itself.
const HEAD: usize = 8;

/// Distinct strings, numbered in the order in which they came.
#[derive(Debug, Default, Clone)]
pub(crate) struct Interner {
    /// All strings, one after the other, and where each begins.
    text: Vec<u8>,
    starts: Vec<u32>,
    /// Strings at the places that their hashes give them; a power of two, never more than half of them taken.
    places: Vec<Place>,
    /// For each place some bits, of which those are set that hashes lead to: most strings that are not there are told by
    /// their bit, and the places, which are many times as much memory, are not asked.
    filter: Vec<u64>,
    /// How far a hash is shifted to give a place.
    shift: u32,
}

/// A place of the table: a string, or nothing if the number says so.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// The first bytes, followed by noughts.
    head: u64,
    length: u32,
    number: u32,
}

/// Bits of the filter for each place.
const FILTER_BITS: usize = 4;

/// The number of a free place.
const FREE: u32 = u32::MAX;

impl Interner {
    /// With room for so many strings.
    pub fn with_capacity(strings: usize) -> Self {
        let mut interner = Self { starts: Vec::with_capacity(strings), ..Self::default() };
        interner.text.reserve(strings * HEAD);
        interner.resize(strings * 2);
        interner
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// The number of a string, if it is there.
    pub fn get(&self, string: &str) -> Option<u32> {
        let (bytes, length) = (string.as_bytes(), string.len());
        let head = head(bytes, length);
        let hash = hash(head, bytes);
        let (word, bit) = self.filtered(hash);
        if self.filter.get(word)? & bit == 0 {
            return None;
        }
        self.look_up(head, length, hash, |number| length <= HEAD || self.has_tail(number, bytes))
    }

    /// Where in the filter the bit of a hash stands; beyond its end if there is none yet.
    fn filtered(&self, hash: u64) -> (usize, u64) {
        let at = hash >> self.shift.saturating_sub(FILTER_BITS.trailing_zeros());
        ((at / 64) as usize, 1 << (at % 64))
    }

    /// The number of a string; a new one is taken in.
    pub fn number(&mut self, string: &str) -> u32 {
        self.get(string).unwrap_or_else(|| self.add(string))
    }

    /// The number of the string of so many bytes at the head of `bytes`, if it is there. To read on behind it is cheaper
    /// than to copy it.
    #[inline]
    pub fn find(&self, bytes: &[u8], length: usize) -> Option<u32> {
        let head = head(bytes, length);
        match length {
            0..=HEAD => self.look_up(head, length, head.wrapping_mul(FACTOR), |_| true),
            _ => self.find_long(head, &bytes[..length]),
        }
    }

    /// The number of a string that is longer than its head.
    #[inline(never)]
    fn find_long(&self, head: u64, string: &[u8]) -> Option<u32> {
        self.look_up(head, string.len(), hash(head, string), |number| self.has_tail(number, string))
    }

    /// The number of the string with this head, length and hash that goes on as wanted.
    #[inline]
    fn look_up(&self, head: u64, length: usize, hash: u64, goes_on: impl Fn(u32) -> bool) -> Option<u32> {
        let mut at = (hash >> self.shift) as usize;
        loop {
            // Without any place there is no string.
            let place = self.places.get(at & self.places.len().wrapping_sub(1))?;
            if place.head == head && place.length as usize == length && goes_on(place.number) {
                // A free place looks like the empty string.
                return Some(place.number).filter(|number| *number != FREE);
            }
            if place.number == FREE {
                return None;
            }
            at += 1;
        }
    }

    /// Takes in a string that is not there; returns its number.
    pub fn add(&mut self, string: &str) -> u32 {
        if self.len() * 2 >= self.places.len() {
            self.resize(self.places.len() * 2);
        }
        let number = self.len() as u32;
        self.starts.push(self.text.len() as u32);
        self.text.extend_from_slice(string.as_bytes());
        self.put(Place { head: head(string.as_bytes(), string.len()), length: string.len() as u32, number });
        number
    }

    /// Whether the string with this number, which begins and is as long as `string`, goes on like it.
    fn has_tail(&self, number: u32, string: &[u8]) -> bool {
        let start = self.starts[number as usize] as usize;
        let known = &self.text[start..start + string.len()];
        known.last_chunk::<HEAD>() == string.last_chunk() && (string.len() <= 2 * HEAD || known == string)
    }

    fn put(&mut self, place: Place) {
        let start = self.starts[place.number as usize] as usize;
        let string = &self.text[start..start + place.length as usize];
        // The upper bits of a product are its best ones.
        let hash = hash(place.head, string);
        let (word, bit) = self.filtered(hash);
        let mut at = (hash >> self.shift) as usize;
        while self.places[at & (self.places.len() - 1)].number != FREE {
            at += 1;
        }
        at &= self.places.len() - 1;
        self.places[at] = place;
        self.filter[word] |= bit;
    }

    fn resize(&mut self, size: usize) {
        let size = size.next_power_of_two().max(16);
        let free = Place { head: 0, length: 0, number: FREE };
        self.shift = u64::BITS - size.trailing_zeros();
        self.filter.clear();
        self.filter.resize(size * FILTER_BITS / 64, 0);
        for place in std::mem::replace(&mut self.places, vec![free; size]) {
            if place.number != FREE {
                self.put(place);
            }
        }
    }
}

/// The first bytes of a string; `bytes` may go on behind it.
#[inline]
fn head(bytes: &[u8], length: usize) -> u64 {
    match bytes.first_chunk() {
        Some(chunk) => {
            let kept = length.min(HEAD) as u32 * 8;
            u64::from_le_bytes(*chunk) & u64::MAX.checked_shr(u64::BITS - kept).unwrap_or(0)
        }
        None => last_head(&bytes[..length]),
    }
}

/// The first bytes of a string at the end of a text.
#[cold]
fn last_head(string: &[u8]) -> u64 {
    string.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte))
}

/// 2⁶⁴ divided by the golden ratio.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// The hash of a string that begins with `head`.
#[inline]
fn hash(head: u64, string: &[u8]) -> u64 {
    let mut hash = head.wrapping_mul(FACTOR);
    if string.len() > HEAD {
        let mut mix = |chunk: &[u8; HEAD]| {
            hash = (hash.rotate_left(29) ^ u64::from_le_bytes(*chunk)).wrapping_mul(FACTOR);
        };
        string[HEAD..].as_chunks().0.iter().for_each(&mut mix);
        string.last_chunk().into_iter().for_each(mix);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_keeps_its_number() {
        let stems = ["", "a", "préside", "gouvernement"];
        let strings: Vec<String> = (0..20_000).map(|n| format!("{}{n}", stems[n % 4])).collect();
        let mut interner = Interner::default();
        for (number, string) in strings.iter().enumerate() {
            assert_eq!(interner.get(string), None);
            assert_eq!(interner.number(string), number as u32);
        }
        for (number, string) in strings.iter().enumerate() {
            assert_eq!(interner.get(string), Some(number as u32));
            assert_eq!(interner.find(format!("{string} et").as_bytes(), string.len()), Some(number as u32));
        }
    }

    #[test]
    fn noughts_and_nothing_are_strings_too() {
        let mut interner = Interner::with_capacity(0);
        let numbers = ["", "\0", "\0\0", "a\0", "a"].map(|string| interner.number(string));
        assert_eq!(numbers, [0, 1, 2, 3, 4]);
        assert_eq!(interner.number(""), 0);
    }
}
