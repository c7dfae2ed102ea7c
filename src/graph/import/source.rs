//! What is imported: files, or standard input, in a format that keeps the graphs apart.

use super::ImportError;
use crate::article::unpacked;
use crate::one_line::one_line;
use oxigraph::io::{RdfFormat, RdfParseError, RdfParser};
use oxigraph::model::Quad;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor};
use std::path::{Path, PathBuf};

/// A format that keeps the graphs apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportFormat {
    NQuads,
    TriG,
}

impl ImportFormat {
    /// By the ending of a file's name, which may be followed by that of a packed file.
    ///
    /// # Errors
    /// The ending is that of a format without graphs, or unknown.
    pub fn of(path: &Path) -> Result<Self, ImportError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let name = [".gz", ".zst"].iter().find_map(|packed| name.strip_suffix(packed)).unwrap_or(&name);
        let file = || path.display().to_string();
        match name.rsplit_once('.').map(|(_, ending)| ending) {
            Some("nq" | "nquads") => Ok(Self::NQuads),
            Some("trig") => Ok(Self::TriG),
            Some("ttl" | "turtle" | "nt" | "ntriples" | "rdf" | "xml" | "jsonld") => Err(ImportError::Triples(file())),
            _ => Err(ImportError::Format(file())),
        }
    }

    fn parser(self) -> RdfParser {
        RdfParser::from_format(match self {
            Self::NQuads => RdfFormat::NQuads,
            Self::TriG => RdfFormat::TriG,
        })
    }
}

/// One input, which can be read twice.
pub(super) struct Source {
    pub name: String,
    pub format: ImportFormat,
    pub bytes: Bytes,
}

pub(super) enum Bytes {
    File(PathBuf),
    /// Standard input comes only once.
    Memory(Vec<u8>),
}

impl Source {
    pub fn quads(&self) -> Result<impl Iterator<Item = Result<Quad, ImportError>>, ImportError> {
        let cannot = |cause| ImportError::Read { file: self.name.clone(), cause };
        let mut bytes: Box<dyn BufRead + Send + '_> = match &self.bytes {
            Bytes::File(path) => {
                unpacked(Box::new(BufReader::new(File::open(path).map_err(cannot)?))).map_err(cannot)?
            }
            Bytes::Memory(bytes) => Box::new(Cursor::new(bytes)),
        };
        // A mark of the byte order is none of the formats', but some programs write it.
        if bytes.fill_buf().map_err(cannot)?.starts_with(b"\xEF\xBB\xBF") {
            bytes.consume(3);
        }
        let quads = self.format.parser().for_reader(bytes);
        Ok(quads.map(|quad| quad.map_err(|error| self.refused(error))))
    }

    fn refused(&self, error: RdfParseError) -> ImportError {
        let file = self.name.clone();
        match error {
            // The parser's word for what is longer than its buffer.
            RdfParseError::Io(cause) if cause.kind() == io::ErrorKind::OutOfMemory => ImportError::TooLong(file),
            RdfParseError::Io(cause) => ImportError::Read { file, cause },
            RdfParseError::Syntax(error) => {
                let (line, column) = error.location().map_or((1, 1), |at| (at.start.line + 1, at.start.column + 1));
                // "Parser error at line 1 column 2: what is wrong"
                let text = error.to_string();
                let what = text.split_once(": ").map_or(text.as_str(), |(_, what)| what);
                ImportError::Syntax { file, line, column, what: one_line(what).into_owned() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_tells_its_format() {
        let of = |name: &str| ImportFormat::of(Path::new(name));
        assert_eq!(of("a/all.nq").unwrap(), ImportFormat::NQuads);
        assert_eq!(of("ALL.NQ.gz").unwrap(), ImportFormat::NQuads);
        assert_eq!(of("all.trig.zst").unwrap(), ImportFormat::TriG);
        assert!(matches!(of("all.ttl"), Err(ImportError::Triples(_))));
        assert!(matches!(of("nq"), Err(ImportError::Format(_))));
    }
}
