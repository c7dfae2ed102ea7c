//! Packed files: what begins like gzip, bzip2 or zstd is unpacked as it is read, whatever its name.

use super::meter::{Meter, Metered};
use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::{MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

/// Endings of the names of packed files, in small letters.
pub(super) const EXTENSIONS: [&str; 3] = ["gz", "bz2", "zst"];

/// The path that stands for standard input.
pub(crate) const STANDARD: &str = "-";

/// Bytes by which the form of an input is told.
const HEAD: u64 = 4096;

/// Bytes that are read or unpacked at once.
const AT_ONCE: usize = 1 << 16;

/// How files packed with gzip and zstd begin (RFC 1952, RFC 8878), and the blocks of bzip2 after four bytes of a head.
const GZIP: &[u8] = b"\x1F\x8B";
const BZIP2: &[u8] = b"BZh";
const BZIP2_BLOCK: &[u8] = b"\x31\x41\x59\x26\x53\x59";
const ZSTD: &[u8] = b"\x28\xB5\x2F\xFD";

/// The first bytes of an input, and all its bytes.
pub(crate) type Peeked = (Vec<u8>, Box<dyn BufRead + Send>);

/// Opens a file, or standard input for `-`, unpacked if it was packed; the meter counts its bytes as they are.
pub(crate) fn open(path: &Path, meter: Arc<Meter>) -> io::Result<Peeked> {
    match path == Path::new(STANDARD) {
        true => of(io::stdin()),
        false => of(Metered { bytes: File::open(path)?, meter }),
    }
}

/// What a source of bytes holds, unpacked if it was packed.
pub(crate) fn of(bytes: impl Read + Send + 'static) -> io::Result<Peeked> {
    unpack(peek(buffered(bytes)))
}

fn buffered(bytes: impl Read + Send + 'static) -> Box<dyn BufRead + Send> {
    Box::new(BufReader::with_capacity(AT_ONCE, bytes))
}

/// The first bytes and all bytes of what an input holds.
pub(super) fn unpack((head, bytes): Peeked) -> io::Result<Peeked> {
    if head.starts_with(GZIP) {
        Ok(peek(buffered(MultiGzDecoder::new(bytes))))
    } else if head.starts_with(BZIP2) && head.get(4..10) == Some(BZIP2_BLOCK) {
        Ok(peek(buffered(MultiBzDecoder::new(bytes))))
    } else if head.starts_with(ZSTD) {
        Ok(peek(buffered(Zstd { bytes, frame: FrameDecoder::new() })))
    } else {
        Ok((head, bytes))
    }
}

/// The bytes of a file, unpacked if they were packed.
pub(crate) fn unpacked(bytes: Box<dyn BufRead + Send>) -> io::Result<Box<dyn BufRead + Send>> {
    unpack(peek(bytes)).map(|(_, bytes)| bytes)
}

/// The bytes of what was packed with gzip or zlib, but no more than `limit`, and of what is broken the first part; `None`
/// if it was not packed.
pub(super) fn inflated(packed: &[u8], limit: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    // A broken end is no reason to give up the rest.
    let _ = match packed {
        _ if packed.starts_with(GZIP) => MultiGzDecoder::new(packed).take(limit).read_to_end(&mut bytes),
        [0x78, 0x01 | 0x5E | 0x9C | 0xDA, ..] => ZlibDecoder::new(packed).take(limit).read_to_end(&mut bytes),
        _ => return None,
    };
    (!bytes.is_empty()).then_some(bytes)
}

/// The first bytes, and a reader that still has them. An error among them comes when they have been read.
pub(super) fn peek(mut bytes: Box<dyn BufRead + Send>) -> Peeked {
    let mut head = Vec::new();
    let read = bytes.by_ref().take(HEAD).read_to_end(&mut head);
    let again = Cursor::new(head.clone());
    match read {
        Ok(_) => (head, Box::new(again.chain(bytes))),
        Err(error) => (head, Box::new(again.chain(BufReader::new(Broken(Some(error)))))),
    }
}

/// What cannot be read: its error, then nothing.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// The frames of a file packed with zstd, unpacked one after the other.
struct Zstd {
    bytes: Box<dyn BufRead + Send>,
    frame: FrameDecoder,
}

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.frame.can_collect() == 0 {
            if !self.frame.is_finished() {
                let decoded = self.frame.decode_blocks(&mut self.bytes, BlockDecodingStrategy::UptoBlocks(1));
                decoded.map_err(|error| self.broken(&error))?;
            } else if self.is_changed() {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "the bytes were changed"));
            } else if self.bytes.fill_buf()?.is_empty() {
                return Ok(0);
            } else {
                self.begin()?;
            }
        }
        self.frame.read(buffer)
    }
}

