// The page: one filter in the URL, and timeline, list, matrix, map, incident and story under it.
import { render } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ask, exportUrl, plural } from "./data.js";
import { readUrl, set, words, writeUrl } from "./query.js";
import { Incident } from "./incident.jsx";
import { List } from "./list.jsx";
import { MapPanel } from "./map.jsx";
import { MatrixPanel } from "./matrix.jsx";
import { Review } from "./review.jsx";
import { Saved } from "./saved.jsx";
import { Story } from "./story.jsx";
import { Timeline } from "./timeline.jsx";

const FORMATS = { csv: "flat CSV", jsonl: "JSON Lines", gdelt: "GDELT 2.0 events", "gdelt-mentions": "GDELT 2.0 mentions", phoenix: "Phoenix", icews: "ICEWS", polecat: "POLECAT", acled: "ACLED", ged: "UCDP GED" };
const HELP = [["/", "the filter"], ["j k ↓ ↑", "down and up the list"], ["Enter", "open an incident"], ["Esc", "back"], ["a r e u", "in review: accept, reject, correct, undo"]];

function Filter({ q, go, error }) {
	const [text, setText] = useState(q);
	useEffect(() => setText(q), [q]);
	return (
		<search>
			<form role="search" onSubmit={(e) => { e.preventDefault(); go(text.trim()); }}>
				<label for="q" class="hidden">Filter: query words</label>
				<input id="q" type="search" value={text} onInput={(e) => setText(e.currentTarget.value)} placeholder="event:ASSAULT place:Mopti since:2026-03 &quot;air strike&quot;" spellcheck={false} autocomplete="off" aria-invalid={!!error} aria-describedby={error ? "q-error" : undefined} />
				<button type="submit">Filter</button>
			</form>
			{error ? <pre id="q-error" class="error" role="alert">{q}{"\n"}{" ".repeat([...new TextDecoder().decode(new TextEncoder().encode(q).subarray(0, error.at || 0))].length)}^ {error.message}</pre> : null}
			{q ? <ul class="chips" aria-label="Words of the filter">{words(q).map((w, k) => <li><button aria-label={"Take away " + w} onClick={() => go(words(q).filter((_, n) => n !== k).join(" "))}>{w} <span aria-hidden="true">×</span></button></li>)}<li><button onClick={() => go("")}>Clear</button></li></ul> : null}
		</search>
	);
}

function Export({ q, formats }) {
	return (
		<details class="menu"><summary>Export</summary><div>
			<p class="soft">What the filter means, as far as it happened or goes on:</p>
			<ul>{formats.map((f) => <li><a href={exportUrl(f, q)} download>{FORMATS[f] || f}</a></li>)}<li><a href={exportUrl("csv", q, true)} download>flat CSV, every certainty</a></li></ul>
		</div></details>
	);
}

function useFilter(cols, q, seen) {
	const all = useMemo(() => (cols ? cols.n.map((_, i) => i) : []), [cols]);
	const [state, setState] = useState({ rows: all, error: null, of: null });
	useEffect(() => {
		let stale = false;
		if (!cols || (!q && !seen)) return setState({ rows: all, error: null, of: cols });
		ask("match", seen ? { q, seen, bits: 1 } : { q, bits: 1 }).then((bits) => { // a bit for each number
			if (stale) return;
			const rows = all.filter((i) => bits[cols.n[i] >> 3] & (1 << (cols.n[i] & 7)));
			setState({ rows, error: null, of: cols });
		}, (error) => stale || setState((s) => ({ rows: s.of === cols ? s.rows : all, error, of: cols })));
		return () => { stale = true; };
	}, [cols, q, seen]);
	return state;
}

