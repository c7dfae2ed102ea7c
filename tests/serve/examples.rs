//! The examples of `docs/endpoint.md` are true.

use super::session::relive;
use super::site::site;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

#[test]
fn the_page_for_programs_is_true() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("no curl here: the examples of docs/endpoint.md are not run");
        return;
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/endpoint.md");
    let text = fs::read_to_string(&page).unwrap();
    let lived = relive(&text, |command| {
        let here = command.replace("127.0.0.1:7878", &site().address.to_string());
        let output = Command::new("sh").args(["-c", &here]).output().unwrap();
        let output = String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n");
        let mut output = output.replace(&site().address.to_string(), "127.0.0.1:7878");
        if !output.ends_with('\n') && !output.is_empty() {
            output.push('\n');
        }
        output
    });
    if env::var_os("UPDATE_README").is_some() {
        fs::write(page, lived).unwrap();
    } else {
        assert_eq!(lived, text, "if that is right: UPDATE_README=1 cargo test --test serve");
    }
}
