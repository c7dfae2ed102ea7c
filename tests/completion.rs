//! Completion as a shell asks for it: bash always, zsh and fish where they are.

use std::env;
use std::path::Path;
use std::process::Command;

/// A folder with a store of one person whom no table knows.
fn room() -> tempfile::TempDir {
    let room = tempfile::tempdir().unwrap();
    std::fs::write(room.path().join("a.txt"), "« Le pont tiendra », a déclaré Zoélie Brémard, ingénieure.").unwrap();
    let mut dixit = Command::new(env!("CARGO_BIN_EXE_dixit"));
    assert!(
        dixit
            .current_dir(room.path())
            .args(["-q", "add", "a.txt"])
            .env_remove("DIXIT_STORE")
            .status()
            .unwrap()
            .success()
    );
    room
}

/// What a shell prints, which finds the program on its path.
fn printed(room: &Path, shell: &str, arguments: &[&str]) -> Option<String> {
    let program = Path::new(env!("CARGO_BIN_EXE_dixit")).parent().unwrap().to_owned();
    let path = env::join_paths([program].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap()))).unwrap();
    let mut command = Command::new(shell);
    command.current_dir(room).args(arguments).env("PATH", path).env("LANG", "C").env("XDG_CONFIG_HOME", room);
    for name in ["DIXIT_STORE", "DIXIT_QUERIES", "LC_ALL", "LC_MESSAGES"] {
        command.env_remove(name);
    }
    let output = command.output().ok()?;
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert!(output.status.success(), "{shell} {arguments:?}: {stderr}");
    Some(stdout)
}

/// What bash offers for a line, whose words it parts at `=` as well.
fn offered(room: &Path, line: &str) -> Vec<String> {
    let script = r#"
        source <(dixit completion bash)
        COMP_LINE=$1; COMP_POINT=${#1}; COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
        IFS=' =' read -ra COMP_WORDS <<< "$1"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        [[ $(complete -p dixit) == *"-F _dixit dixit" ]] || exit 1
        _dixit dixit "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        (( ${#COMPREPLY[@]} == 0 )) || printf '%s\n' "${COMPREPLY[@]}""#;
    printed(room, "bash", &["-c", script, "bash", line]).expect("bash is there").lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_queries_parameters_and_names() {
    let room = room();
    for (line, expected) in [
        ("dixit que", &["query"][..]),
        ("dixit query who-s", &["who-said-what"]),
        ("dixit query what-did-say wh", &["who=", "when="]),
        ("dixit query what-did-say when=2022 s", &[]),
        ("dixit query what-did-say kind=d", &["direct"]),
        ("dixit query what-did-say who=Emmanuel\\ Mac", &["Emmanuel\\ Macron"]),
        ("dixit query what-did-say \"who=emmanuel mac", &["who=Emmanuel Macron"]),
        ("dixit query said-about who='Emmanuel Mac", &["Emmanuel Macron"]),
        ("dixit query said-about topic=NATO,Volodymyr\\ Zelenskyy", &["NATO,Volodymyr\\ Zelenskyy"]),
        // No table knows her.
        ("dixit query what-did-say who=Zoél", &["Zoélie\\ Brémard"]),
        ("dixit --store none query what-did-say who=Zoél", &[]),
        ("dixit query said-about from=Zoél", &[]),
        ("dixit query no-such-query who=E", &[]),
        ("dixit query --form", &["--format"]),
        ("dixit query timeline topic=NATO --format mark", &["markdown"]),
    ] {
        assert_eq!(offered(room.path(), line), expected, "{line}");
    }
}

#[test]
fn own_queries_are_completed_too() {
    let room = room();
    let folder = room.path().join("dixit/queries");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("mine.rq"), "# param: shade text optional, for example red\nSELECT * {}").unwrap();
    assert_eq!(offered(room.path(), "dixit query mi"), ["mine"]);
    assert_eq!(offered(room.path(), "dixit query mine s"), ["shade="]);
}

#[test]
fn fish_completes() {
    let room = room();
    let ask = |line: &str| {
        let script = format!("dixit completion fish | source; complete -C '{line}'");
        printed(room.path(), "fish", &["-c", &script])
    };
    let Some(queries) = ask("dixit query who-s") else { return };
    assert!(queries.starts_with("who-said-what\tWho said what about a topic"), "{queries}");
    let parameters = ask("dixit query what-did-say wh").unwrap();
    assert!(parameters.starts_with("who=\tactor: the name of somebody"), "{parameters}");
    assert_eq!(ask("dixit query what-did-say who=Zoél").unwrap(), "who=Zoélie Brémard\n");
}

#[test]
fn zsh_completes() {
    let room = room();
    // The script offers by _describe, which only a line editor shows: here it prints what it is given.
    let script = r#"
        compdef() { :; }; compadd() { :; }; compstate=(insert ''); _describe() { print -rl -- ${(P)@[-1]} }
        source <(dixit completion zsh)
        words=(dixit query what-did-say who=Zoél); CURRENT=4; _clap_dynamic_completer_dixit"#;
    if let Some(offered) = printed(room.path(), "zsh", &["-fc", script]) {
        assert!(offered.contains("who=Zoélie Brémard"), "{offered}");
    }
}