function App() {
	const [info, setInfo] = useState(null), [cols, setCols] = useState(null), [at, setAt] = useState(readUrl()), [fatal, setFatal] = useState(""), [theme, setTheme] = useState(localStorage.getItem("theme") || "");
	const detail = useRef(null);
	const { rows, error } = useFilter(cols, at.q, at.seen);
	const names = useMemo(() => new Map(info ? info.countries.map(([iso, number, name]) => [iso, { number, name }]) : []), [info]);
	useEffect(() => {
		ask("info").then(setInfo, (e) => setFatal(e.message));
		ask("incidents").then(setCols, (e) => setFatal(e.message));
		writeUrl(at, false);
		const back = () => setAt(readUrl());
		addEventListener("popstate", back);
		return () => removeEventListener("popstate", back);
	}, []);
	useEffect(() => { document.documentElement.dataset.theme = theme; localStorage.setItem("theme", theme); }, [theme]);
	const to = (more) => { const next = { ...at, ...more }; setAt(next); writeUrl(next, true); };
	const go = (q) => to({ q, seen: "" });
	// for measuring: sets the filter, tells the milliseconds until its answer is on the screen
	useEffect(() => {
		window.__khabarFilter = (q) => new Promise((yes) => {
			const t = performance.now();
			window.__khabarShown = () => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => yes(performance.now() - t); c.port2.postMessage(0); });
			if (q === at.q) yes(0);
			else go(q);
		});
	});
	useEffect(() => { if (cols && !window.__khabarDrawn) window.__khabarDrawn = performance.now(); if (window.__khabarShown) { const shown = window.__khabarShown; window.__khabarShown = null; shown(); } }, [rows]);
	const close = () => { to(at.story ? { story: "", report: "" } : { incident: "" }); if (!at.story) setTimeout(() => { const l = document.getElementById("list"); if (l) l.focus(); }); };
	useEffect(() => {
		const key = (e) => {
			if (e.key === "Escape" && (at.story || at.incident)) close();
			if (e.key === "/" && !e.target.closest("input, select, textarea")) { e.preventDefault(); document.getElementById("q").focus(); }
		};
		addEventListener("keydown", key);
		return () => removeEventListener("keydown", key);
	});
	useEffect(() => { if ((at.incident || at.story) && detail.current) detail.current.focus({ preventScroll: !matchMedia("(max-width: 900px)").matches }); }, [at.incident, at.story]);
	if (fatal) return <main><h1 class="name">khabar</h1><p class="error" role="alert">{fatal}</p></main>;
	if (!info || !cols) return <main><h1 class="name">khabar</h1><p>Reading the store …</p></main>;
	const shared = { cols, rows, q: at.q, go, names };
	const reports = rows.reduce((n, i) => n + cols.reports[i], 0);
	return (
		<>
			<header><h1 class="name">khabar</h1><span class="soft file" title={info.name}>{info.name}</span>
				<Filter q={at.q} go={go} error={error} />
				<nav aria-label="Page">{info.coder ? <button aria-pressed={at.view === "review"} onClick={() => to({ view: at.view === "review" ? "" : "review", incident: "", story: "" })}>Review</button> : null}
					<Saved q={at.q} to={to} seen={at.seen} />
					<Export q={at.q} formats={info.formats} />
					<button onClick={() => setTheme(theme === "dark" ? "light" : theme === "light" ? "" : "dark")}>Colours: {theme || "system"}</button>
					<details class="menu"><summary>Keys</summary><dl>{HELP.map(([k, what]) => <div><dt><kbd>{k}</kbd></dt><dd>{what}</dd></div>)}</dl></details></nav>
			</header>
			<main>
				<p class="sum" role="status">{rows.length === cols.n.length ? "" : rows.length.toLocaleString("en") + " of "}{plural(cols.n.length, "incident")}, {rows.length === cols.n.length ? `${plural(reports, "report")} in ${plural(info.stories, "story", "stories")}` : "with " + plural(reports, "report")}{error ? " — the filter is not understood; this is what was shown before" : ""}{at.seen ? <strong> — only what is new since you looked last <button onClick={() => to({ seen: "" })}>Show all</button></strong> : null} <span class="soft">— incidents are counted, reports only where it says so</span></p>
				{at.view === "review" && info.coder ? <Review q={at.q} me={info.coder} /> : <>
					<Timeline {...shared} />
					<div class={at.incident || at.story ? "body opened" : "body"}>
						<section class="left" aria-label="Incidents"><List cols={cols} rows={rows} current={at.incident} open={(id) => to({ incident: id, story: "", report: "" })} /></section>
						<div class="right" ref={detail} tabIndex="-1">{at.story || at.incident ? <button class="back" onClick={close}>← {at.story && at.incident ? "incident" : "overview"}</button> : null}
							{at.story ? <Story id={at.story} report={at.report} setReport={(report) => to({ report })} explains={info.explains} />
								: at.incident ? <Incident id={at.incident} openStory={(story, report) => to({ story, report })} explains={info.explains} />
									: <><MapPanel {...shared} theme={theme} /><MatrixPanel {...shared} /></>}</div>
					</div></>}
			</main>
		</>
	);
}

render(<App />, document.getElementById("app"));
