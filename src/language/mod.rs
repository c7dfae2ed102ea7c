//! What a language brings: its tables, and what is particular to its grammar.

pub mod fr;
