//! N-Triples and N-Quads: a line a statement of the graph, for programs and for `diff`.
//!
//! Grammar: <https://www.w3.org/TR/n-quads/>.

use super::Blocks;
use oxigraph::model::Quad;
use std::io::{self, Write};

pub(super) struct Lines<W> {
    writer: W,
}

impl<W: Write> Lines<W> {
    pub fn new(writer: W) -> Self {
        Self { writer }
    }
}

impl<W: Write> Blocks for Lines<W> {
    fn block(&mut self, quads: &[Quad]) -> io::Result<()> {
        quads.iter().try_for_each(|quad| writeln!(self.writer, "{quad} ."))
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.writer.flush()
    }
}
