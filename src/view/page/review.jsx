// Judging reports: text left, record right; a accept, r reject, e correct, u undo, j k next and previous. What others
// said of a report stays hidden until this coder has judged it.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { CERTAINTIES, EVENTS, ask, countsOf, nameOf, namesOf, plural, tell } from "./data.js";
import { Marked, Fields } from "./story.jsx";

const QUEUES = [["unsure", "least sure first"], ["sample", "random sample"], ["actors", "new actors"], ["disputed", "disputed by two"], ["query", "the filter, by day"]];
const FIELDS = [["event", "event"], ["certainty", "certainty"], ["actors", "actors"], ["recipients", "recipients"], ["counts", "how many"], ["place", "place"], ["time", "day"]];

function valuesOf(r) {
	return { event: r.event, certainty: r.certainty || "", actors: namesOf(r.actors), recipients: namesOf(r.recipients), counts: (r.counts || []).map((c) => c.kind + " " + (c.low ?? c.high)).join("; "), place: nameOf(r.place), time: (r.time || {}).begin || "" };
}

function Form({ r, save, cancel, selection }) {
	const [v, setV] = useState(valuesOf(r)), [reason, setReason] = useState(""), [field, setField] = useState("actors");
	const firstInput = useRef(null);
	useEffect(() => firstInput.current && firstInput.current.focus(), []);
	const [spans, setSpans] = useState({});
	useEffect(() => {
		if (!selection.text || field === "event" || field === "certainty") return;
		setV((v) => ({ ...v, [field]: selection.text }));
		setSpans((s) => ({ ...s, [field]: selection.span }));
	}, [selection]);
	const done = (e) => {
		e.preventDefault();
		const was = valuesOf(r), changes = {};
		for (const [f] of FIELDS) if (v[f] !== was[f]) changes[f] = v[f];
		const told = Object.fromEntries(Object.entries(spans).filter(([f]) => changes[f] !== undefined));
		if (Object.keys(told).length) changes.spans = told;
		save(changes, reason);
	};
	const key = (e) => {
		if (e.key === "Escape") cancel();
		if (e.target.name === "event" && e.key >= "1" && e.key <= "9") setV({ ...v, event: EVENTS[e.key - 1] });
	};
	return (
		<form class="correct" onSubmit={done} onKeyDown={key}>
			{FIELDS.map(([f, label], k) => <label key={f}>{label} {f === "event" || f === "certainty"
				? <select name={f} ref={k ? null : firstInput} value={v[f]} onChange={(e) => setV({ ...v, [f]: e.currentTarget.value })}>{(f === "event" ? EVENTS : CERTAINTIES).map((x, n) => <option value={x}>{f === "event" && n < 9 ? n + 1 + " " : ""}{x}</option>)}</select>
				: <input name={f} value={v[f]} onFocus={() => setField(f)} onInput={(e) => { setV({ ...v, [f]: e.currentTarget.value }); setSpans((s) => { const { [f]: _, ...rest } = s; return rest; }); }} />}{spans[f] ? <span class="soft span">bytes {spans[f][0]}–{spans[f][1]}</span> : null}</label>)}
			<label>reason <input value={reason} onInput={(e) => setReason(e.currentTarget.value)} /></label>
			<p class="soft">Words that you mark in the text go into the field last touched ({field}), with their bytes in the story.</p>
			<button type="submit">Save the correction</button> <button type="button" onClick={cancel}>Leave it</button>
		</form>
	);
}

