//! The letters of a page: which character encoding its bytes are in.
//!
//! What servers and pages declare is often wrong, what the bytes show seldom: a text that is valid UTF-8 is UTF-8,
//! whatever an encoding of one byte a letter is declared. Declarations decide among the others, and what declares nothing
//! is guessed from its letters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use regex::bytes::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Bytes of a page among which its declarations stand.
const HEAD: usize = 8192;

/// Letters that are valid UTF-8, to one that is not, in a page of broken UTF-8.
const VALID: usize = 4;

/// The charset of `<?xml encoding>`, `<meta charset>` or `<meta http-equiv>`; comments are passed over.
static DECLARED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"(?is-u)<!--.*?-->|<(?:\?xml[^>]*?encoding|meta[^>]*?charset)\s*=\s*["']?\s*([\w.:-]+)"#;
    Regex::new(pattern).expect("the pattern is well formed")
});

/// The text of a page: `charset` is what the server declared, `domain` the last part of its host's name.
pub(super) fn decode<'a>(bytes: &'a [u8], charset: Option<&str>, domain: Option<&str>) -> Cow<'a, str> {
    let bytes = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => return encoding.decode_without_bom_handling(&bytes[length..]).0,
        None => bytes,
    };
    let served = charset.and_then(|name| Encoding::for_label(name.trim_matches(['"', '\'', ' ']).as_bytes()));
    // Encodings of which ASCII is no part show in the bytes of the tags.
    if let Some(encoding) = served.filter(|encoding| !encoding.is_ascii_compatible()) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    if is_utf8(bytes) {
        return String::from_utf8_lossy(bytes);
    }
    let declared = served.filter(|served| *served != UTF_8).or_else(|| declared(bytes));
    let encoding = declared.unwrap_or_else(|| guess(bytes, domain));
    encoding.decode_without_bom_handling(bytes).0
}

/// Whether the bytes are UTF-8, but for a few that were broken on the way.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    invalid == 0 || valid >= invalid * VALID
}

/// What the page declares, apart from UTF-8, which it is not.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let labels = DECLARED.captures_iter(head).filter_map(|found| found.get(1));
    let mut encodings = labels.filter_map(|label| Encoding::for_label(label.as_bytes()));
    encodings.find(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
}

/// The likeliest encoding, as the letters tell.
fn guess(bytes: &[u8], domain: Option<&str>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let domain = domain.map(str::to_ascii_lowercase).filter(|domain| domain.bytes().all(|b| b.is_ascii_alphanumeric()));
    detector.guess(domain.as_deref().map(str::as_bytes), Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "Été à l'œuvre" in an encoding, below a head that declares something.
    fn page(head: &str, encoding: &'static Encoding) -> Vec<u8> {
        let text = format!("{head}<p>L’été, la fête à Vaux : « déjà » l’œuvre</p>");
        encoding.encode(&text).0.into_owned()
    }

    fn reads(head: &str, encoding: &'static Encoding, served: Option<&str>) {
        let bytes = page(head, encoding);
        let text = decode(&bytes, served, Some("fr"));
        assert!(text.ends_with("<p>L’été, la fête à Vaux : « déjà » l’œuvre</p>"), "{head} {served:?}: {text}");
    }

    #[test]
    fn declarations_are_read() {
        use encoding_rs::{MACINTOSH, WINDOWS_1252};
        reads("<meta charset=windows-1252>", WINDOWS_1252, None);
        reads("<META CHARSET='ISO-8859-1'>", WINDOWS_1252, None);
        reads("<meta http-equiv=Content-Type content=\"text/html; charset=macintosh\">", MACINTOSH, None);
        reads("<?xml version='1.0' encoding='macintosh'?>", MACINTOSH, None);
        reads("", MACINTOSH, Some("macintosh"));
        reads("<meta charset=windows-1251>", WINDOWS_1252, Some("\"windows-1252\""));
        reads("<!-- <meta charset=koi8-r> --><meta charset=latin1>", WINDOWS_1252, None);
    }

    #[test]
    fn what_is_utf8_is_read_as_such_whatever_is_declared() {
        reads("<meta charset=iso-8859-1>", UTF_8, None);
        reads("", UTF_8, Some("windows-1252"));
        let mut broken = page("<meta charset=utf-8>", UTF_8);
        broken.insert(25, 0xE9);
        assert!(decode(&broken, None, None).contains("« déjà »"), "one broken byte");
    }

    #[test]
    fn what_is_declared_utf8_and_is_not_is_guessed() {
        reads("<meta charset=utf-8>", encoding_rs::WINDOWS_1252, Some("utf-8"));
        reads("", encoding_rs::WINDOWS_1252, None);
        reads("", encoding_rs::WINDOWS_1252, Some("no such charset"));
    }

    #[test]
    fn a_byte_order_mark_is_believed() {
        assert_eq!(decode(b"\xEF\xBB\xBF\xC3\xA9", Some("latin1"), None), "é");
        assert_eq!(decode(b"\xFF\xFEe\0\xE9\0", None, None), "eé");
        assert_eq!(decode(b"e\0\xE9\0", Some("utf-16le"), None), "eé");
    }
}
