//! The options of commands whose queries may ask services.

use super::Global;
use super::service::ServiceOptions;
use clap::Args;
use dixit::query::Services;
use dixit::web::Patience;
use std::sync::Arc;
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
    /// The services that the query may ask, if it may.
    pub fn services(&self) -> Option<Arc<Services>> {
        self.patience().map(Services::new)
    }

    /// How patiently they are asked, if they may be.
    pub fn patience(&self) -> Option<Patience> {
        self.federate.then(|| Patience { retries: RETRIES, pause: PAUSE, ..self.service.patience() })
    }

    /// Says what services were asked, and without which the query could do.
    pub fn report(services: &Services, global: &Global) {
        if global.verbose {
            for (service, question) in services.asked() {
                eprintln!("asked {service}: {question}");
            }
        }
        for failure in services.failures().iter().filter(|_| !global.quiet) {
            eprintln!("{failure}; the answer does without (SERVICE SILENT)");
        }
    }
}
