// Incidents as a list of which only the lines in sight exist. One line of keys: j k arrows Home End Enter.
import { useEffect, useRef, useState } from "preact/hooks";
import { QUADS, iso, plural, quadOf } from "./data.js";

const HIGH = 62, PRINTED = 200;

// On paper nothing scrolls: the first lines stand there one after the other.
function usePaper() {
	const [paper, setPaper] = useState(false);
	useEffect(() => {
		const media = matchMedia("print"), change = (e) => setPaper(e.matches);
		media.addEventListener("change", change);
		return () => media.removeEventListener("change", change);
	}, []);
	return paper;
}

export function Event({ name }) {
	const quad = quadOf(name);
	return <span class={"event quad" + quad}><span aria-hidden="true">{QUADS[quad][0]}</span> {name}</span>;
}

function Line({ c, i, at, chosen, open, rows }) {
	return (
		<li id={"row" + at} role="option" aria-selected={chosen} aria-setsize={rows} aria-posinset={at + 1} class={chosen ? "line chosen" : "line"} style={{ top: at * HIGH + "px" }} onClick={() => open(at)}>
			<div class="line1"><time>{iso(c.day[i]) || "no day"}</time> <Event name={c.event[i]} /> <span class="where">{c.place[i] && c.area[i] ? <><span aria-hidden="true">◌ </span><span class="hidden">somewhere in </span></> : null}{c.place[i] || c.country[i] || ""}</span>
				<span class="count">{plural(c.reports[i], "report")}{c.sources[i] > 1 ? ", " + plural(c.sources[i], "source") : ""}</span></div>
			<div class="line2"><span class="who">{c.actors[i] || "nobody named"}</span> <span aria-hidden="true">→</span><span class="hidden"> to </span> <span class="who">{c.recipients[i] || "—"}</span>
				{c.contested[i] ? <span class="contested">≠ contested: {c.contested[i]}</span> : c.certainty[i] !== "happened" ? <span class="certainty">{c.certainty[i]}</span> : null}</div>
		</li>
	);
}

export function List({ cols, rows, current, open }) {
	const box = useRef(null), paper = usePaper();
	const [top, setTop] = useState(0), [high, setHigh] = useState(600), [at, setAt] = useState(0);
	useEffect(() => {
		const seen = new ResizeObserver(() => setHigh(box.current.clientHeight));
		seen.observe(box.current);
		return () => seen.disconnect();
	}, []);
	useEffect(() => {
		const k = current ? rows.findIndex((i) => cols.id[i] === current) : 0;
		if (k < 0) return setAt(0);
		setAt(k);
		show(k);
	}, [rows, current]);
	const show = (k) => {
		const e = box.current;
		if (k * HIGH < e.scrollTop) e.scrollTop = k * HIGH;
		else if ((k + 1) * HIGH > e.scrollTop + e.clientHeight) e.scrollTop = (k + 1) * HIGH - e.clientHeight;
	};
	const key = (e) => {
		const page = Math.max(1, Math.floor(high / HIGH) - 1);
		const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -1e9, End: 1e9 }[e.key];
		if (e.key === "Enter" && rows.length) return open(cols.id[rows[at]]);
		if (!step || e.ctrlKey || e.metaKey || e.altKey) return;
		e.preventDefault();
		const k = Math.min(rows.length - 1, Math.max(0, at + step));
		setAt(k);
		show(k);
	};
	const from = paper ? 0 : Math.max(0, Math.floor(top / HIGH) - 4), to = Math.min(rows.length, paper ? PRINTED : Math.ceil((top + high) / HIGH) + 4);
	const lines = [];
	for (let k = from; k < to; k++)
		lines.push(<Line key={cols.n[rows[k]]} c={cols} i={rows[k]} at={k} rows={rows.length} chosen={k === at} open={(n) => { setAt(n); open(cols.id[rows[n]]); }} />);
	return (
		<div class="list" ref={box} onScroll={(e) => setTop(e.currentTarget.scrollTop)}>
			{rows.length ? (
				<ul role="listbox" aria-label="Incidents, latest first" tabIndex="0" id="list" aria-activedescendant={at >= from && at < to ? "row" + at : undefined} onKeyDown={key} style={{ height: rows.length * HIGH + "px" }}>{lines}</ul>
			) : <p class="empty">No incident answers. Take a word out of the filter.</p>}
			{paper && rows.length > PRINTED ? <p class="more">The first {PRINTED} of {plural(rows.length, "incident")}; narrow the filter to print others.</p> : null}
		</div>
	);
}
