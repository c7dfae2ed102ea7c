//! What a site's robots.txt allows: the Robots Exclusion Protocol (RFC 9309), and `Crawl-delay`, which it does not know
//! but many sites use.

use std::time::Duration;

/// By this name a robots.txt means us (RFC 9309, 2.2.1).
pub(super) const PRODUCT: &str = "dixit";

/// How many bytes of a robots.txt are read; the rest counts for nothing (RFC 9309, 2.5: at least this many).
pub(super) const MAX_BYTES: u64 = 500 * 1024;

/// No site makes us wait longer between two requests.
const MAX_DELAY: Duration = Duration::from_secs(30);

/// What a robots.txt says to us. Nothing means that everything is allowed.
///
/// ```
/// use dixit::web::Rules;
///
/// let rules = Rules::read("User-agent: *\nDisallow: /archives/");
/// assert!(rules.allow("/today?page=2") && !rules.allow("/archives/2020"));
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules {
    paths: Vec<Rule>,
    /// How long to wait between two requests.
    pub delay: Option<Duration>,
}

/// `Allow: PATTERN` or `Disallow: PATTERN`.
#[derive(Debug, Clone, PartialEq)]
struct Rule {
    allow: bool,
    pattern: String,
}

impl Rules {
    /// The rules of the groups that name us, or else of those for everybody (`*`).
    pub fn read(text: &str) -> Self {
        let (mut ours, mut everybodys) = (None, Self::default());
        // Whom the group at hand is for, and whether a line other than `User-agent` has begun its rules.
        let (mut for_us, mut for_everybody, mut begun) = (false, false, true);
        for (key, value) in text.trim_start_matches('\u{feff}').split(['\r', '\n']).filter_map(record) {
            let agent = key.eq_ignore_ascii_case("user-agent");
            if agent {
                if std::mem::take(&mut begun) {
                    (for_us, for_everybody) = (false, false);
                }
                for_us |= product(value).eq_ignore_ascii_case(PRODUCT);
                for_everybody |= value == "*";
                if for_us {
                    // A group that names us counts even if it holds no rule: then all is allowed.
                    ours.get_or_insert_with(Self::default);
                }
            } else if let Some(line) = Line::read(key, value) {
                begun = true;
                if for_us {
                    ours.get_or_insert_with(Self::default).add(line.clone());
                }
                if for_everybody {
                    everybodys.add(line);
                }
            }
        }
        ours.unwrap_or(everybodys)
    }

    fn add(&mut self, line: Line) {
        match line {
            Line::Rule(rule) if !rule.pattern.is_empty() => self.paths.push(rule),
            Line::Rule(_) => {}
            Line::Delay(delay) => self.delay = self.delay.max(Some(delay)),
        }
    }

    /// Whether the path (with its query) may be fetched: as the longest rule says that fits it, and of two as long the
    /// one that allows it (RFC 9309, 2.2.2).
    pub fn allow(&self, path: &str) -> bool {
        let path = normal(path, true);
        path == "/robots.txt"
            || self
                .paths
                .iter()
                .filter(|rule| fits(&rule.pattern, &path))
                .max_by_key(|rule| (rule.pattern.len(), rule.allow))
                .is_none_or(|rule| rule.allow)
    }
}

/// A line of a group.
#[derive(Clone)]
enum Line {
    Rule(Rule),
    Delay(Duration),
}

impl Line {
    /// Lines of no group, such as `Sitemap`, are none, and neither end nor begin one.
    fn read(key: &str, value: &str) -> Option<Self> {
        let rule = |allow| Some(Self::Rule(Rule { allow, pattern: normal(value, false) }));
        match key.to_ascii_lowercase().as_str() {
            "allow" => rule(true),
            "disallow" => rule(false),
            "crawl-delay" => {
                let seconds = value.parse().ok().filter(|seconds: &f64| *seconds >= 0.0)?;
                Some(Self::Delay(Duration::from_secs_f64(seconds.min(MAX_DELAY.as_secs_f64()))))
            }
            _ => None,
        }
    }
}

/// Key and value of a line `key: value # comment`.
fn record(line: &str) -> Option<(&str, &str)> {
    let line = line.split_once('#').map_or(line, |(before, _)| before);
    line.split_once(':').map(|(key, value)| (key.trim(), value.trim()))
}

/// The name in `name/version`.
fn product(agent: &str) -> &str {
    agent.split(|c: char| !c.is_ascii_alphabetic() && c != '_' && c != '-').next().unwrap_or_default()
}