// How often which values stand side by side: the diagonal is agreement.
function Confusion({ fields }) {
	const [field, setField] = useState("event"), [pairs, setPairs] = useState([]);
	useEffect(() => { ask("confusion", { field }).then((x) => setPairs(x.pairs), () => setPairs([])); }, [field]);
	const values = [...new Set(pairs.flatMap(([a, b]) => [a, b]))].sort(), n = new Map();
	for (const [a, b, times] of pairs) { n.set(a + "\u001f" + b, times); n.set(b + "\u001f" + a, times); }
	const shown = values.slice(0, 24);
	return (
		<section aria-labelledby="h-confuse"><h3 id="h-confuse">Confusion</h3>
			<label>field <select value={field} onChange={(e) => setField(e.currentTarget.value)}>{fields.map((f) => <option value={f}>{f}</option>)}</select></label>
			{shown.length ? <div class="scroll" tabIndex="0" role="region" aria-label="Confusion table"><table class="confusion"><thead><tr><th scope="col"><span class="hidden">value</span></th>{shown.map((v) => <th scope="col">{v || "(none)"}</th>)}</tr></thead>
				<tbody>{shown.map((a) => <tr key={a}><th scope="row">{a || "(none)"}</th>{shown.map((b) => { const k = n.get(a + "\u001f" + b); return <td class={k ? (a === b ? "same" : "other") : ""}>{k ? <>{a === b ? "" : "≠ "}{k}</> : ""}</td>; })}</tr>)}</tbody></table></div> : <p class="soft">Nobody judged the same report yet.</p>}
			{values.length > shown.length ? <p class="soft">and {values.length - shown.length} more values</p> : null}
		</section>
	);
}

// A sentence alone may not tell who "he" is.
function Whole({ id }) {
	const [text, setText] = useState("");
	const toggle = () => (text ? setText("") : ask("story", { id: id.slice(0, id.lastIndexOf("/")) }).then((x) => setText(x.text), (e) => setText(e.message)));
	return <p class="whole"><button aria-expanded={!!text} onClick={toggle}>The whole story</button>{text ? <span class="text">{text}</span> : null}</p>;
}

function Agreement() {
	const [x, setX] = useState(null);
	useEffect(() => { ask("agreement").then(setX, () => setX({ fields: [], reports: 0, coders: 0 })); }, []);
	const show = (v, n) => (v === null || v === undefined ? "–" : v.toFixed(n));
	if (!x) return <p class="soft">…</p>;
	return (
		<section class="agreement" aria-labelledby="h-agree">
			<h2 id="h-agree">Agreement</h2>
			<p>{plural(x.reports, "report")} judged by two or more of {plural(x.coders, "coder")}.</p>
			<table><thead><tr><th scope="col">field</th><th scope="col">percent</th><th scope="col">Cohen's κ</th><th scope="col">Krippendorff's α</th></tr></thead>
				<tbody>{x.fields.map((f) => <tr key={f.field}><th scope="row">{f.field}</th><td>{show(f.percent, 1)}</td><td>{show(f.kappa, 3)}</td><td>{show(f.alpha, 3)}</td></tr>)}</tbody></table>
			<Confusion fields={x.fields.map((f) => f.field)} />
			{x.sample ? <p>Random sample: {x.sample_good} of {x.sample} right; 95 % interval {(100 * x.low).toFixed(1)} to {(100 * x.high).toFixed(1)} %.</p> : null}
			<p><a href="/api/handbook" download>Judged reports as handbook examples</a></p>
		</section>
	);
}

