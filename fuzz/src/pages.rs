//! Any bytes as a web page: an article is read, or it is told why there is none.

use super::read::read;

pub fn holds(bytes: &[u8]) {
    assert_eq!(read("any.html", bytes).len(), 1);
}
