// The way that a reader takes: from a question to a file.
"use strict";

const { before, after, it } = require("node:test");
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { Site } = require("./site.js");

let site;
before(async () => (site = await Site.start()));
after(() => site?.stop());

/** Does something in a tab, and demands that the browser had nothing to complain of. */
async function walk(options, steps) {
    const tab = await site.tab(options);
    try {
        await steps(tab);
        assert.deepEqual(tab.problems, [], "the browser complains");
    } finally {
        await tab.done();
    }
}

const main = (tab) => tab.locator("main");
const heading = (tab) => tab.getByRole("heading", { level: 1 }).innerText();
const at = (tab, path) => assert.match(new URL(tab.url()).pathname, path);

/** Clicks what leads to another page, and waits for it. */
async function follow(tab, link) {
    await Promise.all([tab.waitForEvent("framenavigated"), link.first().click()]);
    await tab.waitForLoadState("load");
}

it("search → statement → article → actor → saved query → SPARQL page → download", () =>
    walk({ acceptDownloads: true }, async (tab) => {
        await tab.visit("/");
        await tab.locator("main input[name=q]").fill("who said what about NATO");
        await follow(tab, main(tab).getByRole("button", { name: "Search" }));
        at(tab, /^\/search$/);
        assert.match(await main(tab).innerText(), /Understood as:? Who said what about a topic/);
        assert.match(await tab.locator("#count").innerText(), /^\d+ statements$/);

        const words = await tab.locator(".card .quote").first().innerText();
        await follow(tab, tab.locator(".card .quote a"));
        at(tab, /^\/article\/[0-9a-f]+\/statement\//);
        assert.equal((await heading(tab)).trim(), words.trim());
        assert.ok((await tab.locator("mark.said").count()) > 0, "the words are marked in their article");

        await follow(tab, main(tab).getByRole("link", { name: "The whole article" }).or(main(tab).getByRole("link", { name: "Whole article" })));
        at(tab, /^\/article\/[0-9a-f]+$/);
        assert.ok((await tab.locator("mark").count()) > 1, "all statements are marked");

        const actor = tab.locator(".card .by a").first();
        const name = await actor.innerText();
        await follow(tab, actor);
        at(tab, /^\/entity\//);
        assert.equal(await heading(tab), name);

        await follow(tab, tab.getByRole("link", { name: "Questions" }));
        await follow(tab, tab.getByRole("link", { name: "What an actor said", exact: true }));
        await tab.getByLabel("Who").fill(name);
        await follow(tab, tab.getByRole("button", { name: "Show" }));
        at(tab, /^\/query\/what-did-say$/);
        assert.ok((await tab.locator("table.sheet tbody tr").count()) > 0, `${name} has rows`);

        await follow(tab, tab.getByRole("link", { name: "Open in the SPARQL page" }));
        at(tab, /^\/sparql$/);
        await tab.locator(".yasqe .CodeMirror").waitFor();
        await follow(tab, tab.getByRole("button", { name: "Run" }));
        const rows = await tab.locator("table.sheet tbody tr").count();
        assert.ok(rows > 0, "the query of the saved query has rows, too");

        const [download] = await Promise.all([
            tab.waitForEvent("download"),
            tab.getByRole("link", { name: "CSV", exact: true }).click(),
        ]);
        const csv = readFileSync(await download.path(), "utf8").trim().split("\r\n");
        assert.ok(csv.length > rows, "the file has a head and the rows");
    }));

it("a value of a facet narrows, and the language stays", () =>
    walk({}, async (tab) => {
        await tab.visit("/search");
        const count = async () => Number((await tab.locator("#count").innerText()).replace(/\D/g, ""));
        const all = await count();
        const value = tab.locator(".facets li a").first();
        const own = Number((await value.locator("small").innerText()).replace(/\D/g, ""));
        await follow(tab, value);
        assert.equal(await count(), own);
        assert.ok(own < all);

        await follow(tab, tab.getByRole("link", { name: "Français" }));
        assert.equal(await tab.locator("html").getAttribute("lang"), "fr");
        assert.equal(await count(), own);
        await follow(tab, tab.getByRole("link", { name: "Questions" }));
        assert.equal(await tab.locator("html").getAttribute("lang"), "fr");
        await follow(tab, tab.getByRole("link", { name: "English" }));
        assert.equal(await tab.locator("html").getAttribute("lang"), "en");
    }));

it("a wrong name is told at its field, with the right one", () =>
    walk({}, async (tab) => {
        await tab.visit("/query/who-said-what?topic=Natto", 400);
        tab.problems.length = 0;
        const field = tab.getByLabel("Topic");
        assert.equal(await field.getAttribute("aria-invalid"), "true");
        await follow(tab, tab.locator(".field.wrong").getByRole("link", { name: "NATO" }));
        assert.ok((await tab.locator("table.sheet tbody tr").count()) > 0);
    }));

it("names are proposed while they are typed", () =>
    walk({}, async (tab) => {
        await tab.visit("/query/what-did-say");
        await tab.getByLabel("Who").pressSequentially("volodymyr z");
        await tab.locator('datalist option[value^="Volodymyr Z"]').first().waitFor({ state: "attached" });
    }));

it("the editor completes terms of the vocabulary and asks nobody else", () =>
    walk({}, async (tab) => {
        await tab.visit("/sparql");
        await tab.locator(".yasqe .CodeMirror").waitFor();
        await tab.evaluate(() => {
            const editor = document.querySelector(".yasqe .CodeMirror").CodeMirror;
            editor.setValue("SELECT * { ?s  ?o }");
            editor.setCursor(0, 14);
            editor.focus();
        });
        await tab.keyboard.type("dixit:rel", { delay: 20 });
        await tab.locator(".CodeMirror-hint", { hasText: "dixit:relayedBy" }).waitFor();
    }));

// The editor is as wide as its longest line until it has measured its letters; how long that takes is the machine's.
it("the editor keeps within a narrow window before it has wrapped its lines", () =>
    walk({ width: 320, height: 640 }, async (tab) => {
        await tab.visit("/sparql");
        await tab.locator(".yasqe .CodeMirror").waitFor();
        const width = await tab.evaluate(() => {
            document.querySelector(".yasqe .CodeMirror").CodeMirror.setOption("lineWrapping", false);
            return document.documentElement.scrollWidth;
        });
        assert.equal(width, 320);
    }));

it("the network is drawn, and its table leads to the statements", () =>
    walk({}, async (tab) => {
        await tab.visit("/network");
        await tab.locator("#network canvas").first().waitFor();
        const row = tab.locator("tr[data-count]").first();
        const count = await row.getAttribute("data-count");
        await follow(tab, row.locator("td.number a"));
        assert.equal((await tab.locator("#count").innerText()).replace(/\D/g, ""), count);
    }));

it("the same way leads through without JavaScript", () =>
    walk({ javaScript: false }, async (tab) => {
        await tab.visit("/");
        await tab.locator("main input[name=q]").fill("qui a dit quoi sur l'Ukraine");
        await follow(tab, main(tab).getByRole("button"));
        assert.ok((await tab.locator(".card").count()) > 0);
        await tab.visit("/sparql");
        await tab.getByRole("textbox").fill("SELECT ?s { ?s a dixit:ReportedStatement } LIMIT 3");
        await follow(tab, tab.getByRole("button", { name: "Run" }));
        assert.equal(await tab.locator("table.sheet tbody tr").count(), 3);
    }));

it("what is asked with the keyboard alone is found", () =>
    walk({}, async (tab) => {
        await tab.visit("/");
        await tab.keyboard.press("Tab");
        assert.equal(await tab.evaluate(() => document.activeElement.className), "skip");
        await tab.keyboard.press("Enter");
        await tab.locator("main input[name=q]").focus();
        await tab.keyboard.type("Ukraine");
        await Promise.all([tab.waitForEvent("framenavigated"), tab.keyboard.press("Enter")]);
        await tab.waitForLoadState("load");
        at(tab, /^\/search$/);
        assert.ok((await tab.locator(".card").count()) > 0);
    }));
