//! The index of words: made by tantivy, in a folder or in memory.

use super::facts::{Facts, Property};
use super::texts::{ArticleState, Text};
use super::words::{Form, Part, Words};
use std::collections::BTreeSet;
use std::path::Path;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::indexer::UserOperation;
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, RegexQuery, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{
    DocAddress, DocId, Index, IndexWriter, ReloadPolicy, Score, Searcher, SegmentOrdinal, SegmentReader,
    TantivyDocument, TantivyError, Term,
};

/// How much memory building the index may take.
const BUDGET: usize = 64 << 20;
/// How many threads build it: one where little is to be read.
const THREADS: usize = 2;

/// Statements and articles, by their words.
pub struct WordIndex {
    index: Index,
    pub(super) fields: Fields,
}

/// Each statement and each article is a document; an article's words are those of its title.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The IRI of what has the words.
    pub iri: Field,
    /// The article with which it comes and goes.
    owner: Field,
    /// What is known of it, in the order of [`Property::ALL`]: the article to which it belongs comes first.
    pub properties: [Field; Property::ALL.len()],
    pub from: Field,
    pub until: Field,
    /// Of articles: which one it is, and what its words were when they were read.
    state: Field,
    forms: [Field; 3],
}

impl Fields {
    const FORMS: [&str; 3] = ["plain", "fr", "en"];
    /// The first and the last day on which a statement may have been said, as numbers. What may have been said on any day
    /// before the last has that for the first.
    pub const FROM: &str = "from";
    pub const UNTIL: &str = "until";

    fn schema() -> Schema {
        let mut schema = Schema::builder();
        schema.add_text_field("iri", STORED);
        schema.add_text_field("owner", STRING);
        schema.add_text_field("state", STRING);
        // Undivided, in lists of documents by value, and in columns of values by document.
        for property in Property::ALL {
            schema.add_text_field(property.field(), STRING | FAST);
        }
        for name in [Self::FROM, Self::UNTIL] {
            schema.add_i64_field(name, FAST);
        }
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqsAndPositions);
        for name in Self::FORMS {
            schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing.clone()));
        }
        schema.build()
    }

    fn of(schema: &Schema) -> tantivy::Result<Self> {
        let field = |name: &str| schema.get_field(name);
        let [plain, french, english] = Self::FORMS;
        let mut properties = [field("iri")?; Property::ALL.len()];
        for (place, property) in properties.iter_mut().zip(Property::ALL) {
            *place = field(property.field())?;
        }
        Ok(Self {
            iri: field("iri")?,
            owner: field("owner")?,
            properties,
            from: field(Self::FROM)?,
            until: field(Self::UNTIL)?,
            state: field("state")?,
            forms: [field(plain)?, field(french)?, field(english)?],
        })
    }

    pub fn property(self, property: Property) -> Field {
        self.properties[property.place()]
    }

    fn form(self, form: Form) -> Field {
        self.forms[form as usize]
    }
}

/// What has the words, and how well they fit it.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub iri: String,
    pub score: Score,
}

impl WordIndex {
    /// An empty index, in a folder of its own or in memory.
    pub fn create(folder: Option<&Path>) -> tantivy::Result<Self> {
        let schema = Fields::schema();
        let fields = Fields::of(&schema)?;
        let index = match folder {
            Some(folder) => Index::create_in_dir(folder, schema)?,
            None => Index::create_in_ram(schema),
        };
        Ok(Self { index, fields })
    }

    /// The index in the folder. An error if it has another form.
    pub fn open(folder: &Path) -> tantivy::Result<Self> {
        let index = Index::open_in_dir(folder)?;
        if index.schema() != Fields::schema() {
            return Err(TantivyError::SchemaError("another form".to_owned()));
        }
        let fields = Fields::of(&index.schema())?;
        Ok(Self { index, fields })
    }

    /// Whether its files are as they were written.
    pub fn is_sound(&self) -> bool {
        self.index.validate_checksum().is_ok_and(|damaged| damaged.is_empty())
    }

    /// What can be searched now.
    pub fn searcher(&self) -> tantivy::Result<Searcher> {
        let reader = self.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(reader.searcher())
    }

    /// The articles whose words it has, as they were when they were read.
    pub fn states(&self) -> tantivy::Result<BTreeSet<ArticleState>> {
        let mut states = BTreeSet::new();
        for segment in self.searcher()?.segment_readers() {
            let terms = segment.inverted_index(self.fields.state)?;
            let mut stream = terms.terms().stream()?;
            while let Some((term, info)) = stream.next() {
                let mut postings = terms.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                // Of what was deleted, terms stay for a while.
                let is_alive = is_any_alive(&mut postings, segment);
                states.extend(std::str::from_utf8(term).ok().filter(|_| is_alive).and_then(ArticleState::parse));
            }
        }
        Ok(states)
    }

