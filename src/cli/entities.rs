//! The entities that a command knows: those of the program, and those of the knowledge base if one is named.

use super::Global;
use dixit::entity::Entities;
use dixit::entity::base::Base;
use dixit::extract;
use std::thread;

impl Global {
    /// The entities in the program, and behind them those of `--kb`.
    ///
    /// # Errors
    /// The knowledge base is missing, unfinished or damaged.
    pub fn entities(&self) -> anyhow::Result<&'static Entities> {
        // The words of the language are read beside the names.
        thread::scope(|scope| {
            scope.spawn(extract::prepare);
            Entities::embedded().prepare();
            let Some(folder) = &self.kb else { return Ok(Entities::embedded()) };
            // It serves as long as the program runs.
            Ok(Box::leak(Box::new(Entities::with_base(Base::open(folder)?))))
        })
    }
}

/// Tells an error of the knowledge base that came up while names were looked up; they were taken for unknown.
///
/// # Errors
/// That error.
pub fn check_base(entities: &Entities) -> anyhow::Result<()> {
    match entities.base_error() {
        Some(error) => Err(anyhow::anyhow!("{error}; names were looked up no further")),
        None => Ok(()),
    }
}
