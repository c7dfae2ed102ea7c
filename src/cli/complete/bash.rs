//! bash, whose words end at `=` and `:`, and which inserts what it is given as it is.

use super::line::{LINE, Line};
use clap::Command;
use clap_complete::engine;
use clap_complete::env::EnvCompleter;
use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

/// The variable in which bash tells what ends its words.
const BREAKS: &str = "DIXIT_BREAKS";

/// Completion in bash.
pub struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
    }

    fn write_registration(
        &self,
        variable: &str,
        name: &str,
        bin: &str,
        completer: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        // The bash of macOS is of 2007 and has no mapfile.
        writeln!(
            out,
            r#"_{name}() {{
    local candidate
    COMPREPLY=()
    while IFS= read -r candidate; do
        COMPREPLY+=("$candidate")
    done < <({variable}=bash {LINE}="${{COMP_LINE:0:COMP_POINT}}" {BREAKS}="$COMP_WORDBREAKS" {completer} -- "${{COMP_WORDS[@]}}" 2>/dev/null)
    if [[ ${{#COMPREPLY[@]}} -eq 1 && ${{COMPREPLY[0]}} == *= ]]; then
        compopt -o nospace 2>/dev/null
    fi
}}
complete -o bashdefault -F _{name} {bin}"#
        )
    }

    fn write_complete(
        &self,
        command: &mut Command,
        _: Vec<OsString>,
        folder: Option<&Path>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let line = Line::read(&env::var(LINE).unwrap_or_default());
        let breaks = env::var(BREAKS).unwrap_or_else(|_| "=:".to_owned());
        let words: Vec<OsString> = line.words.iter().map(OsString::from).collect();
        let last = line.words.len() - 1;
        let typed = &line.words[last];
        for candidate in engine::complete(command, words, last, folder)? {
            let candidate = candidate.get_value().to_string_lossy().into_owned();
            writeln!(out, "{}", inserted(&candidate, typed, line.open, &breaks))?;
        }
        Ok(())
    }
}

/// What takes the place of the word as bash sees it: behind an open mark, or behind the last sign that ends a word.
fn inserted(candidate: &str, typed: &str, open: Option<usize>, breaks: &str) -> String {
    let ends = |c: char| "=:".contains(c) && breaks.contains(c);
    let kept = open.unwrap_or_else(|| typed.rfind(ends).map_or(0, |at| at + 1));
    let rest = candidate.get(kept..).unwrap_or(candidate);
    if open.is_some() {
        return rest.to_owned();
    }
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:=@,+%".contains(c);
    rest.chars().flat_map(|c| (!is_plain(c)).then_some('\\').into_iter().chain([c])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bash_is_given_what_it_replaces() {
        for (candidate, typed, open, expected) in [
            ("topic=Anne Roy", "topic=An", None, "Anne\\ Roy"),
            ("topic=Anne Roy", "topic=An", Some(0), "topic=Anne Roy"),
            ("topic=Anne Roy", "topic=An", Some(6), "Anne Roy"),
            ("topic=", "to", None, "topic="),
            ("topic=L'Aube", "topic=", None, "L\\'Aube"),
        ] {
            assert_eq!(inserted(candidate, typed, open, "\"'=:"), expected);
        }
        assert_eq!(inserted("topic=NATO", "topic=N", None, " "), "topic=NATO");
    }
}
