// Writes a picture of each page into a folder: node screenshots.js FOLDER
"use strict";

const { execFileSync } = require("node:child_process");
const { mkdirSync, renameSync, statSync } = require("node:fs");
const { join } = require("node:path");
const { Site } = require("./site.js");
const { pages } = require("./pages.js");

/** Fewer colours, which pages do not miss, where pngquant is at hand. */
function shrink(file) {
    try {
        execFileSync("pngquant", ["--force", "--strip", "--quality", "60-95", "--output", `${file}.new`, file], { stdio: "ignore" });
        renameSync(`${file}.new`, file);
    } catch {
        // The picture is as good, only larger.
    }
}

async function main(folder) {
    mkdirSync(folder, { recursive: true });
    const site = await Site.start();
    try {
        let total = 0;
        for (const { name, path, status, picture = true } of await pages(site)) {
            if (!picture) continue;
            const tab = await site.tab();
            await tab.visit(path, status);
            // What is drawn by script takes a moment.
            await tab.waitForTimeout(1500);
            const file = join(folder, `${name}.png`);
            await tab.screenshot({ path: file });
            await tab.done();
            shrink(file);
            const { size } = statSync(file);
            total += size;
            console.error(`${file}: ${Math.round(size / 1024)} KiB`);
        }
        console.error(`${Math.round(total / 1024)} KiB in all`);
    } finally {
        await site.stop();
    }
}

main(process.argv[2] ?? "docs/web").catch((error) => {
    console.error(error.message);
    process.exit(1);
});
