//! Every IRI of a vocabulary that the graph uses, in one place.
//!
//! The terms under `dixit:` are declared in `ontology/dixit.ttl`; a test holds the two lists together.

use oxigraph::model::NamedNodeRef;

/// The vocabulary itself: what `dixit:` terms mean, in French and English (Turtle).
pub const ONTOLOGY: &str = include_str!("../../ontology/dixit.ttl");
/// The SHACL shapes that every graph of ours conforms to (Turtle).
pub const SHAPES: &str = include_str!("../../ontology/shapes.ttl");

/// Prefixes of the exports, beside those of the data.
pub const PREFIXES: &[(&str, &str)] = &[
    ("dixit", dixit::NAMESPACE),
    ("schema", schema::NAMESPACE),
    ("prov", prov::NAMESPACE),
    ("oa", oa::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("wd", WIKIDATA),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Namespace of Wikidata's items.
pub const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// Declares the terms of one namespace, and `ALL`, the list of them.
macro_rules! terms {
    ($namespace:literal; $($name:ident = $local:literal),* $(,)?) => {
        use super::NamedNodeRef;

        pub const NAMESPACE: &str = $namespace;
        $(pub const $name: NamedNodeRef<'static> =
            NamedNodeRef::new_unchecked(concat!($namespace, $local));)*
        /// All terms of this namespace.
        pub const ALL: &[NamedNodeRef<'static>] = &[$($name),*];
    };
}

/// Our own terms.
pub mod dixit {
    terms! { "https://w3id.org/dixit#";
        REPORTED_STATEMENT = "ReportedStatement",
        RELAY = "Relay",
        LINK = "Link",
        AUTHORITY = "Authority",
        UNNAMED_SOURCE = "UnnamedSource",
        DOCUMENT = "Document",

        DIRECT = "Direct",
        INDIRECT = "Indirect",
        MIXED = "Mixed",
        ASSERTED = "Asserted",
        DENIED = "Denied",
        HEARSAY = "Hearsay",
        QUESTION = "Question",
        HYPOTHETICAL = "Hypothetical",
        STATED_IN_TEXT = "StatedInText",
        FROM_PUBLICATION = "FromPublication",

        ACTOR_LINK = "actorLink",
        LINKED_NAME = "linkedName",
        LINKED_ACTOR = "linkedActor",
        LINK_CANDIDATE = "linkCandidate",
        LINK_METHOD = "linkMethod",
        LINK_SCORE = "linkScore",
        LOCAL_KEY = "localKey",
        LINK_EVIDENCE = "linkEvidence",
        BY_NAME = "ByName",
        BY_PART_OF_NAME = "ByPartOfName",
        BY_OFFICE = "ByOffice",
        BY_PLACE = "ByPlace",

        ACTOR = "actor",
        CANDIDATE_ACTOR = "candidateActor",
        SPEAKER_MENTION = "speakerMention",
        SPEAKER_ROLE = "speakerRole",
        METONYM = "metonym",
        KIND = "kind",
        POLARITY = "polarity",
        CUE = "cue",
        CUE_CLASS = "cueClass",
        SAID_NOT_BEFORE = "saidNotBefore",
        SAID_NOT_AFTER = "saidNotAfter",
        DATE_BASIS = "dateBasis",
        DATE_MENTION = "dateMention",
        RELAYED_BY = "relayedBy",
        QUALIFIED_RELAY = "qualifiedRelay",
        RELAY_MENTION = "relayMention",
        ADDRESSEE = "addressee",
        ADDRESSEE_MENTION = "addresseeMention",
        MEDIUM = "medium",
        MEDIUM_MENTION = "mediumMention",
        EVIDENCE = "evidence",
        CONFIDENCE = "confidence",

        FILE_NAME = "fileName",
        TEXT_HASH = "textHash",
        PUBLISHED_NOT_BEFORE = "publishedNotBefore",
        PUBLISHED_NOT_AFTER = "publishedNotAfter",
        EXTRACTED_BY = "extractedBy",
        EXTRACTED_AT = "extractedAt",
        TABLES_VERSION = "tablesVersion",
        SAME_TEXT_AS = "sameTextAs",
        WORDS_HASH = "wordsHash",
        SKETCH = "sketch",
        SKETCH_BAND = "sketchBand",
        LOCAL_CLASS = "localClass",
        LOCAL_LABEL = "localLabel",
        LOCAL_ITEM = "localItem",

        UTTERANCE = "Utterance",
        REPORT = "report",
        EARLIEST_REPORT = "earliestReport",
        JOINED_TO = "joinedTo",
        JOINED_BY = "joinedBy",
        SHARED_WORDS = "sharedWords",
        SAME_WORDS = "SameWords",
        SHORTENED_WORDS = "ShortenedWords",
        SAME_QUOTATION = "SameQuotation",
        SIMILAR_WORDS = "SimilarWords",
        WORD_KEY = "wordKey",

        AUTHORITY_OF = "authorityOf",

        CORRECTION = "Correction",
        MERGE = "Merge",
        SET_BY_HAND = "SetByHand",
        CORRECTED_BY = "correctedBy",
        CORRECTS = "corrects",
        CORRECTS_IN = "correctsIn",
        ANCHOR = "anchor",
        CORRECTED_ACTOR = "correctedActor",
        CORRECTED_KIND = "correctedKind",
        CORRECTED_NOT_BEFORE = "correctedNotBefore",
        CORRECTED_NOT_AFTER = "correctedNotAfter",
        REJECTED = "rejected",
        MERGED = "merged",
        KEPT = "kept",
        MERGED_INTO = "mergedInto",
        CURATOR = "curator",
        UNDONE_BY = "undoneBy",
        REMOVED_TRIPLES = "removedTriples",
        ADDED_TRIPLES = "addedTriples",
        SET_ASIDE = "setAside",

        RECONCILIATION = "Reconciliation",
        PROPOSAL = "Proposal",
        RECONCILED_NAME = "reconciledName",
        RECONCILED_TYPE = "reconciledType",
        ASKED_SERVICE = "askedService",
        PROPOSES = "proposes",
        PROPOSED_ITEM = "proposedItem",
        PROPOSED_NAME = "proposedName",
        PROPOSED_SCORE = "proposedScore",
        IS_MATCH = "isMatch",

        REJECTION = "Rejection",
        REJECTED_ACTOR = "rejectedActor",
        REJECTED_NAME = "rejectedName",
        SEARCH = "search",
        QUERY = "query",
        SCORE = "score",

        RENAMING = "Renaming",
        RENAMED = "renamed",
        NEW_NAME = "newName",
        FORMER_NAME = "formerName",
    }
}

/// Terms of queries, which no data has: how words are searched for.
pub const OF_QUERIES: [NamedNodeRef<'static>; 3] = [dixit::SEARCH, dixit::QUERY, dixit::SCORE];

/// schema.org, under `http:` as its own context and Wikidata write it.
pub mod schema {
    terms! { "http://schema.org/";
        NEWS_ARTICLE = "NewsArticle",
        QUOTATION = "Quotation",
        PERSON = "Person",
        ORGANIZATION = "Organization",
        NEWS_MEDIA_ORGANIZATION = "NewsMediaOrganization",
        PLACE = "Place",
        COUNTRY = "Country",
        CREATIVE_WORK = "CreativeWork",
        URL = "url",
        HEADLINE = "headline",
        AUTHOR = "author",
        DATE_PUBLISHED = "datePublished",
        IN_LANGUAGE = "inLanguage",
        ARTICLE_BODY = "articleBody",
        PUBLISHER = "publisher",
        SPOKEN_BY_CHARACTER = "spokenByCharacter",
        TEXT = "text",
        ABOUT = "about",
        MENTIONS = "mentions",
        POSITION = "position",
        SOFTWARE_VERSION = "softwareVersion",
        IS_PART_OF = "isPartOf",
        SAME_AS = "sameAs",
        GENDER = "gender",
        FEMALE = "Female",
        MALE = "Male",
    }
}

/// Terms of schema.org that only the view for web pages uses (`dixit export --profile schema.org`).
pub mod schema_org {
    terms! { "http://schema.org/";
        CLAIM = "Claim",
        GOVERNMENT_ORGANIZATION = "GovernmentOrganization",
        THING = "Thing",
        DATE = "Date",
        NAME = "name",
        ALTERNATE_NAME = "alternateName",
        APPEARANCE = "appearance",
        FIRST_APPEARANCE = "firstAppearance",
        CITATION = "citation",
        CREDIT_TEXT = "creditText",
        DATE_CREATED = "dateCreated",
        IS_BASED_ON = "isBasedOn",
    }
}

/// PROV-O: <https://www.w3.org/TR/prov-o/>.
pub mod prov {
    terms! { "http://www.w3.org/ns/prov#";
        ACTIVITY = "Activity",
        SOFTWARE_AGENT = "SoftwareAgent",
        WAS_GENERATED_BY = "wasGeneratedBy",
        WAS_ASSOCIATED_WITH = "wasAssociatedWith",
        AGENT = "agent",
        GENERATED_AT_TIME = "generatedAtTime",
        INVALIDATED_AT_TIME = "invalidatedAtTime",
    }
}

/// Web Annotation: <https://www.w3.org/TR/annotation-vocab/>.
pub mod oa {
    terms! { "http://www.w3.org/ns/oa#";
        SPECIFIC_RESOURCE = "SpecificResource",
        TEXT_QUOTE_SELECTOR = "TextQuoteSelector",
        TEXT_POSITION_SELECTOR = "TextPositionSelector",
        HAS_SOURCE = "hasSource",
        HAS_SELECTOR = "hasSelector",
        EXACT = "exact",
        PREFIX = "prefix",
        SUFFIX = "suffix",
        START = "start",
        END = "end",
    }
}

/// SKOS: <https://www.w3.org/TR/skos-reference/>.
pub mod skos {
    terms! { "http://www.w3.org/2004/02/skos/core#";
        CONCEPT = "Concept",
        ALT_LABEL = "altLabel",
        BROADER = "broader",
    }
}

/// VoID: <https://www.w3.org/TR/void/>.
pub mod void {
    terms! { "http://rdfs.org/ns/void#";
        DATASET = "Dataset",
        DATASET_DESCRIPTION = "DatasetDescription",
        SPARQL_ENDPOINT = "sparqlEndpoint",
        DATA_DUMP = "dataDump",
        URI_SPACE = "uriSpace",
        VOCABULARY = "vocabulary",
        FEATURE = "feature",
        EXAMPLE_RESOURCE = "exampleResource",
        TRIPLES = "triples",
        CLASS_PARTITION = "classPartition",
        CLASS = "class",
        ENTITIES = "entities",
    }
}

/// SPARQL 1.1 Service Description: <https://www.w3.org/TR/sparql11-service-description/>.
pub mod sd {
    terms! { "http://www.w3.org/ns/sparql-service-description#";
        SERVICE = "Service",
        ENDPOINT = "endpoint",
        SUPPORTED_LANGUAGE = "supportedLanguage",
        SPARQL_11_QUERY = "SPARQL11Query",
        RESULT_FORMAT = "resultFormat",
        FEATURE = "feature",
        UNION_DEFAULT_GRAPH = "UnionDefaultGraph",
        BASIC_FEDERATED_QUERY = "BasicFederatedQuery",
        DEFAULT_DATASET = "defaultDataset",
        DATASET = "Dataset",
        DEFAULT_GRAPH = "defaultGraph",
        GRAPH = "Graph",
        NAMED_GRAPH = "namedGraph",
        NAMED_GRAPH_CLASS = "NamedGraph",
        NAME = "name",
    }
}

/// The unique IRIs of formats: <https://www.w3.org/ns/formats/>.
pub const FORMATS: &str = "http://www.w3.org/ns/formats/";
