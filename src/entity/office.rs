//! Who held an office at a date.

use super::{Entities, EntityId};
use crate::date::PartialDate;

/// Offices by their normalised titles.
pub(super) struct Holders;

impl Entities {
    /// The one who held an office at a date; `None` when nobody known did, or several.
    pub fn office_holder(
        &self,
        _role: &str,
        _country: Option<EntityId>,
        _on: Option<PartialDate>,
    ) -> Option<EntityId> {
        None
    }
}
