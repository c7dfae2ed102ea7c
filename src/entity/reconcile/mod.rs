//! Names are asked of a reconciliation service, which proposes items for them: Wikidata's, or anybody's that speaks the
//! [Reconciliation Service API](https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/) 0.2 or 0.1.
//!
//! - [`manifest`]: what a service says of itself;
//! - [`inquiry`]: what it is asked, a batch of names at a time;
//! - [`answer`]: what it proposes. It is read as from a stranger: bounded in number and length, without control characters;
//! - [`Reconciler`]: asks, by the client of [`web`](crate::web).

mod answer;
mod clean;
mod inquiry;
mod manifest;

pub use answer::Proposal;
pub use inquiry::Inquiry;
pub use manifest::Manifest;

use crate::web::{Caller, Fault, Patience, Question, ServiceError};
use url::Url;

/// How many names are asked in one request.
const BATCH: usize = 10;

/// How many proposals are asked for each name.
const PROPOSALS: usize = 5;

/// A service and what it says of itself.
pub struct Reconciler {
    caller: Caller,
    address: String,
    manifest: Manifest,
}

impl Reconciler {
    /// Asks the service at `address` what it is.
    ///
    /// # Errors
    /// It does not answer, is no reconciliation service, or one of another version.
    pub fn open(address: &str, patience: Patience) -> Result<Self, ServiceError> {
        // One service has one address, however it was typed.
        let address = Url::parse(address).map_or_else(|_| address.to_owned(), String::from);
        let caller = Caller::new(patience);
        let reply = caller.ask(&address, &Question { accept: "application/json", body: None })?;
        let manifest = Manifest::read(&reply.body).ok_or_else(|| {
            let fault = Fault::nonsense("manifest of a reconciliation service", &reply.body);
            ServiceError { service: address.clone(), fault, times: 1 }
        })?;
        if !manifest.is_understood() {
            let fault = Fault::Version { spoken: manifest.versions.join(", ") };
            return Err(ServiceError { service: address, fault, times: 1 });
        }
        Ok(Self { caller, address, manifest })
    }

    /// The address of the service.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What the service says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// How many names one request may ask.
    pub fn batch(&self) -> usize {
        self.manifest.batch.map_or(BATCH, |most| most.clamp(1, BATCH))
    }

    /// Asks for proposals, in one request. `None` stands for what the service passed over in silence.
    ///
    /// # Errors
    /// It does not answer, or with something else.
    pub fn ask(&self, inquiries: &[Inquiry<'_>]) -> Result<Vec<Option<Vec<Proposal>>>, ServiceError> {
        let form = inquiry::form(inquiries, PROPOSALS);
        let body = Some(("application/x-www-form-urlencoded", form.as_str()));
        let reply = self.caller.ask(&self.address, &Question { accept: "application/json", body })?;
        answer::read(&reply.body, inquiries.len(), PROPOSALS, &self.manifest).ok_or_else(|| {
            let fault = Fault::nonsense("proposals", &reply.body);
            ServiceError { service: self.address.clone(), fault, times: 1 }
        })
    }
}
