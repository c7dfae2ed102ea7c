//! Services of the web, as a user has the program ask them. Every service here is on this machine and belongs to its test.

#[path = "inputs/desk.rs"]
#[allow(dead_code, reason = "the desk has more than these tests need")]
mod desk;
#[path = "services/federate.rs"]
mod federate;
#[path = "services/push.rs"]
mod push;
#[path = "services/reconcile.rs"]
mod reconcile;
#[path = "services/server.rs"]
mod server;
