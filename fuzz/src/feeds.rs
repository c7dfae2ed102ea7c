//! Any bytes as a feed or a sitemap: entries are read, or it is told why there are none.

use super::read::read;

pub fn holds(bytes: &[u8]) {
    read("any.xml", bytes);
}
