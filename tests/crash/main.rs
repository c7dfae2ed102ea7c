//! The program is killed while it writes, and nothing is lost: what was stored stays whole, and the same command done again
//! ends where an undisturbed one does, byte for byte.
//!
//! `make test-crash` runs all of it, with a line for each kill. CRASH_SEED gives other moments, CRASH_KILLS another number,
//! CRASH_ARTICLES another size of the store; DIXIT_PROGRAM is the program to kill, if it is not the one that was built.

mod corpus;
mod desk;
mod random;

use desk::{Desk, Moment, Said};
use random::Random;
use std::fs;
use std::time::{Duration, Instant};

/// A command that is killed again and again.
struct Deed<'a> {
    /// The store from which it starts: a copy of this one, or a new one.
    start: Option<&'a str>,
    arguments: &'a [&'a str],
    /// Whether a killed run has done all or nothing.
    is_whole: bool,
    moments: &'a [Moment],
}

/// A number that the environment sets.
fn set(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |value| value.parse().unwrap_or_else(|_| panic!("{name}={value}: a number?")))
}

/// Kills a command this many times, and returns how often the store then said anything else than after an undisturbed run.
fn kill(desk: &Desk, name: &str, deed: &Deed<'_>, kills: usize, seed: u64) -> usize {
    let mut random = Random::new(seed);
    let fresh = |store: &str| {
        desk.remove(store);
        if let Some(start) = deed.start {
            desk.copy(start, store);
        }
    };
    let before = deed.start.map(|start| desk.graph(start));
    fresh("undisturbed");
    let begun = Instant::now();
    desk.run("undisturbed", deed.arguments);
    let mut whole = begun.elapsed();
    let wanted = desk.said("undisturbed");
    eprintln!(
        "{name}: {kills} kills, seed {seed}; undisturbed {:.2} s, {} bytes",
        whole.as_secs_f64(),
        wanted.graph.len()
    );
    let (mut done, mut differences) = (0, 0);
    while done < kills {
        fresh("killed");
        let moment = *random.pick(deed.moments);
        let Some(kill) = desk.kill("killed", deed.arguments, moment, whole, &mut random) else { continue };
        done += 1;
        let (found, again) = examine(desk, deed, before.as_deref(), &wanted);
        // The machine may be busier than it was: the end is to be hit, too.
        whole = again.map_or(whole, |again| (whole * 7 + again) / 8);
        let (left, faults) = found;
        differences += usize::from(!faults.is_empty());
        let judged = if faults.is_empty() { "same".to_owned() } else { format!("DIFFERENT: {}", faults.join("; ")) };
        eprintln!(
            "{name} {done}/{kills}: after {:.3} s; there: {}; {left}; {judged}",
            kill.after.as_secs_f64(),
            kill.place
        );
        if !faults.is_empty() && std::env::var_os("CRASH_KEEP").is_some() {
            panic!("kept: {}", desk.path("killed").display());
        }
    }
    eprintln!("{name}: {kills} kills, {differences} differences");
    differences
}

/// What the killed store holds, and what is wrong with it; how long the command took when it was done again.
fn examine(
    desk: &Desk,
    deed: &Deed<'_>,
    before: Option<&[u8]>,
    wanted: &Said,
) -> ((String, Vec<String>), Option<Duration>) {
    let mut faults = Vec::new();
    let is_store = desk.path("killed/base-iri").exists();
    let checked = desk.output("killed", &["check"]);
    let error = String::from_utf8_lossy(&checked.stderr);
    if is_store != checked.status.success() || (!is_store && !error.starts_with("dixit: no store at ")) {
        let output = String::from_utf8_lossy(&checked.stdout);
        faults.push(format!("check: {}{}", error.trim(), output.lines().next().unwrap_or_default()));
    }
    let mut left = "no store".to_owned();
    let mut is_done = false;
    if is_store {
        let graph = desk.graph("killed");
        left = format!("{} articles", desk.articles("killed"));
        is_done = graph == wanted.graph;
        let is_untouched = before.map_or(graph.is_empty(), |before| graph == before);
        if deed.is_whole && !is_done && !is_untouched {
            faults.push(format!("done in part, {left}"));
        }
        // An index never says what the store does not.
        if desk.path("killed/search").exists() {
            let found = desk.found("killed");
            desk.copy("killed", "without");
            desk.remove("without/search");
            // It is a copy, and nobody writes into its original.
            let _ = fs::remove_file(desk.path("without/writing"));
            if found != desk.found("without") {
                faults.push("the index misleads".to_owned());
            }
            desk.remove("without");
        }
    }
    let mut took = None;
    // To add again what is there changes nothing; nothing else is to be done twice.
    if !is_done || deed.arguments[0] == "add" {
        let begun = Instant::now();
        let output = desk.output("killed", deed.arguments);
        took = Some(begun.elapsed());
        if !output.status.success() {
            faults.push(format!("again: {}", String::from_utf8_lossy(&output.stderr).trim()));
            return ((left, faults), None);
        }
    }
    if desk.graph("killed") != wanted.graph {
        faults.push("another graph".to_owned());
    }
    if desk.found("killed") != wanted.found {
        faults.push("another answer".to_owned());
    }
    ((left, faults), took)
}

/// A desk with articles (`old.jsonl`, `new.jsonl`) and a store of the old ones that has an index (`old`).
fn desk(articles: usize) -> Desk {
    let desk = Desk::new();
    fs::write(desk.path("old.jsonl"), corpus::articles(articles / 2, 1)).unwrap();
    fs::write(desk.path("new.jsonl"), corpus::articles(articles, 2)).unwrap();
    desk.run("old", &["add", "old.jsonl"]);
    desk.found("old");
    desk
}

