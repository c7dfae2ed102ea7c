//! What a store has taken: a file with a line for each graph, its digest and its name, of which the last counts.

use crate::graph::Digest;
use crate::one_line::one_line;
use rustc_hash::FxHashMap;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use url::Url;

/// How the file begins; the address of the store follows.
const HEAD: &str = "dixit push 1 ";

/// Where the journal of a store is if nobody says otherwise: one a store, where programs of this user keep what they remember
/// (the XDG Base Directory Specification). `variable` reads the environment.
pub fn default_journal(endpoint: &Url, variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let absolute = |name| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = absolute("XDG_STATE_HOME").or_else(|| Some(absolute("HOME")?.join(".local/state")))?;
    let host = endpoint.host_str().unwrap_or_default().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let key = Digest::of(endpoint.as_str()).to_string();
    Some(state.join("dixit/push").join(format!("{host}-{}", &key[..8])))
}

/// Why a journal cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    #[error("cannot keep the journal {}: {cause}: choose another place with --journal", path.display())]
    Io { path: PathBuf, cause: io::Error },
    #[error("the journal {} is in use by another push: wait for it to end", .0.display())]
    InUse(PathBuf),
    #[error("{} is no journal of a push: choose another with --journal", .0.display())]
    NotAJournal(PathBuf),
    #[error(
        "the journal {} is that of {}: choose another with --journal, or move it to send all to {wanted}",
        path.display(), one_line(found)
    )]
    OtherStore { path: PathBuf, found: String, wanted: String },
}

/// What a store has taken. Nobody else writes into the file meanwhile.
pub struct Journal {
    path: PathBuf,
    file: File,
    /// The digest of each graph, by that of its name.
    graphs: FxHashMap<Digest, Digest>,
    last: Option<String>,
}

impl Journal {
    /// Opens the journal of the store at `endpoint`, or begins it; `anew` forgets what it holds.
    ///
    /// # Errors
    /// It cannot be read or written, is used, or is none of this store.
    pub fn open(path: &Path, endpoint: &str, anew: bool) -> Result<Self, JournalError> {
        let cannot = |cause| JournalError::Io { path: path.to_owned(), cause };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(cannot)?;
        }
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).clone();
        let file = options.open(path).map_err(cannot)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => JournalError::InUse(path.to_owned()),
            TryLockError::Error(cause) => cannot(cause),
        })?;
        let mut journal = Self { path: path.to_owned(), file, graphs: FxHashMap::default(), last: None };
        journal.read(endpoint, anew)?;
        Ok(journal)
    }

    fn read(&mut self, endpoint: &str, anew: bool) -> Result<(), JournalError> {
        let cannot = |cause| JournalError::Io { path: self.path.clone(), cause };
        let is_none = || JournalError::NotAJournal(self.path.clone());
        let mut reader = BufReader::new(&self.file);
        let (mut line, mut whole) = (Vec::new(), 0);
        reader.read_until(b'\n', &mut line).map_err(cannot)?;
        if !line.is_empty() {
            // What is not ours is not written over.
            let found = line.strip_prefix(HEAD.as_bytes()).ok_or_else(is_none)?.trim_ascii_end();
            if found != endpoint.as_bytes() {
                let found = String::from_utf8_lossy(found).into_owned();
                return Err(JournalError::OtherStore { path: self.path.clone(), found, wanted: endpoint.to_owned() });
            }
        }
        // The last line of a push that was killed may lack its end, and that of its last letter.
        while !anew && line.ends_with(b"\n") {
            whole += line.len() as u64;
            line.clear();
            reader.read_until(b'\n', &mut line).map_err(cannot)?;
            let Some(line) = line.strip_suffix(b"\n") else { continue };
            let line = str::from_utf8(line).map_err(|_| is_none())?;
            let Some((digest, name)) = line.split_once(' ') else { continue };
            let digest = digest.parse().map_err(|_| is_none())?;
            self.graphs.insert(Digest::of(name), digest);
            self.last = Some(name.to_owned());
        }
        self.file.set_len(whole).map_err(cannot)?;
        self.file.seek(SeekFrom::Start(whole)).map_err(cannot)?;
        if whole == 0 {
            writeln!(self.file, "{HEAD}{endpoint}").map_err(cannot)?;
        }
        Ok(())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The graph that was taken last.
    pub fn last(&self) -> Option<&str> {
        self.last.as_deref()
    }

    /// Whether the store has the graph as it is now.
    pub(super) fn holds(&self, graph: &str, digest: Digest) -> bool {
        self.graphs.get(&Digest::of(graph)) == Some(&digest)
    }

    /// Notes that the store has the graph.
    pub(super) fn note(&mut self, graph: &str, digest: Digest) -> Result<(), JournalError> {
        self.graphs.insert(Digest::of(graph), digest);
        // In one piece, so that no line is torn but by a power cut.
        self.file
            .write_all(format!("{digest} {graph}\n").as_bytes())
            .map_err(|cause| JournalError::Io { path: self.path.clone(), cause })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORE: &str = "https://a.example/store";

    #[test]
    fn what_was_noted_is_known_later_and_a_torn_line_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/journal");
        let mut journal = Journal::open(&path, STORE, false).unwrap();
        let [one, two] = ["1", "2"].map(Digest::of);
        for (graph, digest) in
            [("https://a.example/1", one), ("https://a.example/2", two), ("https://a.example/1", two)]
        {
            journal.note(graph, digest).unwrap();
        }
        assert!(matches!(Journal::open(&path, STORE, false), Err(JournalError::InUse(_))));
        drop(journal);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{text}{one} https://a.exam")).unwrap();
        let mut journal = Journal::open(&path, STORE, false).unwrap();
        assert!(journal.holds("https://a.example/1", two) && !journal.holds("https://a.example/1", one));
        assert_eq!(journal.last(), Some("https://a.example/1"));
        journal.note("https://a.example/3", one).unwrap();
        drop(journal);
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("{text}{one} https://a.example/3\n"));
        drop(Journal::open(&path, STORE, true).unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("{HEAD}{STORE}\n"));
    }

    #[test]
    fn a_line_that_is_torn_within_a_letter_is_a_torn_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let mut journal = Journal::open(&path, STORE, false).unwrap();
        journal.note("https://a.example/é", Digest::of("1")).unwrap();
        drop(journal);
        let whole = fs::read(&path).unwrap();
        // The letter has two bytes.
        fs::write(&path, [&whole[..], &whole[whole.len() - 40..whole.len() - 2]].concat()).unwrap();
        let journal = Journal::open(&path, STORE, false).unwrap();
        assert_eq!(journal.last(), Some("https://a.example/é"));
        assert_eq!(fs::read(&path).unwrap(), whole);
    }

    #[test]
    fn what_is_another_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        fs::write(&path, "Dear diary\n").unwrap();
        assert!(matches!(Journal::open(&path, STORE, true), Err(JournalError::NotAJournal(_))));
        fs::write(&path, format!("{HEAD}https://b.example/\u{1b}[2J\n")).unwrap();
        let message = Journal::open(&path, STORE, false).err().unwrap().to_string();
        assert!(message.contains(r"is that of https://b.example/\u{1b}[2J: choose another"), "{message}");
    }
}
