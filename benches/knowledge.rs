//! How fast a dump of Wikidata is read, in bytes a second, and how long a look-up takes in a base of a million entities:
//! `cargo bench --no-default-features --bench knowledge`.
//!
//! The dump is invented and made as it is read. `DIXIT_BENCH_DUMP=FILE` names a real one, whose entities are read again
//! and again under new numbers until there are two gigabytes; `RAYON_NUM_THREADS=1` tells what a single core does.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use dixit::entity::base::{Base, Kind, Plan, Record, Writer};
use dixit::entity::wikidata::{Classes, Options, Source, build};
use flate2::read::MultiGzDecoder;
use std::fs::{self, File};
use std::io::{self, Read};
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;

/// Bytes of the dump.
const SIZE: usize = 2_000_000_000;
const ENTITIES: u32 = 1_000_000;

fn main() {
    divan::main();
}

/// A dump becomes a base: unpacked it comes from memory.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn build_from_a_dump(bencher: Bencher) {
    let lines = Arc::new(lines());
    bencher.counter(BytesCount::new(SIZE)).bench_local(|| {
        let folder = tempfile::tempdir().expect("a folder of its own");
        let source = Source::reader("dump.json", Dump::new(Arc::clone(&lines))).expect("it is readable");
        let classes = Classes::embedded();
        let languages = vec!["fr".to_owned(), "en".to_owned()];
        let options = Options { languages, classes: &classes, resume: false, stop: &|| false };
        black_box(build(source, folder.path(), &options, |_| {}).expect("it is a dump"));
    });
}

/// Names that are in the base.
#[divan::bench(sample_count = 200, sample_size = 500)]
fn look_up_known_names(bencher: Bencher) {
    let mut number = 0;
    let base = &BASE.1;
    bencher
        .with_inputs(|| next(&mut number))
        .bench_local_values(|name| base.look_up(&name).expect("the base is whole"));
}

/// Names that are not.
#[divan::bench(sample_count = 200, sample_size = 500)]
fn look_up_unknown_names(bencher: Bencher) {
    let mut number = 0;
    let base = &BASE.1;
    let unknown = |number: &mut u32| next(number) + "x";
    bencher
        .with_inputs(|| unknown(&mut number))
        .bench_local_values(|name| base.look_up(&name).expect("the base is whole"));
}

/// As somebody types them: with capitals, to be folded first.
#[divan::bench(sample_count = 200, sample_size = 500)]
fn find_typed_names(bencher: Bencher) {
    let mut number = 0;
    let base = &BASE.1;
    let typed = |number: &mut u32| next(number).to_uppercase();
    bencher.with_inputs(|| typed(&mut number)).bench_local_values(|name| base.find(&name).expect("the base is whole"));
}

/// All that is kept of an entity.
#[divan::bench(sample_count = 200, sample_size = 500)]
fn read_records(bencher: Bencher) {
    let mut number = 0;
    let base = &BASE.1;
    let entity = |number: &mut u32| {
        *number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *number % ENTITIES
    };
    bencher.with_inputs(|| entity(&mut number)).bench_local_values(|entity| base.record(entity).expect("it is there"));
}

/// A base of invented persons, and the folder that it is in.
static BASE: LazyLock<(TempDir, Base)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder of its own");
    let plan = Plan {
        source: "invented".to_owned(),
        fingerprint: String::new(),
        languages: vec!["fr".to_owned()],
        classes: String::new(),
    };
    let mut writer = Writer::open(folder.path(), plan, false).expect("the folder is empty").writer;
    for number in 0..ENTITIES {
        writer.add(&person(number)).expect("there is room");
        if writer.is_due() {
            writer.checkpoint(number.into()).expect("there is room");
        }
    }
    writer.finish(ENTITIES.into()).expect("there is room");
    let base = Base::open(folder.path()).expect("it was just made");
    (folder, base)
});

fn person(number: u32) -> Record {
    let alias = |with: u32| name(number.wrapping_mul(31).wrapping_add(with));
    Record {
        key: format!("Q{number}"),
        kind: Kind::Person,
        sitelinks: number % 50,
        labels: vec![Some(name(number))],
        descriptions: vec![Some("personne inventée pour cette mesure".to_owned())],
        aliases: vec![alias(1), alias(2)],
        gender: None,
        offices: Vec::new(),
        countries: vec![142],
        occupations: vec![82955],
        seats: Vec::new(),
        classes: vec![5],
        web: Vec::new(),
        demonyms: Vec::new(),
        broader: Vec::new(),
    }
}

/// A name of two words, the same for the same number.
fn name(number: u32) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "dor", "len", "mi", "ro", "sel", "tan", "vi", "gu", "pre", "nal", "os", "ker", "fau", "ju", "ze"];
    let mut mixed = u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24;
    let mut word = |syllables: u32| {
        let mut word = String::new();
        for _ in 0..syllables {
            word.push_str(SYLLABLES[(mixed % 16) as usize]);
            mixed /= 16;
        }
        word
    };
    format!("{} {}", word(3), word(4))
}

/// The next name of the base, in no order.
fn next(number: &mut u32) -> String {
    *number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    name(*number % ENTITIES)
}

/// Lines that are read again and again under new numbers.
struct Dump {
    lines: Arc<Vec<String>>,
    number: usize,
    given: usize,
    /// The line at hand, and how much of it was read.
    line: Vec<u8>,
    read: usize,
}

impl Dump {
    fn new(lines: Arc<Vec<String>>) -> Self {
        Self { lines, number: 0, given: 0, line: b"[\n".to_vec(), read: 0 }
    }

