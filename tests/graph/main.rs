//! The graph from outside: what is described, how it is stored, what comes out again.

mod adding;
mod any_deeds;
mod check;
mod context;
mod copies;
mod corrections;
mod curation;
mod decisions;
mod describe;
mod desk;
mod exchange;
mod export;
mod import;
mod life;
mod linking;
mod links;
mod namesakes;
mod ontology;
mod program;
mod sample;
mod store;
mod utterances;
