//! Outlets by the host name of their site, or by name.

use super::{Entities, EntityId, EntityKind, fold};
use rustc_hash::FxHashMap;

/// The host name in an address: "https://www.lemonde.fr/politique" gives "lemonde.fr". `None` for what is no address.
pub(super) fn host(text: &str) -> Option<String> {
    let after = text.split_once("://").map_or(text, |(_, after)| after);
    let host = after.split(['/', '?', '#', ':']).next().unwrap_or_default().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let fits = host.contains('.') && !host.contains(char::is_whitespace) && !host.ends_with('.');
    fits.then(|| host.to_owned())
}

impl Entities {
    /// Whether the entity is a medium or an agency.
    pub fn is_outlet(&self, id: EntityId) -> bool {
        self.get(id).kind == EntityKind::Outlet
    }

    /// The outlet of an address, a host name or a name: "www.lemonde.fr", "Le Monde", "agence Tass".
    ///
    /// A subdomain leads to its site's outlet unless it has one of its own.
    pub fn outlet(&self, name_or_host: &str) -> Option<EntityId> {
        let text = name_or_host.trim();
        let hosts = self.hosts.get_or_init(|| {
            let outlets = self.iter().filter(|(id, _)| self.is_outlet(*id));
            outlets.flat_map(|(id, e)| e.web.iter().map(move |host| (host.clone(), id))).collect::<FxHashMap<_, _>>()
        });
        if let Some(host) = host(text) {
            let mut rest = host.as_str();
            loop {
                if let Some(id) = hosts.get(rest) {
                    return Some(*id);
                }
                match rest.split_once('.') {
                    Some((_, parent)) if parent.contains('.') => rest = parent,
                    _ => break,
                }
            }
        }
        // An address is no name.
        if text.contains("://") {
            return None;
        }
        let named = |name: &str| self.find(name).into_iter().find(|id| self.is_outlet(*id));
        named(text).or_else(|| named(fold::fold(text).strip_prefix("agence ")?))
    }
}
