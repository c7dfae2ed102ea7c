//! The IRIs of the data: everything that we describe stands under one base.

use crate::entity::link::Scope;
use crate::entity::{Entities, slug};
use oxigraph::model::NamedNode;
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// The IRI under which all data of a store stands, for example `https://data.dixit.example/`.
///
/// ```
/// use dixit::graph::Base;
///
/// let base: Base = "https://news.example/".parse().unwrap();
/// assert_eq!(base.entity("Q7184").as_str(), "https://news.example/entity/Q7184");
/// assert!("news.example".parse::<Base>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

/// What was wrong with a base IRI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no base for the data: write an absolute IRI that ends in `/`, such as {}", Base::DEFAULT)]
pub struct BaseError {
    text: String,
}

impl Base {
    /// The base of a store for which nobody chose another.
    pub const DEFAULT: &str = "https://data.dixit.example/";

    /// As many hexadecimal digits tell an article from others.
    pub(super) const ARTICLE_KEY: usize = 16;

    /// The base as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The entity with this key.
    pub fn entity(&self, key: &str) -> NamedNode {
        self.iri(&format!("entity/{key}"))
    }

    /// The key of an entity.
    pub(super) fn key<'a>(&self, entity: &'a NamedNode) -> Option<&'a str> {
        entity.as_str().strip_prefix(&self.0)?.strip_prefix("entity/")
    }

    /// What the article calls so and the table of entities does not know.
    pub fn local_entity(&self, name: &str) -> NamedNode {
        self.entity(&local_key(name))
    }

    /// What an article calls so and the table of entities does not know, by the key of its link (`dixit:localKey`):
    /// `entity/anne-roy-boulanger`, or `article/…/actor/lea` of what belongs to the article.
    pub(super) fn local_in(&self, article: &NamedNode, key: &str) -> NamedNode {
        match key.starts_with(WITHIN) {
            true => NamedNode::new_unchecked(format!("{}/{key}", article.as_str())),
            false => self.entity(key),
        }
    }

    /// Whether something that the table does not know may have its IRI from this name.
    pub(super) fn is_made_from(&self, iri: &NamedNode, name: &str) -> bool {
        let key = self.key(iri).or_else(|| self.key_within(iri));
        let rest = key.and_then(|key| key.strip_prefix(&*local_key(name)));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    /// Whether one of the articles may name the thing; if there are none, any may.
    pub(super) fn is_known_in(&self, thing: &NamedNode, articles: &[NamedNode]) -> bool {
        let is_below = |article: &NamedNode| is_below(thing, article);
        articles.is_empty() || self.key(thing).is_some() || articles.iter().any(is_below)
    }

    /// The article to which a thing belongs.
    pub(super) fn article_of(&self, thing: &NamedNode) -> Option<NamedNode> {
        let key = self.key_within(thing)?;
        let article = thing.as_str().strip_suffix(key)?.strip_suffix(WITHIN)?.strip_suffix('/')?;
        Some(NamedNode::new_unchecked(article))
    }

    /// The key of something that belongs to an article.
    fn key_within<'a>(&self, iri: &'a NamedNode) -> Option<&'a str> {
        let path = iri.as_str().strip_prefix(&self.0)?.strip_prefix("article/")?;
        path.split_once('/')?.1.strip_prefix(WITHIN)
    }

    /// The article with this address: its IRI holds the first 64 bits of the address's SHA-256.
    pub fn article(&self, address: &str) -> NamedNode {
        self.article_iri(&sha256(address)[..Self::ARTICLE_KEY])
    }

    /// The article with this key: the end of its IRI.
    pub(super) fn article_iri(&self, key: &str) -> NamedNode {
        self.iri(&format!("article/{key}"))
    }

    /// Whether the IRI is that of an article.
    pub(super) fn is_article(&self, iri: &NamedNode) -> bool {
        let key = iri.as_str().strip_prefix(&self.0).and_then(|path| path.strip_prefix("article/"));
        key.is_some_and(|key| !key.contains(['/', '#']))
    }

    /// Whether the IRI is that of an entity, or of a person, source or document that only one article knows.
    pub(super) fn is_thing(&self, iri: &NamedNode) -> bool {
        self.key(iri).is_some() || self.key_within(iri).is_some()
    }

    /// The named graph in which entities are described.
    pub fn entities_graph(&self) -> NamedNode {
        self.iri("graph/entities")
    }

    /// The utterance whose earliest report is the statement with this IRI.
    pub fn utterance(&self, earliest: &str) -> NamedNode {
        self.iri(&format!("utterance/{}", &sha256(earliest)[..16]))
    }

    /// The named graph that says which statements report the same utterance.
    pub fn utterances_graph(&self) -> NamedNode {
        self.iri("graph/utterances")
    }

    /// The named graph that holds the vocabulary.
    pub fn ontology_graph(&self) -> NamedNode {
        self.iri("graph/ontology")
    }

    /// The named graph of what others know of entities: what reconciliation services proposed for their names.
    pub fn links_graph(&self) -> NamedNode {
        self.iri("graph/links")
    }

    /// What stands for a question to a reconciliation service.
    pub(super) fn link(&self, question: &str) -> NamedNode {
        self.link_iri(&sha256(question)[..16])
    }

    /// The question with this key.
    pub(super) fn link_iri(&self, key: &str) -> NamedNode {
        self.iri(&format!("link/{key}"))
    }

    /// The named graph of what people put right.
    pub fn curation_graph(&self) -> NamedNode {
        self.iri("graph/curation")
    }

    /// What a person put right, once.
    pub(super) fn deed(&self, id: &str) -> NamedNode {
        self.iri(&format!("curation/{id}"))
    }

    /// The IRI without the base, if it stands under it.
    pub fn relative<'a>(&self, iri: &'a NamedNode) -> &'a str {
        iri.as_str().strip_prefix(&self.0).unwrap_or(iri.as_str())
    }

    /// The IRI that was written, or what was written below the base.
    pub(super) fn resolve(&self, text: &str) -> Option<NamedNode> {
        let text = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text);
        let absolute = text.contains("://") || text.starts_with("urn:");
        let iri = if absolute { text.to_owned() } else { format!("{}{text}", self.0) };
        NamedNode::new(iri).ok().filter(|_| !text.is_empty())
    }

    /// The extraction by this version of the program and its tables.
    pub fn activity(&self, version: &str) -> NamedNode {
        self.iri(&format!("activity/extraction-{version}"))
    }

    /// This version of the program.
    pub fn agent(&self, version: &str) -> NamedNode {
        self.iri(&format!("agent/dixit-{version}"))
    }

    fn iri(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.0))
    }
}

