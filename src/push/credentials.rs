//! Who sends: from the environment or a file, never from the command line, which others on the machine can read.

use crate::web::HeaderValue;
use base64::Engine;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The variables of the environment that say who sends.
pub const USER: &str = "DIXIT_PUSH_USER";
pub const PASSWORD: &str = "DIXIT_PUSH_PASSWORD";
pub const TOKEN: &str = "DIXIT_PUSH_TOKEN";

/// Why it is not known who sends.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    #[error("cannot read {}: {cause}", path.display())]
    Read { path: PathBuf, cause: io::Error },
    #[error("{}: write one line, `USER:PASSWORD` or `Bearer TOKEN`", .0.display())]
    Shape(PathBuf),
    #[error("{USER} goes with {PASSWORD}, and {TOKEN} alone: set the one or the others")]
    Environment,
    #[error("a password or token with a control character: take it out")]
    Control,
}

/// A user with a password, or a token.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    Basic { user: String, password: String },
    Bearer(String),
}

impl Credentials {
    /// Those in the environment, if there are any; `variable` reads it.
    ///
    /// # Errors
    /// Some are missing, or too many.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, CredentialsError> {
        let variable = |name| variable(name).filter(|value| !value.is_empty());
        match (variable(USER), variable(PASSWORD), variable(TOKEN)) {
            (None, None, None) => Ok(None),
            (Some(user), Some(password), None) => Ok(Some(Self::Basic { user, password })),
            (None, None, Some(token)) => Ok(Some(Self::Bearer(token))),
            _ => Err(CredentialsError::Environment),
        }
    }

    /// Those in a file of one line.
    ///
    /// # Errors
    /// It cannot be read, or holds none.
    pub fn of_file(path: &Path) -> Result<Self, CredentialsError> {
        let text = fs::read_to_string(path).map_err(|cause| CredentialsError::Read { path: path.to_owned(), cause })?;
        let line = text.trim_end_matches(['\r', '\n']);
        let basic = || {
            let (user, password) = line.split_once(':')?;
            Some(Self::Basic { user: user.to_owned(), password: password.to_owned() })
        };
        let bearer = line.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let read = bearer.map(|(_, token)| Self::Bearer(token.trim().to_owned())).or_else(basic);
        read.filter(|_| !line.contains('\n')).ok_or_else(|| CredentialsError::Shape(path.to_owned()))
    }

    /// The value of the header `Authorization` (RFC 7617, RFC 6750), which nothing prints.
    ///
    /// # Errors
    /// It cannot stand in a header.
    pub fn header(&self) -> Result<HeaderValue, CredentialsError> {
        let text = match self {
            Self::Basic { user, password } => {
                format!("Basic {}", base64::prelude::BASE64_STANDARD.encode(format!("{user}:{password}")))
            }
            Self::Bearer(token) => format!("Bearer {token}"),
        };
        let mut header = HeaderValue::from_str(&text).map_err(|_| CredentialsError::Control)?;
        header.set_sensitive(true);
        Ok(header)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_has_a_user_or_a_token() {
        let of = |set: &[(&str, &str)]| {
            Credentials::of_environment(|name| set.iter().find(|(set, _)| *set == name).map(|set| set.1.to_owned()))
        };
        assert!(of(&[(USER, ""), (TOKEN, "")]).unwrap().is_none());
        let header = of(&[(USER, "anne"), (PASSWORD, "pont:17")]).unwrap().unwrap().header().unwrap();
        assert_eq!(header.to_str().unwrap(), "Basic YW5uZTpwb250OjE3");
        assert_eq!(of(&[(TOKEN, "abc")]).unwrap().unwrap().header().unwrap().to_str().unwrap(), "Bearer abc");
        assert!(of(&[(USER, "anne")]).is_err() && of(&[(USER, "a"), (PASSWORD, "b"), (TOKEN, "c")]).is_err());
        assert!(of(&[(TOKEN, "a\nb")]).unwrap().unwrap().header().is_err());
    }

    #[test]
    fn a_file_has_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("who");
        let of = |text: &str| {
            fs::write(&path, text).unwrap();
            Credentials::of_file(&path)
        };
        let anne = Credentials::Basic { user: "anne".to_owned(), password: "a:b c".to_owned() };
        assert_eq!(of("anne:a:b c\n").unwrap(), anne);
        assert_eq!(of("Bearer abc\r\n").unwrap(), Credentials::Bearer("abc".to_owned()));
        assert!(of("").is_err() && of("anne").is_err() && of("a:b\nc:d\n").is_err());
        assert!(Credentials::of_file(Path::new("/nowhere")).is_err());
        assert_eq!(format!("{anne:?}"), "Credentials");
    }
}
