// The pages that are looked at. A page of a thing of the graph has a query that finds one.
"use strict";

const MOST = (pattern) => `SELECT ?x { ${pattern} } GROUP BY ?x ORDER BY DESC(COUNT(*)) ?x LIMIT 1`;

const PAGES = [
    { name: "home", path: "/" },
    { name: "search", path: "/search?q=who+said+what+about+NATO" },
    { name: "search-nothing", path: "/search?q=zzzzqqq", picture: false },
    {
        name: "statement",
        find: "SELECT ?s { ?s a dixit:ReportedStatement ; dixit:kind dixit:Direct ; schema:text ?t ; schema:isPartOf/schema:headline ?headline } ORDER BY DESC(STRLEN(?t)) ?s LIMIT 1",
    },
    { name: "article", find: MOST("?s a dixit:ReportedStatement ; schema:isPartOf ?x . ?x schema:headline ?headline") },
    { name: "actor", find: MOST("?s dixit:actor ?x . ?x schema:sameAs ?item") },
    { name: "outlet", find: MOST("?article schema:publisher ?x") },
    { name: "topic", find: MOST("?s a dixit:ReportedStatement ; schema:about ?x") },
    { name: "network", path: "/network" },
    { name: "timeline", path: "/timeline" },
    { name: "queries", path: "/queries" },
    { name: "query", path: "/query/who-said-what?topic=NATO" },
    { name: "query-wrong", path: "/query/who-said-what?topic=Natto", status: 400, picture: false },
    { name: "sparql", path: "/sparql" },
    // Its addresses have the port that was free.
    { name: "about", path: "/about", picture: false },
];

/** The pages with their paths on this site. */
async function pages(site) {
    const found = PAGES.map(async (page) => ({ ...page, path: page.path ?? site.path(await site.find(page.find)) }));
    return Promise.all(found);
}

const NAMES = PAGES.map(({ name }) => name);

module.exports = { pages, NAMES };