impl Default for Base {
    fn default() -> Self {
        Self(Self::DEFAULT.to_owned())
    }
}

impl FromStr for Base {
    type Err = BaseError;

    /// Takes an absolute IRI that ends in `/` and has neither query nor fragment.
    fn from_str(text: &str) -> Result<Self, BaseError> {
        let fits = text.ends_with('/') && !text.contains(['?', '#']) && NamedNode::new(text).is_ok();
        if fits { Ok(Self(text.to_owned())) } else { Err(BaseError { text: text.to_owned() }) }
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The SHA-256 of a text or of bytes, in 64 hexadecimal digits.
pub fn sha256(text: impl AsRef<[u8]>) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The last part of the IRI of something that only its name tells us of: a slug, or the beginning of
/// the name's SHA-256 when it has neither a letter nor a digit.
pub(super) fn local_key(name: &str) -> String {
    let key = slug(name);
    if key.is_empty() { sha256(name)[..16].to_owned() } else { key }
}

/// Whether the IRI stands below the article's.
pub(super) fn is_below(iri: &NamedNode, article: &NamedNode) -> bool {
    iri.as_str().strip_prefix(article.as_str()).is_some_and(|path| path.starts_with('/'))
}

/// What the keys of things begin with that belong to an article.
const WITHIN: &str = "actor/";

/// The key of what an article calls so and the table does not know, as far as the name means the same one: `anne-roy`,
/// `anne-roy-boulanger-Q142`, `actor/lea`.
pub(super) fn scoped_key(name: &str, scope: &Scope, entities: &Entities) -> String {
    match scope {
        Scope::Everywhere => local_key(name),
        Scope::Article => format!("{WITHIN}{}", local_key(name)),
        Scope::Role { lemma, country } => {
            let country = country.map(|country| format!("-{}", entities.get(country).key)).unwrap_or_default();
            format!("{}-{}{country}", local_key(name), local_key(lemma))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_base_is_absolute_and_ends_in_a_slash() {
        assert_eq!("https://x.example/a/".parse::<Base>().unwrap().as_str(), "https://x.example/a/");
        for text in [
            "",
            "/",
            "x.example/",
            "https://x.example",
            "https://x.example/#",
            "https://x.example/?a=/",
            "https://x y/",
        ] {
            assert!(text.parse::<Base>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_name_without_letters_has_an_iri_of_its_own() {
        let base = Base::default();
        assert_eq!(base.local_entity("L'Écho du Val"), base.entity("l-echo-du-val"));
        assert_ne!(base.local_entity("…"), base.local_entity("!"));
    }

    #[test]
    fn the_key_of_a_local_actor_tells_with_whom_it_is_the_same() {
        let (base, entities) = (Base::default(), Entities::embedded());
        let article = base.article_iri("0123456789abcdef");
        let baker = |country: Option<&str>| Scope::Role {
            lemma: "boulanger".into(),
            country: country.and_then(|country| entities.by_key(country)),
        };
        for (name, scope, iri) in [
            ("Anne Roy", Scope::Everywhere, "entity/anne-roy"),
            ("Anne Roy", baker(None), "entity/anne-roy-boulanger"),
            ("Anne Roy", baker(Some("Q142")), "entity/anne-roy-boulanger-Q142"),
            ("Nicolas R.", Scope::Article, "article/0123456789abcdef/actor/nicolas-r"),
        ] {
            let local = base.local_in(&article, &scoped_key(name, &scope, entities));
            assert_eq!(base.relative(&local), iri);
            assert!(base.is_thing(&local) && base.is_made_from(&local, name), "{iri}");
            assert_eq!(base.article_of(&local), Some(article.clone()).filter(|_| scope == Scope::Article));
            assert!(!base.is_made_from(&local, "Ann") && !base.is_thing(&article));
        }
    }

    proptest! {
        #[test]
        fn any_name_gives_a_valid_iri(name in any::<String>()) {
            prop_assert!(NamedNode::new(Base::default().local_entity(&name).as_str()).is_ok());
        }
    }
}
