//! Answers that are longer than the screen are shown through a pager.

use clap::ValueEnum;
use std::env;
use std::io::{self, IsTerminal, Write};
use std::process::{Child, Command, Stdio};
use terminal_size::{Height, Width, terminal_size};

/// When answers go through a pager.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Paging {
    Auto,
    Always,
    Never,
}

/// What is set for `less` where the user has set nothing: to end where all fits, to show colours, to leave what was shown.
const LESS: [(&str, &str); 2] = [("LESS", "FRX"), ("LESSCHARSET", "utf-8")];
/// The statuses of a shell that cannot run a command.
const NOT_RUN: [i32; 2] = [126, 127];

/// Standard output, or a pager before it.
pub struct Screen {
    to: To,
    size: Size,
    /// How far the text has come that is held.
    rows: usize,
    column: usize,
}

/// What fits without a pager.
struct Size {
    rows: usize,
    columns: usize,
}

enum To {
    /// Nowhere yet: all may fit.
    Held(Vec<u8>),
    Terminal,
    Pager(Child),
}

/// A pager could not be run.
#[derive(Debug, thiserror::Error)]
#[error("the pager `{0}` cannot be run: set DIXIT_PAGER or PAGER, or use --pager never")]
pub struct NoPager(String);

impl Screen {
    pub fn new(paging: Paging) -> Self {
        let size = match paging {
            Paging::Never => None,
            Paging::Always => Some(Size { rows: 0, columns: usize::MAX }),
            Paging::Auto if io::stdout().is_terminal() => {
                // The last row is for the prompt.
                terminal_size().map(|(Width(columns), Height(rows))| Size {
                    rows: usize::from(rows).saturating_sub(1),
                    columns: usize::from(columns).max(1),
                })
            }
            Paging::Auto => None,
        };
        match size {
            Some(size) => Self { to: To::Held(Vec::new()), size, rows: 0, column: 0 },
            None => Self { to: To::Terminal, size: Size { rows: 0, columns: 0 }, rows: 0, column: 0 },
        }
    }

    /// Shows what is held, and waits for the end of the pager.
    pub fn finish(&mut self) -> anyhow::Result<()> {
        match std::mem::replace(&mut self.to, To::Terminal) {
            To::Held(text) => io::stdout().write_all(&text)?,
            To::Terminal => {}
            To::Pager(mut pager) => {
                drop(pager.stdin.take());
                let status = pager.wait()?;
                if status.code().is_some_and(|code| NOT_RUN.contains(&code)) {
                    return Err(NoPager(wished().unwrap_or_default()).into());
                }
            }
        }
        Ok(())
    }

    /// Whether the text is longer than the screen, this part included.
    fn outgrows(&mut self, part: &[u8]) -> bool {
        for byte in part {
            if *byte == b'\n' {
                self.rows += 1;
                self.column = 0;
            } else if byte & 0b1100_0000 != 0b1000_0000 {
                // The first byte of a character.
                self.column += 1;
                if self.column > self.size.columns {
                    self.rows += 1;
                    self.column = 1;
                }
            }
        }
        self.rows > self.size.rows
    }
}

impl Write for Screen {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        let outgrows = matches!(self.to, To::Held(_)) && self.outgrows(part);
        match &mut self.to {
            To::Held(text) if !outgrows => text.extend(part),
            To::Held(text) => {
                let text = std::mem::take(text);
                self.to = begin().map_or(To::Terminal, To::Pager);
                self.write_all(&text)?;
                self.write_all(part)?;
            }
            To::Terminal => io::stdout().write_all(part)?,
            To::Pager(pager) => pager.stdin.as_mut().map_or(Ok(()), |stdin| stdin.write_all(part))?,
        }
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match &self.to {
            To::Terminal => io::stdout().flush(),
            To::Held(_) | To::Pager(_) => Ok(()),
        }
    }
}

impl Drop for Screen {
    /// The pager is never left alone with the terminal.
    fn drop(&mut self) {
        let _ = self.finish();
    }
}

/// The pager of the user's environment.
fn wished() -> Option<String> {
    ["DIXIT_PAGER", "PAGER"].into_iter().find_map(|name| env::var(name).ok())
}

/// Begins a pager, if one is wished and there.
fn begin() -> Option<Child> {
    let mut command = match wished() {
        Some(pager) if ["", "cat"].contains(&pager.trim()) => return None,
        // It may be a command with options.
        Some(pager) => {
            let [shell, option] = if cfg!(windows) { ["cmd", "/C"] } else { ["sh", "-c"] };
            let mut command = Command::new(shell);
            command.args([option, &pager]);
            command
        }
        None => Command::new("less"),
    };
    command.envs(LESS.into_iter().filter(|(name, _)| env::var_os(name).is_none()));
    let pager = command.stdin(Stdio::piped()).spawn().ok()?;
    // Ctrl-C is for the pager, which would be left alone with the terminal.
    let _ = ctrlc::set_handler(|| {});
    Some(pager)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outgrows(text: &str) -> bool {
        let size = Size { rows: 3, columns: 10 };
        Screen { to: To::Terminal, size, rows: 0, column: 0 }.outgrows(text.as_bytes())
    }

    #[test]
    fn long_lines_take_several_rows() {
        assert!(!outgrows("a\nb\nc\n"));
        assert!(outgrows("a\nb\nc\nd\n"));
        assert!(!outgrows("éééééééééé\nb\nc\n"));
        assert!(outgrows("ééééééééééé\nb\nc\n"));
    }
}
