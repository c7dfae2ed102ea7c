//! Text and addresses within markup.

use std::fmt::{self, Write as _};
use std::io::{self, Write};

/// Text that stays text, in an element and in a quoted attribute of HTML or SVG. Control characters but line breaks, which no
/// page may hold, become spaces.
pub struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            '\n' => f.write_char(c),
            c if c.is_control() => f.write_char(' '),
            c => f.write_char(c),
        })
    }
}

/// Whether an address leads to the web, and does nothing else.
pub fn is_web_address(address: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme))
}

/// Text that leads to an address of the web.
pub fn write_link(text: &str, address: &str, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", Escaped(address), Escaped(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_web_is_led_to() {
        for address in ["https://a.example/b", "http://a.example"] {
            assert!(is_web_address(address));
        }
        for address in ["javascript:alert(1)", "data:text/html,a", "HTTPS:javascript", " https://a", "//a.example", ""]
        {
            assert!(!is_web_address(address), "{address}");
        }
    }

    proptest! {
        /// Whatever the text, a reader of HTML finds it whole, in the place that was meant for it, and nothing beside it.
        #[test]
        fn any_text_stays_text(text in "(?s)[<>&\"'a-z/=!\\-\\[\\]; \u{0}-\u{1f}é\u{202e}]{0,40}|\\PC{0,40}") {
            let shown: String = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
            let address = format!("https://a.example/{text}");
            let mut page = b"<!doctype html><title>t</title><p>".to_vec();
            write_link(&text, &address, &mut page).unwrap();
            page.extend(b"<i>end</i>");
            let document = dom_query::Document::from(String::from_utf8(page).unwrap());
            prop_assert_eq!(document.select("body *").length(), 3);
            let link = document.select("p > a");
            prop_assert_eq!(link.text().to_string(), &*shown);
            prop_assert_eq!(link.attr("href").unwrap().to_string(), format!("https://a.example/{shown}"));
            prop_assert_eq!(link.attrs().len(), 2);
            prop_assert_eq!(document.select("p > i").text().to_string(), "end");
        }
    }
}