/// A path or pattern in the one spelling in which they are compared: characters other than those of ASCII as `%XX`, and
/// `%XX` that needs none plain (RFC 9309, 2.2.2). In a path `*` and `$` are characters as others, which patterns write
/// as `%2A` and `%24`.
fn normal(text: &str, is_path: bool) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len());
    let escape = |byte: u8, out: &mut String| {
        out.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = |offset: usize| bytes.get(at + offset).and_then(|b| char::from(*b).to_digit(16));
        let escaped = if byte == b'%' { hex(1).zip(hex(2)).map(|(high, low)| (high * 16 + low) as u8) } else { None };
        // A `$` means the end only where it ends the pattern.
        let literal = byte == b'*' && is_path || byte == b'$' && (is_path || at + 1 < bytes.len());
        match escaped {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => out.push(char::from(byte)),
            Some(byte) => escape(byte, &mut out),
            None if literal || !byte.is_ascii() => escape(byte, &mut out),
            None => out.push(char::from(byte)),
        }
        at += if escaped.is_some() { 3 } else { 1 };
    }
    out
}

/// Whether the path begins as the pattern says, in which `*` is anything and a final `$` the path's end. Each part
/// between two `*` is taken where it is first found, so that no pattern makes us try in vain for long.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut wild = false;
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        wild = true;
        if to_end && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    wild || !to_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(text: &str, path: &str) -> bool {
        Rules::read(text).allow(path)
    }

    #[test]
    fn without_rules_everything_is_allowed() {
        for text in ["", "<html>Disallow: nothing</html>", "Disallow: /", "User-agent: *\nDisallow:", "\u{0}:\n::"] {
            assert!(allows(text, "/a"), "{text}");
        }
    }

    #[test]
    fn our_groups_are_one_and_count_instead_of_everybodys() {
        let text = "User-agent: *\nDisallow: /\n\nUser-Agent: other\nuser-agent: DIXIT/2.0\nDisallow: /a\n\n\
                    User-agent: x\nDisallow: /b\nUser-agent: dixit\nDisallow: /c # so it is";
        assert!(!allows(text, "/a") && allows(text, "/b") && !allows(text, "/c") && allows(text, "/d"));
        assert!(!allows("User-agent: dixit-news\nAllow: /\nUser-agent: *\nDisallow: /", "/a"));
        assert!(allows("User-agent: *\nDisallow: /\nUser-agent: dixit", "/a"));
    }

    #[test]
    fn other_lines_do_not_end_a_group_but_a_delay_is_a_rule() {
        assert!(!allows("User-agent: dixit\nSitemap: http://a.example/s.xml\nUser-agent: b\nDisallow: /", "/a"));
        let rules = Rules::read("User-agent: *\nCrawl-delay: 2.5\nUser-agent: b\nDisallow: /");
        assert_eq!(rules, Rules { paths: Vec::new(), delay: Some(Duration::from_millis(2500)) });
    }

    #[test]
    fn delays_are_bounded_and_nonsense_is_none() {
        let delay = |value: &str| Rules::read(&format!("User-agent: *\nCrawl-delay: {value}")).delay;
        assert_eq!(delay("86400"), Some(MAX_DELAY));
        assert_eq!(delay("inf"), Some(MAX_DELAY));
        assert_eq!((delay("-1"), delay("NaN"), delay("soon")), (None, None, None));
    }

    #[test]
    fn the_longest_rule_wins_and_of_two_as_long_the_one_that_allows() {
        let text = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\nDisallow: /x\nAllow: /x";
        for (path, allowed) in [("/", true), ("/ab", false), ("/a/bc", true), ("/a/b/cd", false), ("/x", true)] {
            assert_eq!(allows(text, path), allowed, "{path}");
        }
        assert!(allows("User-agent: *\nDisallow: /", "/robots.txt"));
    }

    #[test]
    fn patterns_fit_as_the_rfc_says() {
        for (pattern, path, fit) in [
            ("/", "/", true),
            ("/fish", "/fish.html", true),
            ("/fish", "/Fish.asp", false),
            ("/fish*", "/fishheads/yummy.html", true),
            ("/fish/", "/fish", false),
            ("/*.php", "/folder/a.php?p=1", true),
            ("/*.php$", "/a.php", true),
            ("/*.php$", "/a.php?p=1", false),
            ("/*.php$", "/a.php/b.php", true),
            ("/a$", "/a", true),
            ("/a$", "/ab", false),
            ("/a*$", "/ab", true),
            ("/ab*b$", "/ab", false),
            ("*/b/*/d", "/a/b/c/d", true),
            ("/**", "/a", true),
            ("/a%3cd.html", "/a%3Cd.html", true),
            ("/%7Ejoe", "/~joe/i.html", true),
            ("/a%2Fb", "/a/b", false),
            ("/é", "/%C3%A9", true),
            ("/%C3%A9", "/é", true),
            ("/a%2A", "/a*", true),
            ("/a%2A", "/ab", false),
            ("/a$b", "/a$bc", true),
            ("/a%24", "/a$", true),
            ("/100%", "/100%", true),
            ("", "/a", true),
        ] {
            assert_eq!(fits(&normal(pattern, false), &normal(path, true)), fit, "{pattern} {path}");
        }
    }
}
