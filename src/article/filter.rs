//! Which files of a folder are read: patterns as in `.gitignore`.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::path::Path;

/// Which files of a folder are read. By default all that can be articles.
#[derive(Debug, Clone)]
pub struct Filter {
    include: Gitignore,
    exclude: Gitignore,
}

/// A pattern that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("`{pattern}` is not a pattern ({reason}): write one as in .gitignore, for example '*.txt' or 'archive/'")]
pub struct FilterError {
    pattern: String,
    reason: String,
}

impl Default for Filter {
    fn default() -> Self {
        Self { include: Gitignore::empty(), exclude: Gitignore::empty() }
    }
}

impl Filter {
    /// A filter of patterns as in `.gitignore`. If any are to be included, nothing else is.
    ///
    /// # Errors
    /// A pattern is not one.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self, FilterError> {
        Ok(Self { include: patterns(include)?, exclude: patterns(exclude)? })
    }

    /// Whether the file or folder, by its path from the folder that is read, is left out with all in it.
    pub(super) fn excludes(&self, path: &Path, is_folder: bool) -> bool {
        self.exclude.matched(path, is_folder).is_ignore()
    }

    /// Whether the file is asked for by a pattern; `None` when there are no patterns.
    pub(super) fn includes(&self, path: &Path) -> Option<bool> {
        let included = || self.include.matched_path_or_any_parents(path, false).is_ignore();
        (!self.include.is_empty()).then(included)
    }
}

fn patterns(lines: &[String]) -> Result<Gitignore, FilterError> {
    let mut builder = GitignoreBuilder::new("");
    for line in lines {
        let added = builder.add_line(None, line).map(|_| ());
        added.map_err(|error| FilterError { pattern: line.clone(), reason: error.to_string() })?;
    }
    let all = || lines.join(", ");
    builder.build().map_err(|error| FilterError { pattern: all(), reason: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(include: &[&str], exclude: &[&str]) -> Filter {
        let own = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        Filter::new(&own(include), &own(exclude)).unwrap()
    }

    #[test]
    fn patterns_are_those_of_gitignore() {
        let filter = filter(&["*.txt", "2021/**"], &["brouillon*", "/archive/", "!brouillon-1.txt"]);
        let path = Path::new;
        assert_eq!(filter.includes(path("a/b.txt")), Some(true));
        assert_eq!(filter.includes(path("2021/mars/b.html")), Some(true));
        assert_eq!(filter.includes(path("b.html")), Some(false));
        assert!(filter.excludes(path("a/brouillon.txt"), false));
        assert!(!filter.excludes(path("a/brouillon-1.txt"), false));
        assert!(filter.excludes(path("archive"), true) && !filter.excludes(path("a/archive"), true));
    }

    #[test]
    fn without_patterns_all_may_be_read_and_a_wrong_one_is_told() {
        assert_eq!(Filter::default().includes(Path::new("a")), None);
        assert!(!Filter::default().excludes(Path::new("a"), false));
        let wrong = Filter::new(&["a{".to_owned()], &[]);
        assert!(wrong.unwrap_err().to_string().starts_with("`a{` is not a pattern"));
    }
}