    /// Goes on to the next line; false after the last.
    fn advance(&mut self) -> bool {
        self.line.clear();
        self.read = 0;
        if self.given > SIZE {
            return false;
        }
        let line = &self.lines[self.number % self.lines.len()];
        self.number += 1;
        let place = line.find("\"id\":\"Q").map_or(0, |at| at + 7);
        let rest = line[place..].find('"').map_or(line.len(), |at| place + at);
        self.line.extend_from_slice(&line.as_bytes()[..place]);
        self.line.extend_from_slice(self.number.to_string().as_bytes());
        self.line.extend_from_slice(&line.as_bytes()[rest..]);
        self.line.extend_from_slice(b",\n");
        self.given += self.line.len();
        if self.given > SIZE {
            self.line.extend_from_slice(b"]\n");
        }
        true
    }
}

impl Read for Dump {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read == self.line.len() && !self.advance() {
            return Ok(0);
        }
        let count = buffer.len().min(self.line.len() - self.read);
        buffer[..count].copy_from_slice(&self.line[self.read..self.read + count]);
        self.read += count;
        Ok(count)
    }
}

/// The entities that are read: real ones if a dump is named.
fn lines() -> Vec<String> {
    let Some(path) = std::env::var_os("DIXIT_BENCH_DUMP") else { return invented() };
    let mut text = String::new();
    match path.to_string_lossy().ends_with(".gz") {
        true => MultiGzDecoder::new(File::open(path).expect("the dump exists")).read_to_string(&mut text),
        false => fs::read_to_string(path).map(|read| text = read).map(|()| 0),
    }
    .expect("the dump is text");
    let lines = text.lines().map(|line| line.trim_end_matches(',')).filter(|line| line.starts_with('{'));
    lines.filter(|line| line.contains("\"id\":\"Q")).map(str::to_owned).collect()
}

/// Of four entities one person, and three articles of journals, as in the dump most are nothing for us.
fn invented() -> Vec<String> {
    (0..400).map(|number| if number % 4 == 0 { invented_person(number) } else { invented_article(number) }).collect()
}

fn invented_person(number: u32) -> String {
    let labels = terms(120, &name(number));
    let office = |at: u32| {
        format!(
            r#"{{"mainsnak":{},"type":"statement","qualifiers":{{"P580":[{}],"P582":[{}]}},"rank":"normal","references":[{}]}}"#,
            item("P39", 4_164_871 + at),
            time("P580", 1990 + at),
            time("P582", 1994 + at),
            reference()
        )
    };
    let offices: Vec<String> = (0..6).map(office).collect();
    let claims = format!(
        r#"{{"P31":[{}],"P106":[{}],"P27":[{}],"P39":[{}],"P214":[{}]}}"#,
        statement(&item("P31", 5)),
        statement(&item("P106", 82_955)),
        statement(&item("P27", 142)),
        offices.join(","),
        vec![statement(&text("P214")); 40].join(",")
    );
    entity(number, &labels, &claims)
}

fn invented_article(number: u32) -> String {
    let claims = format!(
        r#"{{"P31":[{}],"P2093":[{}],"P2860":[{}]}}"#,
        statement(&item("P31", 13_442_814)),
        vec![statement(&text("P2093")); 10].join(","),
        vec![statement(&item("P2860", 25_000_000)); 10].join(",")
    );
    entity(number, &terms(4, &name(number)), &claims)
}

fn entity(number: u32, labels: &str, claims: &str) -> String {
    let sitelinks: Vec<String> = (0..30)
        .map(|at| format!(r#""w{at}wiki":{{"site":"w{at}wiki","title":"{}","badges":[]}}"#, name(number)))
        .collect();
    format!(
        r#"{{"type":"item","id":"Q{number}","labels":{labels},"descriptions":{labels},"aliases":[],"claims":{claims},"sitelinks":{{{}}}}}"#,
        sitelinks.join(",")
    )
}

/// A name in many languages, French and English among them.
fn terms(languages: u32, name: &str) -> String {
    let term = |code: &str| format!(r#""{code}":{{"language":"{code}","value":"{name}"}}"#);
    let others = (0..languages).map(|at| term(&format!("x{at}")));
    format!("{{{}}}", others.chain(["fr", "en"].map(term)).collect::<Vec<_>>().join(","))
}

fn statement(snak: &str) -> String {
    format!(
        r#"{{"mainsnak":{snak},"type":"statement","id":"Q1$0a1b2c3d-4e5f-6789-abcd-ef0123456789","rank":"normal","references":[{}]}}"#,
        reference()
    )
}

fn reference() -> String {
    format!(r#"{{"hash":"{HASH}","snaks":{{"P248":[{}]}},"snaks-order":["P248"]}}"#, item("P248", 36_578))
}

const HASH: &str = "0123456789abcdef0123456789abcdef01234567";

fn item(property: &str, number: u32) -> String {
    format!(
        r#"{{"snaktype":"value","property":"{property}","hash":"{HASH}","datavalue":{{"value":{{"entity-type":"item","numeric-id":{number},"id":"Q{number}"}},"type":"wikibase-entityid"}},"datatype":"wikibase-item"}}"#
    )
}

fn text(property: &str) -> String {
    format!(
        r#"{{"snaktype":"value","property":"{property}","hash":"{HASH}","datavalue":{{"value":"102333412","type":"string"}},"datatype":"external-id"}}"#
    )
}

fn time(property: &str, year: u32) -> String {
    format!(
        r#"{{"snaktype":"value","property":"{property}","hash":"{HASH}","datavalue":{{"value":{{"time":"+{year}-05-07T00:00:00Z","timezone":0,"before":0,"after":0,"precision":11,"calendarmodel":"http://www.wikidata.org/entity/Q1985727"}},"type":"time"}},"datatype":"time"}}"#
    )
}
