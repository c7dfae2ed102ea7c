//! The options of commands whose queries may ask services, and how these queries are run.

use super::service::ServiceOptions;
use super::{Global, Outcome, answer};
use clap::Args;
use dixit::graph::Store;
use dixit::query::{self, Prepared, Services};
use dixit::web::Patience;
use std::time::Duration;

/// How often a service is asked again, and after how long: somebody waits for the answer.
const RETRIES: u32 = 2;
const PAUSE: Duration = Duration::from_millis(500);

/// Whether and how services answer parts of a query.
#[derive(Args)]
#[command(next_help_heading = "Services")]
pub struct Federation {
    /// Let the query ask other services (SERVICE): their parts are sent to them, with the values from the store that they
    /// are about
    #[arg(long)]
    federate: bool,
    #[command(flatten)]
    service: ServiceOptions,
}

impl Federation {
    /// Runs a query and prints its answer.
    pub fn answer(
        &self,
        store: &Store,
        prepared: Prepared,
        output: &answer::Output,
        global: &Global,
    ) -> anyhow::Result<Outcome> {
        let graph = store.query_store();
        if !self.federate {
            return answer::print(query::run(graph, prepared)?, output, global);
        }
        let services = Services::new(Patience { retries: RETRIES, pause: PAUSE, ..self.service.patience() });
        let outcome = answer::print(query::run_federated(graph, prepared, &services)?, output, global)?;
        if global.verbose {
            for (service, question) in services.asked() {
                eprintln!("asked {service}: {question}");
            }
        }
        // Those without which the query could do.
        for failure in services.failures().iter().filter(|_| !global.quiet) {
            eprintln!("{failure}; the answer does without (SERVICE SILENT)");
        }
        Ok(outcome)
    }
}
