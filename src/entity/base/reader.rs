//! Asking a base.

use super::at::At;
use super::manifest::{self, MANIFEST, MEANINGS, NAMES, OFFSETS, RECORDS, UNFINISHED};
use super::{BaseError, Manifest, Meaning, Record, key};
use crate::entity::fold;
use crate::entity::outlet::host;
use std::fs;
use std::path::{Path, PathBuf};

/// Meanings that are read at once: few names have more.
const FEW: usize = 8;

/// A finished base. Its index of names is in memory, all else is read where it is asked for.
pub struct Base {
    manifest: Manifest,
    names: fst::Map<Vec<u8>>,
    meanings: At,
    offsets: At,
    records: At,
}

impl Base {
    /// Opens the base in a folder.
    ///
    /// # Errors
    /// There is none, it is not finished, of another form, or damaged.
    pub fn open(folder: &Path) -> Result<Self, BaseError> {
        let Some(manifest) = manifest::read::<Manifest>(folder, MANIFEST)? else {
            let folder = folder.to_owned();
            let begun = folder.join(UNFINISHED).exists();
            return Err(if begun { BaseError::Unfinished(folder) } else { BaseError::Missing(folder) });
        };
        let size = |name: &str| manifest.files.get(name).copied().unwrap_or(0);
        let open = |name: &str| At::open(&folder.join(name), size(name));
        let (meanings, offsets, records) = (open(MEANINGS)?, open(OFFSETS)?, open(RECORDS)?);
        let names = names(folder.join(NAMES), size(NAMES))?;
        Ok(Self { manifest, names, meanings, offsets, records })
    }

    /// What it says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The entities that a name may mean: a key ("Q7747"), or a name in one of the languages, best first.
    ///
    /// Case, accents, apostrophes, hyphens and a leading article do not count. Of the names that fit equally well that of
    /// the better known entity comes first. Names that only sound alike are tried when nothing else fits.
    pub fn find(&self, name: &str) -> Result<Vec<Meaning>, BaseError> {
        let name = name.trim();
        let digits = name.strip_prefix('Q').unwrap_or_default();
        // Few names look like an item: the others are asked for as names first.
        if digits.starts_with(|c: char| c.is_ascii_digit())
            && let Some(found) = self.look_up(&key::item(name))?
        {
            return Ok(found);
        }
        let folded = fold::fold(name);
        if let Some(found) = self.look_up(&folded)? {
            return Ok(found);
        }
        for key in [fold::without_article(&folded), &key::item(name), &key::sound(&folded)] {
            if let Some(found) = self.look_up(key)? {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    /// The entity with this key: a Wikidata item, or a slug.
    pub fn by_key(&self, item: &str) -> Result<Option<u32>, BaseError> {
        let found = self.look_up(&key::item(item))?;
        Ok(found.and_then(|found| found.first().map(|meaning| meaning.entity)))
    }

    /// The outlets of an address or a host name; a subdomain leads to its site's outlet unless it has one of its own.
    pub fn outlets_at(&self, address: &str) -> Result<Vec<Meaning>, BaseError> {
        let whole = host(address).unwrap_or_default();
        let mut rest = whole.as_str();
        while rest.contains('.') {
            if let Some(found) = self.look_up(&key::host(rest))? {
                return Ok(found);
            }
            rest = rest.split_once('.').map_or("", |(_, parent)| parent);
        }
        Ok(Vec::new())
    }

    /// The places whose people or things are called so: "valmontaise".
    pub fn places_of(&self, demonym: &str) -> Result<Vec<Meaning>, BaseError> {
        Ok(self.look_up(&key::demonym(&fold::fold(demonym)))?.unwrap_or_default())
    }

    /// The offices with a title, and the persons of whom it is told that they held one; only those of a place or body if one is
    /// given. The title is as [`crate::entity::office::wording`] writes it.
    pub(in crate::entity) fn titled(&self, wording: &str, of: Option<u32>) -> Result<Vec<Meaning>, BaseError> {
        Ok(self.look_up(&key::titled(wording, of))?.unwrap_or_default())
    }

    /// Those who held an office that is an item; of a place or body, or without any. So many at most.
    pub(in crate::entity) fn held(&self, office: u32, of: Option<u32>, most: usize) -> Result<Vec<Meaning>, BaseError> {
        Ok(self.look_up_first(&key::held(office, of), most)?.unwrap_or_default())
    }

    /// What a folded name means; `None` if nothing has it.
    pub fn look_up(&self, folded: &str) -> Result<Option<Vec<Meaning>>, BaseError> {
        self.look_up_first(folded, usize::MAX)
    }

    /// The first meanings of a folded name, so many at most.
    fn look_up_first(&self, folded: &str, most: usize) -> Result<Option<Vec<Meaning>>, BaseError> {
        let Some(first) = self.names.get(folded) else { return Ok(None) };
        let mut found = Vec::with_capacity(1);
        let mut buffer = [0; FEW * 8];
        // What the index says may be damaged.
        let mut place = first.saturating_mul(8);
        loop {
            let bytes = self.meanings.read(&mut buffer, place)?;
            for packed in bytes.as_chunks().0 {
                let (meaning, last) =
                    Meaning::from_bytes(*packed).ok_or_else(|| self.meanings.damaged("no meaning"))?;
                found.push(meaning);
                if last || found.len() == most {
                    return Ok(Some(found));
                }
            }
            if bytes.len() < buffer.len() {
                return Err(self.meanings.damaged("it ends too early"));
            }
            place += buffer.len() as u64;
        }
    }

    /// All that is kept of an entity, which a [`Meaning`] names.
    pub fn record(&self, entity: u32) -> Result<Record, BaseError> {
        let mut ends = [0; 16];
        self.offsets.fill(&mut ends, u64::from(entity) * 8)?;
        let [start, end] = [0, 8].map(|at| u64::from_le_bytes(std::array::from_fn(|i| ends[at + i])));
        let size = end.checked_sub(start).and_then(|size| usize::try_from(size).ok()).filter(|size| *size < MOST);
        let mut bytes = vec![0; size.ok_or_else(|| self.offsets.damaged("no places of records"))?];
        self.records.fill(&mut bytes, start)?;
        postcard::from_bytes(&bytes).map_err(|error| self.records.damaged(error))
    }
}

/// More bytes than a record can have.
const MOST: usize = 1 << 28;

/// The index of names.
fn names(path: PathBuf, size: u64) -> Result<fst::Map<Vec<u8>>, BaseError> {
    let bytes = fs::read(&path).map_err(BaseError::at(&path))?;
    if bytes.len() as u64 != size {
        return Err(BaseError::damaged(&path, format!("{} bytes instead of {size}", bytes.len())));
    }
    fst::Map::new(bytes).map_err(|error| BaseError::damaged(&path, error))
}