export function Review({ q, me }) {
	const [coder, setCoder] = useState(localStorage.getItem("coder") || me), [queue, setQueue] = useState("unsure"), [items, setItems] = useState(null), [at, setAt] = useState(0);
	const [form, setForm] = useState(false), [said, setSaid] = useState({}), [note, setNote] = useState(""), [sums, setSums] = useState(false), [selection, setSelection] = useState({});
	useEffect(() => {
		setItems(null);
		setAt(0);
		ask("queue", { name: queue, coder, q, limit: 200 }).then((x) => setItems(x.queue), (e) => { setItems([]); setNote(e.message); });
	}, [queue, coder, q]);
	const item = items && items[at];
	const reports = useMemo(() => (item ? [item.record] : []), [item]);
	const shifted = useMemo(() => shift(item), [item]);
	const move = (by) => { setForm(false); setAt((k) => Math.min((items || []).length - 1, Math.max(0, k + by))); };
	const judge = (verdict, changes, reason) => {
		const id = item.id;
		tell("review", { report: id, coder, verdict, changes, reason, queue }).then((x) => {
			setSaid((s) => ({ ...s, [id]: { verdict, all: x.said } }));
			setNote(verdict === "undo" ? "taken back" : verdict + ": " + id);
			if (verdict !== "undo") move(1);
		}, (e) => setNote(e.message));
	};
	useEffect(() => {
		const key = (e) => {
			if (e.target.closest("input, select, textarea") || e.ctrlKey || e.metaKey || e.altKey || !item || form) return;
			const act = { a: () => judge("accept"), r: () => judge("reject"), e: () => setForm(true), u: () => judge("undo"), j: () => move(1), k: () => move(-1) }[e.key];
			if (act) { e.preventDefault(); act(); }
		};
		addEventListener("keydown", key);
		return () => removeEventListener("keydown", key);
	});
	const marked = () => {
		const got = form && spanOf(item);
		if (got) setSelection(got);
	};
	return (
		<div class="review">
			<div class="tools"><label>coder <input value={coder} onChange={(e) => { localStorage.setItem("coder", e.currentTarget.value); setCoder(e.currentTarget.value); }} /></label>
				<label>queue <select value={queue} onChange={(e) => setQueue(e.currentTarget.value)}>{QUEUES.map(([v, name]) => <option value={v}>{name}</option>)}</select></label>
				<span>{items ? (items.length ? `${at + 1} of ${items.length}` : "nothing left to judge") : "…"}</span>
				<button aria-pressed={sums} onClick={() => setSums(!sums)}>Agreement</button></div>
			<p class="note" role="status">{note}</p>
			{sums ? <Agreement key={Object.keys(said).length} /> : null}
			{item ? (
				<div class="sides">
					<div><div onMouseUp={marked}><p class="soft">{[item.source, (item.published || "").slice(0, 10), item.title].filter(Boolean).join(" · ")}</p><Marked text={item.words} reports={shifted} lit={item.id} /></div><Whole key={item.id} id={item.id} /></div>
					<section aria-label="The record">
						<h2>{item.record.event} <span class="soft">{item.because}</span></h2>
						{form ? <Form key={item.id} r={item.record} selection={selection} cancel={() => setForm(false)} save={(changes, reason) => { setForm(false); judge(Object.keys(changes).length ? "correct" : "accept", changes, reason); }} />
							: <><Fields r={item.record} /><div class="verdicts"><button onClick={() => judge("accept")}><kbd>a</kbd> accept</button><button onClick={() => judge("reject")}><kbd>r</kbd> reject</button><button onClick={() => setForm(true)}><kbd>e</kbd> correct</button><button onClick={() => judge("undo")}><kbd>u</kbd> undo</button><button onClick={() => move(-1)}><kbd>k</kbd> back</button><button onClick={() => move(1)}><kbd>j</kbd> on</button></div></>}
						{said[item.id] || item.said ? <ul class="said">{((said[item.id] || {}).all || item.said || []).map((s) => <li>{s.coder}: {s.verdict}{s.changes ? " " + JSON.stringify(s.changes) : ""}{s.reason ? " — " + s.reason : ""}</li>)}</ul> : null}
					</section>
				</div>
			) : null}
		</div>
	);
}

// The words marked in the sentence and their bytes in the story; role names that the page puts between do not count.
function spanOf(item) {
	const s = getSelection(), box = document.getElementById("text");
	if (!s.rangeCount || s.isCollapsed || !box || !box.contains(s.anchorNode) || !box.contains(s.focusNode)) return null;
	const range = s.getRangeAt(0), utf8 = new TextEncoder();
	const words = (r) => { const part = r.cloneContents(); for (const e of part.querySelectorAll(".role")) e.remove(); return part.textContent; };
	const before = document.createRange();
	before.setStart(box, 0);
	before.setEnd(range.startContainer, range.startOffset);
	const head = words(before), raw = words(range), text = raw.trim();
	if (!text) return null;
	const from = item.record.span[0] + utf8.encode(head + raw.slice(0, raw.indexOf(text))).length;
	return { text, span: [from, from + utf8.encode(text).length] };
}

// Spans count from the story's first byte; the sentence stands alone here.
function shift(item) {
	if (!item) return [];
	const from = item.record.span[0], back = (o) => (o && o.span ? { ...o, span: [o.span[0] - from, o.span[1] - from] } : o);
	const r = item.record, all = (l) => (l || []).map(back);
	return [{ ...r, trigger: back(r.trigger), place: back(r.place), time: back(r.time), actors: all(r.actors), recipients: all(r.recipients), counts: all(r.counts), said_by: (r.said_by || []).map((v) => ({ ...v, speaker: back(v.speaker) })) }];
}