    /// Takes articles out, and puts the texts of others in, whole or not at all.
    pub fn change<'a, E: From<TantivyError>>(
        &self,
        gone: impl Iterator<Item = &'a ArticleState>,
        new: &[&ArticleState],
        mut read: impl FnMut(&ArticleState) -> Result<Vec<Text>, E>,
    ) -> Result<(), E> {
        let threads = if new.len() > 100 { THREADS } else { 1 };
        let mut writer: IndexWriter = self.index.writer_with_num_threads(threads, BUDGET)?;
        for state in gone {
            writer.delete_term(Term::from_field_text(self.fields.owner, &state.article));
        }
        for state in new {
            // As a group, for what is counted by article relies on an article being in one segment.
            let add = |text: &Text| UserOperation::Add(self.document(state, text));
            writer.run(read(state)?.iter().map(add).collect::<Vec<_>>())?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        Ok(())
    }

    fn document(&self, state: &ArticleState, text: &Text) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.fields.iri, &text.iri);
        document.add_text(self.fields.owner, &state.article);
        if text.iri != state.article {
            document.add_text(self.fields.property(Property::ARTICLE), &state.article);
        }
        for (property, value) in &text.facts.values {
            document.add_text(self.fields.property(*property), value);
        }
        let Facts { from, until, .. } = text.facts;
        for (field, day) in [(self.fields.from, from.or(until)), (self.fields.until, until)] {
            if let Some(day) = day {
                document.add_i64(field, day);
            }
        }
        if text.iri == state.article {
            document.add_text(self.fields.state, state.to_string());
        }
        let words = super::super::fold::words(&text.text);
        let mut forms = vec![Form::Plain, text.form];
        forms.dedup();
        for form in forms {
            let token = |(position, word): (usize, &super::super::fold::Word)| Token {
                offset_from: word.start,
                offset_to: word.end,
                position,
                text: form.of(&word.folded),
                position_length: 1,
            };
            let tokens = words.iter().enumerate().map(token).collect();
            // The text itself is in the store.
            let tokenized = PreTokenizedString { text: String::new(), tokens };
            document.add_pre_tokenized_text(self.fields.form(form), tokenized);
        }
        document
    }

    /// What has the words, the best first.
    pub fn search(&self, searcher: &Searcher, words: &Words) -> tantivy::Result<Vec<Hit>> {
        let mut found = searcher.search(&self.query(words)?, &All)?;
        found.sort_unstable_by_key(|(address, _)| *address);
        let mut hits = Vec::with_capacity(found.len());
        for (address, score) in found {
            let document: TantivyDocument = searcher.doc(address)?;
            let iri = document.get_first(self.fields.iri).and_then(|value| value.as_str());
            hits.extend(iri.map(|iri| Hit { iri: iri.to_owned(), score }));
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.iri.cmp(&b.iri)));
        Ok(hits)
    }

    /// What finds the words.
    pub(super) fn query(&self, words: &Words) -> tantivy::Result<BooleanQuery> {
        let wanted = words.wanted.iter().map(|part| (Occur::Must, part));
        let unwanted = words.unwanted.iter().map(|part| (Occur::MustNot, part));
        let clause = |(occur, part)| Ok((occur, self.part(part)?));
        Ok(BooleanQuery::new(wanted.chain(unwanted).map(clause).collect::<tantivy::Result<_>>()?))
    }

    fn part(&self, part: &Part) -> tantivy::Result<Box<dyn Query>> {
        let term = |form: Form, word: &str| Term::from_field_text(self.fields.form(form), &form.of(word));
        let any = |query: &dyn Fn(Form) -> Box<dyn Query>| -> Box<dyn Query> {
            Box::new(BooleanQuery::union(Form::ALL.into_iter().map(query).collect()))
        };
        Ok(match part {
            Part::Word(word) => any(&|form| Box::new(TermQuery::new(term(form, word), IndexRecordOption::WithFreqs))),
            Part::Phrase(words) => {
                any(&|form| Box::new(PhraseQuery::new(words.iter().map(|word| term(form, word)).collect())))
            }
            // A folded word has letters and digits only, which mean themselves.
            Part::Beginning(word) => {
                Box::new(RegexQuery::from_pattern(&format!("{word}.*"), self.fields.form(Form::Plain))?)
            }
        })
    }
}

fn is_any_alive(postings: &mut impl tantivy::DocSet, segment: &SegmentReader) -> bool {
    let mut doc = postings.doc();
    while doc != tantivy::TERMINATED {
        if !segment.is_deleted(doc) {
            return true;
        }
        doc = postings.advance();
    }
    false
}

/// Collects all that is found, with its score.
pub(super) struct All;

pub(super) struct AllOfSegment {
    segment: SegmentOrdinal,
    found: Vec<(DocAddress, Score)>,
}

impl Collector for All {
    type Fruit = Vec<(DocAddress, Score)>;
    type Child = AllOfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<AllOfSegment> {
        Ok(AllOfSegment { segment, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, found: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        Ok(found.into_iter().flatten().collect())
    }
}

impl SegmentCollector for AllOfSegment {
    type Fruit = Vec<(DocAddress, Score)>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.found.push((DocAddress::new(self.segment, doc), score));
    }

    fn harvest(self) -> Self::Fruit {
        self.found
    }
}
