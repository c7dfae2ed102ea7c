//! The sessions of README.md and of pages in docs/ are true: each command of a `console` block is run, and must print what
//! stands below it.
//!
//! `UPDATE_README=1 cargo test --test readme` writes what they print into the files instead.

#[path = "shared/session.rs"]
mod session;

use session::relive;
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_sessions_of_the_readme_are_true() {
    relive_page("README.md");
}

#[test]
fn the_example_of_the_model_is_true() {
    relive_page("docs/model.md");
}

#[test]
fn the_sessions_about_exchange_are_true() {
    relive_page("docs/exchange.md");
}

#[test]
fn the_sessions_about_corrections_are_true() {
    relive_page("docs/corrections.md");
}

#[test]
fn the_sessions_about_linking_are_true() {
    relive_page("docs/linking.md");
}

#[test]
fn the_sessions_about_answers_are_true() {
    relive_page("docs/answers.md");
}

fn relive_page(page: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join(page)).unwrap();
    let desk = tempfile::tempdir().unwrap();
    for folder in ["seeds", "docs"] {
        std::os::unix::fs::symlink(root.join(folder), desk.path().join(folder)).unwrap();
    }

    let lived = relive(&text, |command| run(command, desk.path()));
    assert!(lived.contains("\n$ dixit "), "{page} shows no session");
    if env::var_os("UPDATE_README").is_some() {
        fs::write(root.join(page), lived).unwrap();
    } else if let Some((is, was)) = lived.lines().zip(text.lines()).find(|(is, was)| is != was) {
        panic!("{page} shows\n{was}\nbut it is\n{is}\nIf that is right: UPDATE_README=1 cargo test --test readme");
    } else {
        assert_eq!(lived, text);
    }
}

/// What the shell command prints, errors in their place.
fn run(command: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_dixit"));
    let mut path = vec![program.parent().unwrap().to_owned()];
    path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1; {command}")])
        .current_dir(folder)
        .env("PATH", env::join_paths(path).unwrap())
        .env("LC_ALL", "en_GB.UTF-8")
        .env("COLUMNS", "100")
        .env_remove("DIXIT_STORE")
        .output()
        .unwrap();
    // CSV ends its lines as RFC 4180 says; the page need not.
    String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n")
}
