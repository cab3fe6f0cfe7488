// browser.mjs DB OUT: the page in Chromium, as a user meets it: looks (screenshots into OUT), speed, keyboard, axe-core, and
// that no request leaves the machine. DB holds many incidents. The last line is JSON with the figures.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, loadavg } from "node:os";
import path from "node:path";

const [db, out] = process.argv.slice(2), modules = process.env.PAGE_MODULES;
const require = createRequire(path.join(modules, "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const figures = {}, wrong = [];
// The bounds are for a machine that does nothing else; where others use it, they grow with how many wait for a core.
const waiting = () => Math.max(1, (2 * (loadavg()[0] - 1)) / cpus().length), before = waiting(), slow = () => Math.max(before, waiting());
const check = (fine, what) => { if (!fine) wrong.push(what); };

mkdirSync(out, { recursive: true });
const server = spawn(process.env.KHABAR, ["review", "--coder", "ana", db], { stdio: ["ignore", "pipe", "inherit"] });
const url = await new Promise((yes, no) => { let s = ""; server.stdout.on("data", (d) => { s += d; if (s.includes("\n")) yes(s.trim()); }); server.on("exit", () => no(new Error("the server ended"))); });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
const here = new URL(url).origin;

async function open(scheme, query = "") {
	const page = await (await browser.newContext({ colorScheme: scheme, viewport: { width: 1400, height: 900 } })).newPage();
	page.on("request", (r) => { if (!r.url().startsWith(here) && !r.url().startsWith("data:")) wrong.push("a request leaves: " + r.url()); });
	page.on("dialog", (d) => { wrong.push("a script of a story ran: " + d.message()); d.dismiss(); });
	page.on("pageerror", (e) => wrong.push("error in the page: " + e.message));
	page.on("console", (m) => { if (m.type() === "error" && !(query.includes("evnt") && m.text().includes("400"))) wrong.push("console: " + m.text()); });
	await page.goto(url + query);
	return page;
}

async function violations(page, where) {
	await page.evaluate(axe + ";0").catch((e) => wrong.push("axe: " + e.message));
	const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
	for (const v of found.violations) wrong.push(`axe, ${where}: ${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 140)} ${v.nodes[0].failureSummary.slice(0, 200)}`);
}

// From the first byte asked for to incidents on the screen; the best of several, the machine is shared.
async function paint() {
	let best = 1e9, first = 1e9;
	for (let k = 0; k < 5; k++) {
		const page = await open("light");
		await page.waitForSelector("[role=option]");
		const t = await page.evaluate(() => ({ fcp: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0, list: window.__khabarDrawn ?? performance.now() }));
		first = Math.min(first, t.fcp);
		best = Math.min(best, t.list);
		await page.context().close();
	}
	figures.first_paint_ms = Math.round(first);
	figures.list_ms = Math.round(best);
	check(first < 300 * slow(), "first paint " + first);
}

// The time from a change of the filter to the frame that shows its answer.
async function filters(page) {
	let worst = 0;
	for (const q of ["event:ASSAULT", "actor:MLI", "place:Mopti since:2026-03", "killed:>20", "who:REB certainty:denied", "spokesman lima", "near:14.5,-4.2,200", "-event:CONSULT said_by:spokesman"]) {
		let best = 1e9, count = "";
		for (let k = 0; k < 3; k++) {
			await page.evaluate(() => window.__khabarFilter(""));
			await page.waitForFunction(() => !new URLSearchParams(location.search).get("q") && document.querySelector(".sum"));
			best = Math.min(best, await page.evaluate((q) => window.__khabarFilter(q), q));
			count = await page.textContent(".sum");
		}
		figures["filter " + q] = Math.round(best);
		check(count.includes(" of "), "the filter changed nothing: " + q + ": " + count);
		worst = Math.max(worst, best);
	}
	figures.filter_ms = Math.round(worst);
	check(worst < 100 * slow(), "a filter took " + worst);
}

try {
	await paint();
	let page = await open("light");
	await page.waitForSelector("[role=option]");
	await page.waitForTimeout(700);
	await page.screenshot({ path: out + "/overview.png" });
	await violations(page, "overview, light");
	await filters(page);
	await page.evaluate(() => window.__khabarFilter("event:ASSAULT certainty:denied"));
	// keyboard only: from the filter to the list to an incident to its story and back
	await page.keyboard.press("/");
	check(await page.evaluate(() => document.activeElement.id === "q"), "/ does not lead to the filter");
	await page.focus("#list");
	await page.keyboard.press("j");
	await page.keyboard.press("Enter");
	await page.waitForSelector(".claims");
	await page.waitForTimeout(200);
	await page.screenshot({ path: out + "/incident.png" });
	check((await page.textContent(".incident")).includes("contested"), "no contested figures side by side");
	check(await page.locator(".differs").count() > 0, "nothing differs");
	await violations(page, "incident, light");
	const from = await page.evaluate(() => performance.now());
	await page.click(".claims .link >> nth=0");
	await page.waitForSelector("mark");
	await page.screenshot({ path: out + "/story.png" });
	await violations(page, "story, light");
	check(page.url().includes("s=") && page.url().includes("i="), "the URL does not keep what is shown");
	let story = 1e9;
	for (let k = 0; k < 5; k++) {
		await page.keyboard.press("Escape");
		await page.waitForSelector(".claims");
		story = Math.min(story, await page.evaluate(() => new Promise((yes) => {
			const t = performance.now();
			new MutationObserver((_, o) => { if (document.querySelector("mark")) { o.disconnect(); requestAnimationFrame(() => yes(performance.now() - t)); } }).observe(document.body, { childList: true, subtree: true });
			document.querySelector(".claims .link").click();
		})));
	}
	figures.story_ms = Math.round(story);
	check(story < 50 * slow(), "a story took " + story);
	await page.context().close();

	page = await open("dark");
	await page.waitForSelector("[role=option]");
	await page.waitForTimeout(700);
	await page.screenshot({ path: out + "/overview-dark.png" });
	await violations(page, "overview, dark");
	await page.context().close();

	page = await open("light", "&view=review");
	await page.waitForSelector(".verdicts");
	const name = await page.textContent(".review h2");
	await page.screenshot({ path: out + "/review.png" });
	await violations(page, "review");
	await page.keyboard.press("a");
	await page.waitForFunction(() => document.querySelector(".note").textContent.startsWith("accept"));
	await page.keyboard.press("e");
	await page.waitForSelector("form.correct");
	await page.selectOption("select[name=event]", "AID");
	await page.screenshot({ path: out + "/correct.png" });
	await violations(page, "correction");
	await page.click("form.correct [type=submit]");
	await page.waitForFunction(() => document.querySelector(".note").textContent.startsWith("correct"));
	check(name.length > 3, "the queue shows no report");
	// words marked in the text go into the field last touched, with their bytes in the story
	await page.keyboard.press("e");
	await page.waitForSelector("form.correct");
	await page.focus("input[name=actors]");
	const marked = await page.evaluate(() => {
		const m = [...document.querySelectorAll("#text mark")].find((x) => x.className.startsWith("r-recipient")) || document.querySelector("#text mark"), r = document.createRange();
		r.selectNodeContents(m.lastChild);
		getSelection().removeAllRanges();
		getSelection().addRange(r);
		m.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
		return m.lastChild.textContent;
	});
	await page.waitForSelector(".correct .span");
	check(await page.inputValue("input[name=actors]") === marked, "the marked words are not in the field");
	await page.screenshot({ path: out + "/marked.png" });
	const told = page.waitForRequest((r) => r.url().endsWith("/api/review"));
	await page.click("form.correct [type=submit]");
	const sent = (await told).postDataJSON();
	const whole = await page.evaluate(async ([id, token]) => (await (await fetch("/api/story?id=" + id, { headers: { "X-Khabar-Token": token } })).json()).text, [sent.report.split("/")[0], new URL(url).searchParams.get("token")]);
	const [b, e] = sent.changes.spans.actors;
	check(Buffer.from(whole).subarray(b, e).toString() === marked, "the bytes are not those of the words: " + JSON.stringify(sent));
	// agreement shows which values stand side by side
	await page.evaluate((token) => fetch("/api/queue?name=unsure&coder=ana&limit=1", { headers: { "X-Khabar-Token": token } }), new URL(url).searchParams.get("token"));
	await page.request.post(here + "/api/review", { headers: { "X-Khabar-Token": new URL(url).searchParams.get("token"), Origin: here }, data: { report: sent.report, coder: "ben", verdict: "accept" } });
	await page.click("text=Agreement");
	await page.selectOption(".agreement select", "actors");
	await page.waitForSelector(".confusion .other");
	await page.screenshot({ path: out + "/agreement.png" });
	await violations(page, "agreement");
	await page.context().close();

	// a story with markup in its title and text is shown as text; a query that does not parse gets its caret
	page = await open("light", "&s=c3");
	await page.waitForSelector("#h-story");
	check(await page.textContent("#h-story") === "<script>x</script>", "the title is not shown as text");
	check((await page.textContent("#text")).includes("<script>alert(1)</script>"), "the text is not shown as text");
	await page.context().close();
	page = await open("light", "&q=" + encodeURIComponent("event:ASSAULT evnt:x"));
	await page.waitForSelector("#q-error");
	check((await page.textContent("#q-error")).split("\n")[1] === " ".repeat(14) + "^ no such field", "the caret does not show where");
	await violations(page, "a wrong query");
	await page.context().close();

	// a filter that is saved tells what is new, and is gone when it is dropped
	page = await open("dark", "&q=" + encodeURIComponent("event:ASSAULT place:Mopti"));
	await page.waitForSelector("[role=option]");
	await page.click("summary:has-text('Saved')");
	await page.fill(".keep input", "mopti");
	await page.keyboard.press("Enter");
	await page.waitForSelector(".saved .link");
	check((await page.textContent(".saved")).includes("nothing new since"), "what is saved just now is new");
	await page.screenshot({ path: out + "/saved-dark.png" });
	await violations(page, "saved, dark");
	await page.click(".saved [aria-label^='Keep']");
	await page.waitForFunction(() => !document.querySelector(".saved"));
	await page.context().close();

	// 200 % zoom is half the width: nothing is cut off sideways
	page = await open("light");
	await page.setViewportSize({ width: 700, height: 450 });
	await page.waitForSelector("[role=option]");
	check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), "at 200 % the page is wider than the window");
	await page.screenshot({ path: out + "/zoomed.png" });
	await page.setViewportSize({ width: 1000, height: 1400 });
	await page.emulateMedia({ media: "print" });
	await page.waitForTimeout(300);
	await page.screenshot({ path: out + "/print.png" });
	const lines = await page.evaluate(() => { const all = [...document.querySelectorAll(".line")].map((l) => l.getBoundingClientRect()); return { n: all.length, over: all.some((b, k) => k && b.top < all[k - 1].bottom - 1) }; });
	check(lines.n === 200 && !lines.over, "on paper the incidents do not stand one after the other: " + JSON.stringify(lines));
	check((await page.textContent(".more")).includes("The first 200 of"), "paper does not say that there are more");
} catch (e) {
	wrong.push(String(e.stack || e));
}
await browser.close();
server.kill("SIGTERM");
for (const w of wrong) console.error("page: " + w);
console.log(JSON.stringify({ ...figures, load: +slow().toFixed(1) }));
process.exit(wrong.length ? 1 : 0);
