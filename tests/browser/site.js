// A running `dixit serve` and a browser that looks at it.
"use strict";

const { spawn } = require("node:child_process");
const assert = require("node:assert/strict");
const { chromium } = require("playwright-core");

const BROWSER = process.env.DIXIT_CHROMIUM || "/usr/bin/chromium";
// Nothing of the browser itself asks the network.
const FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];
const PREFIXES = "PREFIX dixit: <https://w3id.org/dixit#>\nPREFIX schema: <http://schema.org/>\n";
const START = 20_000;

/** Starts the program on a free port; `more` comes after `serve`. */
function serve(environment, more) {
    const program = process.env.DIXIT_PROGRAM;
    assert.ok(program, "DIXIT_PROGRAM must name the program: run scripts/test-web PROGRAM");
    const child = spawn(program, ["serve", "--bind", "127.0.0.1:0", ...more], {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...environment },
    });
    return new Promise((resolve, reject) => {
        let said = "";
        const fail = (why) => {
            child.kill();
            reject(new Error(`dixit serve ${more.join(" ")}: ${why}; it said: ${said || "nothing"}`));
        };
        const timer = setTimeout(() => fail(`no address on standard output after ${START / 1000} s`), START);
        child.on("error", (error) => fail(error.message));
        child.on("exit", (code) => fail(`ended with status ${code}`));
        child.stderr.on("data", (data) => (said += data));
        child.stdout.on("data", (data) => {
            said += data;
            const address = /https?:\/\/[^\s/]+/.exec(said);
            if (!address) return;
            clearTimeout(timer);
            child.removeAllListeners("exit");
            resolve({ child, address: address[0], said: () => said });
        });
    });
}

class Site {
    /** The program and the browser, started. */
    static async start(environment = {}, ...more) {
        const site = new Site();
        const { child, address, said } = await serve(environment, more);
        Object.assign(site, { child, address, said });
        site.browser = await chromium.launch({ executablePath: BROWSER, headless: true, args: FLAGS });
        return site;
    }

    async stop() {
        await this.browser?.close();
        const ended = new Promise((resolve) => this.child.once("exit", (code, signal) => resolve(code ?? signal)));
        this.child.kill("SIGTERM");
        return ended;
    }

    /** The first value that a query of the graph gives. */
    async find(query) {
        const body = new URLSearchParams({ query: PREFIXES + query });
        const answer = await fetch(`${this.address}/sparql`, { method: "POST", body, headers: { accept: "text/csv" } });
        const text = await answer.text();
        assert.equal(answer.status, 200, `${query}: ${text}`);
        const value = text.split(/\r?\n/)[1];
        assert.ok(value, `nothing in the graph answers ${query}`);
        return value;
    }

    /** Where the thing with that IRI has its page here. */
    path(iri) {
        return new URL(iri).pathname;
    }

    /** A tab of a browser of its own: no cookies, no storage of others. What goes wrong in it is in `problems`. */
    async tab({ width = 1280, height = 800, dark = false, javaScript = true, language = "en", ...more } = {}) {
        const context = await this.browser.newContext({
            viewport: { width, height },
            colorScheme: dark ? "dark" : "light",
            javaScriptEnabled: javaScript,
            locale: language,
            reducedMotion: "reduce",
            ...more,
        });
        context.setDefaultTimeout(10_000);
        const tab = await context.newPage();
        tab.problems = [];
        const note = (what) => tab.problems.push(`${tab.url()}: ${what}`);
        tab.on("console", (message) => {
            if (["error", "warning"].includes(message.type())) note(message.text());
        });
        tab.on("pageerror", (error) => note(error.message));
        tab.on("request", (request) => {
            if (!request.url().startsWith(this.address) && !/^(data|about|blob):/.test(request.url())) {
                note(`asks ${request.url()}`);
            }
        });
        tab.visit = async (path, status = 200) => {
            const answer = await tab.goto(new URL(path, this.address).href, { waitUntil: "load" });
            assert.equal(answer.status(), status, `the status of ${path}`);
        };
        tab.done = () => context.close();
        return tab;
    }
}

module.exports = { Site };
