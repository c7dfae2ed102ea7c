//! What becomes of a store when it is copied, saved and restored, of another form, in use, or in a folder that nobody may write.

use dixit::graph::Store;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

struct Desk(TempDir);

impl Desk {
    /// With a store of the seeds.
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.good("s", &["add", concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn dixit(&self, store: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
        command.current_dir(self.0.path()).arg("--store").arg(store).args(arguments).stdin(Stdio::null());
        command
            .env_remove("DIXIT_QUERIES")
            .env_remove("DIXIT_KB")
            .env("SOURCE_DATE_EPOCH", "1700000000")
            .env("LANG", "C");
        command
    }

    /// Status, standard output and standard error.
    fn run(&self, store: &str, arguments: &[&str]) -> (i32, String, String) {
        let output = self.dixit(store, arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn good(&self, store: &str, arguments: &[&str]) -> String {
        let (status, output, error) = self.run(store, arguments);
        assert_eq!(status, 0, "{arguments:?}: {error}");
        output
    }

    /// One line that says why it failed.
    fn bad(&self, store: &str, arguments: &[&str]) -> String {
        let (status, output, error) = self.run(store, arguments);
        assert_eq!((status, &*output, error.lines().count()), (1, "", 1), "{arguments:?}: {error}");
        error
    }

    fn graph(&self, store: &str) -> String {
        self.good(store, &["export", "--format", "nquads", "--with-text"])
    }

    fn copy(&self, from: &str, to: &str) {
        copy(&self.path(from), &self.path(to));
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place);
        } else if let Err(error) = fs::copy(entry.path(), place) {
            // The database removes files while it is open.
            assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
        }
    }
}

#[test]
fn a_backup_is_a_store_and_comes_back() {
    let desk = Desk::new();
    let graph = desk.graph("s");
    desk.good("s", &["backup", "saved"]);
    assert_eq!(desk.graph("saved"), graph);
    // Whoever reads the backup changes nothing of it.
    fs::create_dir(desk.path("back")).unwrap();
    desk.good("back", &["restore", "saved"]);
    assert_eq!(desk.graph("back"), graph);
    desk.good("back", &["remove", "--outlet", "Le Courrier de Valmont"]);
    assert_eq!(desk.graph("saved"), graph);
    assert!(!desk.path("saved.part").exists() && !desk.path("back.part").exists());

    // Nothing takes the place of anything.
    assert!(desk.bad("s", &["backup", "saved"]).contains("choose another"));
    assert!(desk.bad("s", &["restore", "saved"]).contains("choose another"));
    assert!(desk.bad("n", &["restore", "s"]).contains("is no backup"));
    assert!(desk.bad("n", &["backup", "m"]).contains("no store at n"));
    assert!(!desk.path("n").exists());
}

#[test]
fn a_damaged_backup_is_not_restored() {
    let desk = Desk::new();
    desk.good("s", &["backup", "saved"]);
    let list = fs::read_to_string(desk.path("saved/backup")).unwrap();
    let flaws: [(&str, &str); 3] = [("base-iri", "https://other.example/\n"), ("version", ""), ("vocabulary", "x")];
    for (file, text) in flaws {
        desk.copy("saved", "broken");
        fs::write(desk.path("broken").join(file), text).unwrap();
        assert!(desk.bad("n", &["restore", "broken"]).contains(&format!("{file} is not as it was written")));
        fs::remove_file(desk.path("broken").join(file)).unwrap();
        assert!(desk.bad("n", &["restore", "broken"]).contains("broken"));
        fs::remove_dir_all(desk.path("broken")).unwrap();
    }
    // Nor is one whose list was cut: what it does not name would be missing.
    let lines: Vec<_> = list.lines().collect();
    for kept in 0..lines.len() {
        fs::write(desk.path("saved/backup"), lines[..kept].join("\n")).unwrap();
        assert!(desk.bad("n", &["restore", "saved"]).contains("is not in the list"));
    }
    // What it says steers no terminal.
    fs::write(desk.path("saved/backup"), "\u{1b}[2J\n").unwrap();
    assert!(desk.bad("n", &["restore", "saved"]).contains(r"backup: \u{1b}[2J"));
    // A list leads to no file elsewhere.
    fs::write(desk.path("saved/backup"), format!("{list}{}  ../s/base-iri\n", "0".repeat(64))).unwrap();
    assert!(desk.bad("n", &["restore", "saved"]).contains("../s/base-iri is no file of a store"));
    assert!(!desk.path("n").exists() && !desk.path("n.part").exists());
}

#[test]
fn what_a_store_may_lack_may_be_damaged_and_what_it_may_not_is_told() {
    let desk = Desk::new();
    let graph = desk.graph("s");
    let no_text = b"\xff\n\xfe\t\t\n";
    for file in ["fetched", "vocabulary"] {
        fs::write(desk.path("s").join(file), no_text).unwrap();
    }
    assert_eq!(Store::open_to_change(&desk.path("s")).unwrap().fetched().unwrap().to_string(), "");
    assert_eq!(desk.graph("s"), graph);
    for (file, told) in [
        ("version", "is damaged (version: no number)"),
        ("base-iri", "is damaged (base-iri: "),
        ("writing", "is a copy that was made while a program wrote"),
    ] {
        desk.copy("s", "damaged");
        fs::write(desk.path("damaged").join(file), no_text).unwrap();
        let message = desk.bad("damaged", &["stats"]);
        assert!(message.contains(told), "{file}: {message}");
        fs::remove_dir_all(desk.path("damaged")).unwrap();
    }
}

#[test]
fn what_a_damaged_file_of_a_store_holds_steers_no_terminal() {
    let desk = Desk::new();
    fs::write(desk.path("s/base-iri"), "https://b.example\u{1b}[2J\r").unwrap();
    assert!(desk.bad("s", &["stats"]).contains(r"is damaged (base-iri: `https://b.example\u{1b}[2J` is no base"));
}

#[test]
fn a_store_of_another_form_is_told_so_and_migrated() {
    let desk = Desk::new();
    let graph = desk.graph("s");
    fs::remove_file(desk.path("s/version")).unwrap();
    for arguments in [&["stats"][..], &["add", "x"], &["backup", "saved"]] {
        let told = desk.bad("s", arguments);
        assert!(
            told.contains("has the form 0") && told.contains("the form 1") && told.contains("dixit migrate"),
            "{told}"
        );
    }
    desk.good("s", &["migrate"]);
    assert_eq!(desk.graph("s"), graph);
    desk.good("s", &["migrate"]);

    fs::write(desk.path("s/version"), "7\n").unwrap();
    for arguments in [&["stats"][..], &["migrate"]] {
        let told = desk.bad("s", arguments);
        assert!(told.contains("has the form 7") && told.contains("use a newer dixit"), "{told}");
    }
}

#[test]
fn a_store_is_made_anew_with_what_people_put_right() {
    let desk = Desk::new();
    let rows = desk.good(
        "s",
        &["query", "-q", "--format", "csv", "-e", "SELECT ?x { ?x a dixit:ReportedStatement } ORDER BY ?x LIMIT 1"],
    );
    desk.good("s", &["edit", rows.lines().nth(1).unwrap(), "--date", "2021-04", "--by", "anne"]);
    let (graph, list) = (desk.graph("s"), desk.good("s", &["corrections", "--format", "tsv"]));
    let read = desk.good("s", &["query", "-q", "changed-since", "--format", "csv"]);
    desk.good("s", &["migrate", "--anew"]);
    assert_eq!(desk.good("s", &["query", "-q", "changed-since", "--format", "csv"]), read);
    assert_eq!(desk.graph("s"), graph);
    assert_eq!(desk.good("s", &["corrections", "--format", "tsv"]), list);
    assert_eq!(desk.good("s", &["check"]).lines().last(), Some("0 of 35 rules are broken"));
    assert_eq!(desk.graph("s.form-1"), graph);
}

#[test]
fn a_copy_made_while_a_program_writes_is_refused() {
    let desk = Desk::new();
    let writer = Store::open_to_change(&desk.path("s")).unwrap();
    desk.copy("s", "copy");
    drop(writer);
    let told = desk.bad("copy", &["stats"]);
    assert!(told.contains("made while a program wrote") && told.contains("dixit backup DIR"), "{told}");
    // One that is made afterwards is a store.
    desk.copy("s", "later");
    assert_eq!(desk.graph("later"), desk.graph("s"));
}

/// What the database says of its errors goes through two allocators, or through one: then the program ends as it should.
#[test]
#[cfg(feature = "rocksdb")]
fn a_damaged_database_is_told_in_one_line() {
    let desk = Desk::new();
    fs::write(desk.path("s/rocksdb/CURRENT"), "nonsense").unwrap();
    for arguments in [&["stats"][..], &["ask", "NATO"], &["add", "x"]] {
        let told = desk.bad("s", arguments);
        assert!(told.contains("the store s is damaged") && told.contains("add the articles again"), "{told}");
    }
}

/// What a killed `add` leaves: tables that were made and not stored, and what was to be removed with others.
#[test]
#[cfg(feature = "rocksdb")]
fn who_reads_after_a_killed_add_ends_what_it_began() {
    let desk = Desk::new();
    let before = desk.graph("s");
    let some = before.lines().next().unwrap();
    fs::write(desk.path("s/rocksdb/bulk-1.sst"), "half a table").unwrap();
    // The tables did not come: nothing is to be removed.
    fs::write(desk.path("s/removing"), format!("<x:new> <x:new> <x:new> <x:new> .\n{some}\n")).unwrap();
    assert_eq!(desk.graph("s"), before);
    assert!(!desk.path("s/removing").exists() && !desk.path("s/rocksdb/bulk-1.sst").exists());
    // They came.
    let (witness, gone) = (before.lines().last().unwrap(), some);
    fs::write(desk.path("s/removing"), format!("{witness}\n{gone}\n")).unwrap();
    assert_eq!(desk.graph("s"), before.replacen(&format!("{gone}\n"), "", 1));
    assert!(!desk.path("s/removing").exists());
}

#[test]
fn the_second_writer_and_readers_beside_it_are_told_so() {
    let desk = Desk::new();
    let writer = Store::open_to_change(&desk.path("s")).unwrap();
    for arguments in [&["add", "x"][..], &["stats"], &["backup", "saved"], &["migrate"]] {
        assert!(desk.bad("s", arguments).contains("is in use by another dixit"), "{arguments:?}");
    }
    drop(writer);
    let reader = Store::open(&desk.path("s")).unwrap();
    desk.good("s", &["backup", "saved"]);
    assert!(desk.bad("s", &["add", "x"]).contains("is in use by another dixit"));
    drop(reader);
}

#[test]
fn a_store_whose_making_was_broken_off_can_be_read_and_made() {
    let desk = Desk::new();
    for file in ["base-iri.new", "version", "lock"] {
        fs::create_dir_all(desk.path("begun")).unwrap();
        fs::write(desk.path("begun").join(file), "1\n").unwrap();
    }
    assert!(desk.bad("begun", &["stats"]).contains("no store at begun"));
    fs::write(desk.path("begun/base-iri"), "https://data.dixit.example/\n").unwrap();
    fs::create_dir(desk.path("begun/rocksdb.new")).unwrap();
    assert_eq!(desk.graph("begun"), "");
    desk.good("begun", &["add", concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")]);
    assert_eq!(desk.graph("begun"), desk.graph("s"));
    // As if the first import had been broken off.
    fs::write(desk.path("begun/filling"), "").unwrap();
    assert_eq!(desk.graph("begun"), "");
    desk.good("begun", &["add", concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")]);
    assert_eq!(desk.graph("begun"), desk.graph("s"));
}

/// As another user, if the tests are run by root, whom permissions do not stop.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_may_not_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if is_root && !Command::new("setpriv").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return;
    }
    let desk = Desk::new();
    let graph = desk.graph("s");
    let allow = |mode: u32| {
        for folder in ["", "s", "s/rocksdb"].map(|folder| desk.path(folder)).iter().filter(|folder| folder.exists()) {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    allow(0o555);
    let run = |arguments: &[&str]| {
        let mut command = desk.dixit("s", arguments);
        if is_root {
            // The program may lie where only root may look.
            let program = std::env::temp_dir().join(format!("dixit-safety-{}", std::process::id()));
            // Written by another program, so that no test beside this one has it open when it is run.
            assert!(Command::new("cp").arg(env!("CARGO_BIN_EXE_dixit")).arg(&program).status().unwrap().success());
            let arguments: Vec<_> = command.get_args().map(|argument| argument.to_owned()).collect();
            command = Command::new("setpriv");
            command.current_dir(desk.path("")).args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]);
            command.arg(&program).args(arguments).env("SOURCE_DATE_EPOCH", "1700000000").stdin(Stdio::null());
            let output = command.output().unwrap();
            fs::remove_file(program).unwrap();
            return output;
        }
        command.output().unwrap()
    };
    let read = run(&["export", "--format", "nquads", "--with-text"]);
    assert_eq!(String::from_utf8_lossy(&read.stderr), "");
    assert!(read.stdout == graph.as_bytes());
    let search = "SELECT ?x { SERVICE dixit:search { ?x dixit:query \"OTAN\" } }";
    assert!(run(&["query", "-e", search]).status.success());
    for arguments in [&["add", "x"][..], &["remove", "x"], &["migrate"]] {
        let output = run(arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), told.lines().count()), (Some(1), 1), "{told}");
        assert!(told.contains("the store s cannot be written") && told.contains("dixit backup"), "{told}");
    }
    allow(0o755);
}

/// What was exported with the texts gives an equal store: equal bytes, and the same answers to all queries that need no parameter.
#[test]
fn an_import_of_an_export_gives_an_equal_store() {
    let desk = Desk::new();
    fs::write(desk.path("all.nq"), desk.graph("s")).unwrap();
    desk.good("copy", &["import", "all.nq"]);
    assert_eq!(desk.graph("copy"), desk.graph("s"));
    let queries = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/queries")).unwrap();
    let mut asked = 0;
    for entry in queries {
        let path = entry.unwrap().path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".rq"))
        else {
            continue;
        };
        // When an article was read is no part of what it says, and stays in the store.
        if name == "changed-since" {
            continue;
        }
        let rows = |store: &str| desk.run(store, &["query", "-q", name, "--format", "json"]);
        let (copy, original) = (rows("copy"), rows("s"));
        assert!(copy == original, "{name}: {copy:?}, not {original:?}");
        asked += usize::from(original.0 == 0);
    }
    assert!(asked > 20, "{asked}");
}
