//! The options of commands that ask services of the web.

use clap::Args;
use dixit::web::Patience;
use std::time::Duration;

/// How services are asked.
#[derive(Args)]
#[command(next_help_heading = "Services")]
pub struct ServiceOptions {
    /// How many seconds a service may take for an answer
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    service_timeout: Duration,
    /// Ask services on this machine and its network, too
    #[arg(long)]
    allow_local: bool,
}

impl ServiceOptions {
    /// With these, and as usual for the rest.
    pub fn patience(&self) -> Patience {
        Patience { allow_local: self.allow_local, timeout: self.service_timeout, ..Patience::default() }
    }
}

/// A number of seconds, with a fraction or without.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let read = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    read.filter(|time| *time <= Duration::from_secs(3600))
        .ok_or_else(|| "write a number of seconds up to 3600, for example 30".to_owned())
}
