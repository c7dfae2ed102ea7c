//! `dixit serve`, as programs ask it and as strangers attack it. One program answers most tests.

#[path = "serve/again.rs"]
mod again;
#[path = "serve/attacks.rs"]
mod attacks;
#[path = "serve/client.rs"]
mod client;
#[path = "serve/connections.rs"]
mod connections;
#[path = "serve/data.rs"]
mod data;
#[path = "serve/examples.rs"]
mod examples;
#[path = "serve/limits.rs"]
mod limits;
#[path = "serve/pages.rs"]
mod pages;
#[path = "serve/protocol.rs"]
mod protocol;
#[path = "serve/reconcile.rs"]
mod reconcile;
#[path = "shared/session.rs"]
mod session;
#[path = "serve/site.rs"]
mod site;
