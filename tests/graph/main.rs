//! The graph from outside: what is described, how it is stored, what comes out again.

mod context;
mod copies;
mod describe;
mod exchange;
mod export;
mod life;
mod ontology;
mod program;
mod sample;
mod store;
mod utterances;
