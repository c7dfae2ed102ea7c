// What a person puts right: only with the token, only from a page of the site, and it can be undone.
"use strict";

const { before, after, it } = require("node:test");
const assert = require("node:assert/strict");
const { cpSync, mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const axe = require("axe-core");
const { Site } = require("./site.js");

const TOKEN = "0123456789abcdef-test";

let site;
let folder;
before(async () => {
    folder = mkdtempSync(join(tmpdir(), "dixit-review-"));
    cpSync(process.env.DIXIT_STORE, join(folder, "store"), { recursive: true });
    site = await Site.start({ DIXIT_STORE: join(folder, "store"), DIXIT_TOKEN: TOKEN }, "--writable");
});
after(async () => {
    await site?.stop();
    rmSync(folder, { recursive: true, force: true });
});

const press = (tab, button) => Promise.all([tab.waitForEvent("framenavigated"), button.click()]).then(() => tab.waitForLoadState("load"));

it("a statement is taken out and put back, by whoever has the token", async () => {
    const tab = await site.tab();
    await tab.visit("/review");
    await tab.getByLabel("Your name").fill("Maëlle Kervadec");
    await tab.getByLabel("Token").fill("not the token at all");
    await press(tab, tab.getByRole("button", { name: "Enter" }));
    assert.match(await tab.locator("main").innerText(), /not the token/);
    tab.problems.length = 0;

    await tab.visit(`/review?token=${TOKEN}`);
    await tab.getByLabel("Your name").fill("Maëlle Kervadec");
    await press(tab, tab.getByRole("button", { name: "Enter" }));
    assert.match(await tab.locator("main").innerText(), /You sign as Maëlle Kervadec/);

    const first = tab.locator(".doubt", { has: tab.locator(".card") }).first();
    const path = await first.locator(".quote a").getAttribute("href");
    await press(tab, first.getByRole("button", { name: "Nobody said so" }));
    assert.match(await tab.getByRole("status").innerText(), /Done/);
    const gone = await site.tab();
    await gone.visit(path, 404);
    await gone.done();

    await press(tab, tab.getByRole("button", { name: "Undo" }));
    assert.match(await tab.getByRole("status").innerText(), /Undone/);
    await tab.visit(path);

    await tab.visit("/review");
    const again = tab.locator(".doubt", { has: tab.locator(`.quote a[href="${path}"]`) });
    await again.getByLabel("Who speaks:").fill("Volodymyr Zelensky");
    await press(tab, again.getByRole("button", { name: "Correct" }));
    await tab.visit(path);
    assert.match(await tab.locator("main").innerText(), /Zelensky[^]*Maëlle Kervadec/);

    await tab.visit("/review");
    await tab.evaluate(axe.source);
    const { violations } = await tab.evaluate(() => globalThis.axe.run(document));
    assert.deepEqual(violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    assert.deepEqual(tab.problems, []);
    await tab.done();
});

it("nothing is done without the token, or from elsewhere", async () => {
    const form = (headers, path = "/review") =>
        fetch(site.address + path, {
            method: "POST",
            redirect: "manual",
            body: new URLSearchParams({ do: "nobody", statement: "https://data.dixit.example/x" }),
            headers,
        });
    const own = { origin: site.address };
    assert.equal((await form({ ...own })).status, 403, "without the token");
    const cookie = `token=${TOKEN}; by=Somebody`;
    assert.equal((await form({ cookie, origin: "http://evil.example" })).status, 403, "from another site");
    assert.equal((await form({ cookie })).status, 403, "from nobody knows where");
    assert.equal((await form({ ...own, cookie: "token=wrong; by=Somebody" })).status, 403, "with another token");
    assert.equal((await form({ ...own, cookie })).status, 400, "about what is no statement");
});

it("a site that only reads has no review", async () => {
    const other = await Site.start();
    assert.equal((await fetch(`${other.address}/review`)).status, 403);
    const post = await fetch(`${other.address}/review`, { method: "POST", headers: { origin: other.address, cookie: "token=; by=x" } });
    assert.equal(post.status, 403);
    await other.stop();
});
