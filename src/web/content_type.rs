//! What the `Content-Type` header says (RFC 9110, 8.3).

/// Media type and encoding, in small letters.
pub(super) fn read(header: &str) -> (Option<String>, Option<String>) {
    let mut parts = header.split(';').map(str::trim);
    let small = |text: &str| Some(text.to_ascii_lowercase()).filter(|text| !text.is_empty());
    let media_type = parts.next().filter(|text| text.contains('/')).and_then(small);
    let charset = parts
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .and_then(|(_, value)| small(value.trim().trim_matches(['"', '\''])));
    (media_type, charset)
}

#[cfg(test)]
mod tests {
    #[test]
    fn media_type_and_encoding_are_read() {
        for (header, media_type, charset) in [
            ("text/html", Some("text/html"), None),
            ("Text/HTML; Charset=\"UTF-8\"", Some("text/html"), Some("utf-8")),
            ("application/rss+xml;q=1 ; charset = iso-8859-15;x", Some("application/rss+xml"), Some("iso-8859-15")),
            ("text/html; charset=", Some("text/html"), None),
            ("html; charset=utf-8", None, Some("utf-8")),
            ("", None, None),
        ] {
            let owned = |text: Option<&str>| text.map(str::to_owned);
            assert_eq!(super::read(header), (owned(media_type), owned(charset)), "{header}");
        }
    }
}