/// Where `add` is killed in a new store, and in one with an index.
const NEW: &[Moment] =
    &[Moment::Any, Moment::Any, Moment::Any, Moment::Beginning, Moment::After("vocabulary"), Moment::After("removing")];
const OLD: &[Moment] = &[
    Moment::Any,
    Moment::Any,
    Moment::After("removing"),
    Moment::After("search/index"),
    Moment::After("search/index/meta.json"),
];
/// Where other commands are killed, which take less time.
const SHORT: &[Moment] = &[Moment::Any, Moment::Any, Moment::After("writing")];

fn add<'a>(start: Option<&'a str>) -> Deed<'a> {
    let moments = if start.is_some() { OLD } else { NEW };
    // So that much is stored on the way, and some of it removed again.
    Deed { start, arguments: &["add", "--batch", "1500", "new.jsonl"], is_whole: false, moments }
}

#[test]
fn a_killed_add_is_brought_to_its_end_by_the_next() {
    let desk = desk(10);
    let seed = set("CRASH_SEED", 1);
    assert_eq!(kill(&desk, "add to a new store", &add(None), 5, seed), 0);
    assert_eq!(kill(&desk, "add to a store with an index", &add(Some("old")), 5, seed), 0);
}

#[test]
#[ignore = "takes minutes: make test-crash"]
fn add_200_times() {
    let kills = set("CRASH_KILLS", 200) as usize;
    let seed = set("CRASH_SEED", 1);
    let desk = desk(set("CRASH_ARTICLES", 150) as usize);
    let mut differences = kill(&desk, "add to a new store", &add(None), kills / 2, seed);
    differences += kill(&desk, "add to a store with an index", &add(Some("old")), kills - kills / 2, seed);
    eprintln!("{kills} kills, {differences} differences");
    assert_eq!(differences, 0);
}

#[test]
#[ignore = "takes minutes: make test-crash"]
fn other_commands_20_times_each() {
    let kills = set("CRASH_KILLS", 200) as usize / 10;
    let seed = set("CRASH_SEED", 1);
    let desk = desk(set("CRASH_ARTICLES", 150) as usize / 2);
    // An export of another store, in which a third of the articles have other words.
    desk.run("new", &["add", "new.jsonl"]);
    fs::write(desk.path("new.nq"), desk.graph("new")).unwrap();
    let first = |pattern: &str| {
        let query = format!("SELECT ?x {{ {pattern} }} ORDER BY ?x LIMIT 1");
        let rows = desk.run("old", &["query", "-q", "--format", "csv", "-e", &query]);
        String::from_utf8(rows).unwrap().lines().nth(1).unwrap().trim_matches('"').to_owned()
    };
    let statement = first("?x a dixit:ReportedStatement");
    let actor = first("?s dixit:actor ?x . ?x a schema:Person FILTER NOT EXISTS { ?x schema:sameAs ?item }");
    let deeds: [(&str, Option<&str>, &[&str], bool); 6] = [
        ("import to a new store", None, &["import", "new.nq"], true),
        ("import to an old store", Some("old"), &["import", "new.nq"], true),
        ("remove", Some("old"), &["remove", "--outlet", "Le Phare"], false),
        ("edit", Some("old"), &["edit", &statement, "--date", "2021-04"], true),
        ("link accept", Some("old"), &["link", "accept", &actor, "Q4242424242"], true),
        ("restore", None, &["restore", "saved"], true),
    ];
    desk.run("old", &["backup", "saved"]);
    let mut differences = 0;
    for (name, start, arguments, is_whole) in deeds {
        let deed = Deed { start, arguments, is_whole, moments: SHORT };
        differences += kill(&desk, name, &deed, kills, seed);
    }
    assert_eq!(differences, 0);
}

/// On small file systems in memory, which only root may make.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes minutes and needs root: make test-crash"]
fn a_full_disk_is_told_and_once_there_is_room_the_same_command_goes_on() {
    let desk = desk(set("CRASH_ARTICLES", 150) as usize);
    desk.run("undisturbed", &["add", "new.jsonl"]);
    let wanted = desk.said("undisturbed");
    let disk = desk.path("disk");
    fs::create_dir(&disk).unwrap();
    let mount = |options: &str| {
        let mut mount = std::process::Command::new("mount");
        mount
            .args(["-t", "tmpfs", "-o", options, "dixit-test"])
            .arg(&disk)
            .status()
            .is_ok_and(|status| status.success())
    };
    let mut ended = 0;
    for kilobytes in [40, 100, 500, 2000, 6000, 12000] {
        if !mount(&format!("size={kilobytes}k")) {
            eprintln!("no disk can be made: this is left out");
            return;
        }
        let output = desk.output("disk/store", &["add", "-q", "--batch", "1500", "new.jsonl"]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let checked = desk.output("disk/store", &["check"]);
        let is_checked = checked.status.success() || String::from_utf8_lossy(&checked.stderr).contains("no store at");
        let has_room = mount("remount,size=1g");
        let again = desk.output("disk/store", &["add", "-q", "--batch", "1500", "new.jsonl"]);
        let is_same = again.status.success() && desk.said("disk/store") == wanted;
        assert!(std::process::Command::new("umount").arg(&disk).status().unwrap().success());
        eprintln!("a disk of {kilobytes} kB: {}", told.trim());
        assert!(is_checked && has_room && is_same, "{kilobytes} kB");
        if output.status.success() {
            continue;
        }
        ended += 1;
        assert_eq!((output.status.code(), told.lines().count()), (Some(1), 1), "{told}");
        assert!(told.contains("no room is left for the store disk/store") && told.contains("make room"), "{told}");
    }
    assert!(ended > 2, "no disk was too small");
}
