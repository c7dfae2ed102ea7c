//! Sets of places in a text, a bit for each byte: asking for the next place costs the same however far it is.

use crate::span::Span;

/// Bytes that are looked at together.
const CHUNK: usize = 64;

/// A set of bytes of a text, by their places.
#[derive(Debug)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    /// The bytes that are `wanted`; nought must not be.
    pub fn of(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Self {
        let (chunks, rest) = bytes.as_chunks();
        let mut last = [0; CHUNK];
        last[..rest.len()].copy_from_slice(rest);
        Self(chunks.iter().chain([&last]).map(|chunk| mask(chunk, &wanted)).collect())
    }

    /// The places in this set that do not follow one.
    pub fn starts(mut self) -> Self {
        let mut before = 0;
        for bits in &mut self.0 {
            let all = *bits;
            *bits &= !(all << 1 | before);
            before = all >> (CHUNK - 1);
        }
        self
    }

    /// Leaves out the places that follow one in `others`.
    pub fn without_followers(mut self, others: &Self) -> Self {
        let mut before = 0;
        for (bits, others) in self.0.iter_mut().zip(&others.0) {
            *bits &= !(others << 1 | before);
            before = others >> (CHUNK - 1);
        }
        self
    }

    /// The first place from `at` on that is not in the set.
    #[inline]
    pub fn end(&self, at: usize) -> usize {
        let mut chunk = at / CHUNK;
        let mut out = !self.0[chunk] >> (at % CHUNK) << (at % CHUNK);
        while out == 0 {
            chunk += 1;
            out = self.0.get(chunk).map_or(1, |bits| !bits);
        }
        chunk * CHUNK + out.trailing_zeros() as usize
    }

    /// Hands each place of the set that lies in `span` to `take`, in order.
    #[inline]
    pub fn each_within(&self, span: Span, mut take: impl FnMut(usize)) {
        let Span { start, end } = span;
        for chunk in start / CHUNK..end.div_ceil(CHUNK) {
            let first = chunk * CHUNK;
            let mut bits = self.0[chunk];
            if first < start {
                bits = bits >> (start - first) << (start - first);
            }
            if first + CHUNK > end {
                bits &= !(u64::MAX << (end - first));
            }
            while bits != 0 {
                take(first + bits.trailing_zeros() as usize);
                bits &= bits - 1;
            }
        }
    }
}

/// A bit for each byte that is `wanted`, the first one lowest.
fn mask(bytes: &[u8; CHUNK], wanted: impl Fn(u8) -> bool) -> u64 {
    let wanted = bytes.map(|byte| u8::from(wanted(byte)));
    // The product brings the eight bytes' lowest bits together in its upper byte.
    let pack = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    wanted.as_chunks().0.iter().rev().fold(0, |bits, eight| bits << 8 | pack(eight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_one_by_one() {
        let text = "le pont ".repeat(40);
        let letters = || Bits::of(text.as_bytes(), |byte| byte.is_ascii_alphabetic());
        for (at, _) in text.match_indices("pont") {
            assert_eq!(letters().end(at), at + 4);
        }
        let places = |bits: Bits, start, end| {
            let mut places = Vec::new();
            bits.each_within(Span::new(start, end), |place| places.push(place));
            places
        };
        let expected: Vec<usize> = (0..40).flat_map(|n| [8 * n, 8 * n + 3]).collect();
        assert_eq!(places(letters().starts(), 0, text.len()), expected);
        assert_eq!(places(letters().starts(), 100, 110), [104, 107]);
        let spaces = Bits::of(text.as_bytes(), |byte| byte == b' ');
        assert_eq!(places(letters().without_followers(&spaces), 60, 70), [60, 61, 62, 65, 68, 69]);
    }

    #[test]
    fn a_run_may_go_on_to_the_end() {
        let text = "a".repeat(128);
        assert_eq!(Bits::of(text.as_bytes(), |byte| byte == b'a').end(3), 128);
        assert_eq!(Bits::of(&text.as_bytes()[..100], |byte| byte == b'a').end(64), 100);
    }
}
