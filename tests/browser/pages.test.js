// Every page: without errors, without JavaScript, in a narrow window, in French, and for who does not see it.
"use strict";

const { before, after, describe, it } = require("node:test");
const assert = require("node:assert/strict");
const axe = require("axe-core");
const { Site } = require("./site.js");
const { pages, NAMES } = require("./pages.js");

let site;
let all;
before(async () => {
    site = await Site.start();
    all = new Map((await pages(site)).map((page) => [page.name, page]));
});
after(() => site?.stop());

/** Opens a page, looks at it, and demands that nothing went wrong in the browser meanwhile. */
async function look(name, options, see) {
    const { path, status = 200 } = all.get(name);
    const tab = await site.tab(options);
    try {
        await tab.visit(path, status);
        await see(tab, path);
        // That the page itself is an error is told by the browser, too.
        const problems = tab.problems.filter((problem) => status < 400 || !problem.includes(`status of ${status}`));
        assert.deepEqual(problems, [], `${path}: the browser complains`);
    } finally {
        await tab.done();
    }
}

/** What axe-core finds serious or critical, one line each. */
async function flaws(tab) {
    await tab.evaluate(axe.source);
    const { violations } = await tab.evaluate(() => globalThis.axe.run(document));
    return violations
        .filter(({ impact }) => ["serious", "critical"].includes(impact))
        .flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.any[0]?.message ?? ""}`));
}

for (const name of NAMES) {
    describe(`page ${name}`, () => {
        it("has a title, one heading, a language and a main part", () =>
            look(name, {}, async (tab, path) => {
                assert.ok((await tab.title()).trim(), `${path} has no title`);
                assert.equal(await tab.locator("h1").count(), 1, `${path}: headings of the first rank`);
                assert.equal(await tab.locator("html").getAttribute("lang"), "en");
                assert.equal(await tab.locator("main").count(), 1);
            }));

        it("says the same without JavaScript", () =>
            look(name, { javaScript: false }, async (tab, path) => {
                assert.ok((await tab.locator("main").innerText()).trim().length > 40, `${path} is empty without JavaScript`);
                const stuck = await tab.locator("form:not(:has(button:not([type=button]), input[type=submit]))").count();
                assert.equal(stuck, 0, `${path} has a form that nothing sends without JavaScript`);
            }));

        it("fits a window of 320 pixels", () =>
            look(name, { width: 320, height: 640 }, async (tab, path) => {
                const width = await tab.evaluate(() => document.documentElement.scrollWidth);
                const wide = await tab.evaluate(() =>
                    [...document.querySelectorAll("body *")]
                        .filter((element) => element.getBoundingClientRect().right > 321)
                        .slice(0, 5)
                        .map((element) => element.outerHTML.slice(0, 120)),
                );
                assert.ok(width <= 320, `${path} is ${width} pixels wide: ${wide.join("\n")}`);
            }));

        for (const dark of [false, true]) {
            it(`has no serious flaw for axe-core, ${dark ? "dark" : "light"}`, () =>
                look(name, { dark }, async (tab) => assert.deepEqual(await flaws(tab), [])));
        }

        it("speaks French to who reads it", () =>
            look(name, { language: "fr-FR" }, async (tab) => {
                assert.equal(await tab.locator("html").getAttribute("lang"), "fr");
                assert.deepEqual(await flaws(tab), []);
            }));
    });
}
