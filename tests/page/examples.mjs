// examples.mjs DB OUT: the page over the examples, as README shows it: OUT/examples.png, and every incident of DB in the list.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [db, out, incidents] = process.argv.slice(2);
const { chromium } = createRequire(path.join(process.env.PAGE_MODULES, "x.js"))("playwright-core");
mkdirSync(out, { recursive: true });
const server = spawn(process.env.KHABAR, ["serve", path.basename(db)], { cwd: path.dirname(db), stdio: ["ignore", "pipe", "inherit"] });
const url = await new Promise((yes, no) => { let s = ""; server.stdout.on("data", (d) => { s += d; if (s.includes("\n")) yes(s.trim()); }); server.on("exit", () => no(new Error("the server ended"))); });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
const page = await (await browser.newContext({ colorScheme: "light", viewport: { width: 1400, height: 900 } })).newPage();
const wrong = [];
page.on("pageerror", (e) => wrong.push("error in the page: " + e.message));
await page.goto(url);
await page.waitForSelector("[role=option]");
if (!(await page.textContent("body")).includes(`${incidents} incidents`)) wrong.push(`not ${incidents} incidents`);
await page.screenshot({ path: path.join(out, "examples.png") });
await browser.close();
server.kill();
for (const w of wrong) console.error(w);
process.exitCode = wrong.length ? 1 : 0;