impl Zstd {
    /// Whether the frame has another checksum than it says. Many say none.
    fn is_changed(&self) -> bool {
        let given = self.frame.get_checksum_from_data();
        given.is_some() && given != self.frame.get_calculated_checksum()
    }

    /// Begins the next frame, and passes over those that hold notes of other programs.
    fn begin(&mut self) -> io::Result<()> {
        match self.frame.init(&mut self.bytes) {
            Ok(()) => Ok(()),
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                io::copy(&mut self.bytes.by_ref().take(length.into()), &mut io::sink()).map(drop)
            }
            Err(error) => Err(self.broken(&error)),
        }
    }

    /// What is wrong with the file: it ends too early, or its bytes were changed.
    fn broken(&mut self, error: &FrameDecoderError) -> io::Error {
        match self.bytes.fill_buf() {
            Ok([]) => io::ErrorKind::UnexpectedEof.into(),
            _ => io::Error::new(io::ErrorKind::InvalidData, error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    fn unpacked(packed: &[u8]) -> (Vec<u8>, io::Result<()>) {
        let (_, mut bytes) = unpack(peek(Box::new(Cursor::new(packed.to_vec())))).unwrap();
        let mut all = Vec::new();
        let read = bytes.read_to_end(&mut all).map(drop);
        (all, read)
    }

    #[test]
    fn frames_of_zstd_follow_one_another() {
        let frame = |text: &str| compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        let note = b"\x50\x2A\x4D\x18\x03\x00\x00\x00abc".to_vec();
        let (all, read) = unpacked(&[frame("Le pont "), note, frame("rouvre.")].concat());
        assert!(read.is_ok() && all == b"Le pont rouvre.", "{read:?}");
    }

    #[test]
    fn a_frame_needs_no_checksum() {
        // A block of three raw bytes, the last one.
        let (all, read) = unpacked(b"\x28\xB5\x2F\xFD\x00\x38\x19\x00\x00Oui");
        assert!(read.is_ok() && all == b"Oui", "{read:?}");
        let mut changed = compress_to_vec(&b"Oui"[..], CompressionLevel::Fastest);
        *changed.last_mut().unwrap() ^= 1;
        assert!(unpacked(&changed).1.is_err());
    }

    #[test]
    fn streams_of_bzip2_follow_one_another_and_a_cut_one_is_told() {
        let stream = |text: &str| {
            let mut bytes = Vec::new();
            let mut encoder = bzip2::read::BzEncoder::new(text.as_bytes(), bzip2::Compression::fast());
            encoder.read_to_end(&mut bytes).unwrap();
            bytes
        };
        let packed = [stream("Le pont "), stream("rouvre.")].concat();
        let (all, read) = unpacked(&packed);
        assert!(read.is_ok() && all == b"Le pont rouvre.", "{read:?}");
        let (_, read) = unpacked(&packed[..packed.len() - 5]);
        assert_eq!(read.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn of_a_cut_frame_the_first_part_is_read() {
        let text: String = (0..200_000).map(|i| format!("{i} ")).collect();
        let packed = compress_to_vec(text.as_bytes(), CompressionLevel::Fastest);
        let (all, read) = unpacked(&packed[..packed.len() / 2]);
        assert_eq!(read.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        assert!(!all.is_empty() && text.as_bytes().starts_with(&all));
        let (_, read) = unpacked(b"\x28\xB5\x2F\xFD\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
        assert!(read.is_err());
    }
}
