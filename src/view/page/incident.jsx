// One incident: its reports side by side, a column each; what differs is said in words and drawn.
import { useEffect, useState } from "preact/hooks";
import { ask, chainOf, countsOf, nameOf, namesOf, plural, sureOf, whenOf } from "./data.js";
import { Event } from "./list.jsx";

const ROWS = [
	["says", (r) => chainOf(r.record) || "the publisher itself"],
	["certainty", (r) => r.record.certainty],
	["how many", (r) => countsOf(r.record.counts)],
	["actors", (r) => namesOf(r.record.actors)],
	["recipients", (r) => namesOf(r.record.recipients)],
	["words", (r) => (r.record.trigger || {}).text],
	["modes", (r) => (r.record.modes || []).join("; ")],
	["place", (r) => nameOf(r.record.place)],
	["day", (r) => whenOf(r.record)],
	["sure", (r) => sureOf(r.record.sure)],
];

// The first, the latest, and who takes back: a source that denies what it told before.
function standing(reports, k) {
	const r = reports[k], before = reports.slice(0, k).some((x) => x.source === r.source && x.record.certainty !== "denied");
	const out = [];
	if (k === 0 && reports.length > 1) out.push("first");
	if (k === reports.length - 1 && k > 0) out.push("latest");
	if (r.record.certainty === "denied") out.push(r.source && before ? "retracted" : "denied");
	return out;
}

export function Why({ id, path }) {
	const [text, setText] = useState(null), [open, setOpen] = useState(false);
	const toggle = () => {
		setOpen(!open);
		if (text === null) ask(path, { id }).then(setText, (e) => setText(e.message));
	};
	return (
		<div class="why"><button aria-expanded={open} onClick={toggle}>Why this report</button>{open ? <pre tabIndex="0">{text === null ? "…" : text}</pre> : null}</div>
	);
}

export function Incident({ id, openStory, explains }) {
	const [x, setX] = useState(null), [error, setError] = useState(""), [many, setMany] = useState(8);
	useEffect(() => { setX(null); setError(""); setMany(8); ask("incident", { id }).then(setX, (e) => setError(e.message)); }, [id]);
	if (error) return <p class="error" role="alert">{error}</p>;
	if (!x) return <p class="soft">…</p>;
	const reports = x.reports.slice(0, many);
	return (
		<article class="incident" aria-labelledby="h-incident">
			<h2 id="h-incident"><Event name={x.event} /> {x.place || x.country || ""} <time>{x.day || ""}</time></h2>
			<p>{x.reports.length > 1 ? plural(x.reports.length, "report") + " of one event, the earliest published first." : "One report tells of it."} {x.contested ? <strong class="contested">≠ contested: {x.contested}</strong> : x.reports.length > 1 ? "Nothing is contested." : null}</p>
			<div class="scroll" tabIndex="0" role="region" aria-label="Reports side by side">
				<table class="claims">
					<thead><tr><th scope="col"><span class="hidden">field</span></th>{reports.map((r, k) => (
						<th scope="col" key={r.id}><span class="publisher">{r.source || "unknown source"}</span><span class="soft">{(r.published || "").slice(0, 10)}</span>{standing(x.reports, k).map((s) => <span class={"badge " + s}>{s}</span>)}</th>
					))}</tr></thead>
					<tbody>
						{ROWS.map(([name, value]) => {
							const all = reports.map((r) => value(r) ?? ""), told = new Set(all.filter((v) => v !== "")), differs = told.size > 1 && !["says", "words", "sure"].includes(name);
							return <tr key={name} class={differs ? "differs" : ""}><th scope="row">{name}{differs ? <span class="mark"> ≠<span class="hidden"> differs</span></span> : null}</th>{all.map((v) => <td>{v === "" ? <span class="soft">–</span> : v}</td>)}</tr>;
						})}
						<tr><th scope="row">sentence</th>{reports.map((r) => <td class="sentence">{r.words}</td>)}</tr>
						<tr><th scope="row">story</th>{reports.map((r) => <td><button class="link" onClick={() => openStory(r.story, r.id)}>{r.title || r.story}</button></td>)}</tr>
						<tr><th scope="row">belongs here</th>{reports.map((r) => <td class="soft">{r.why}</td>)}</tr>
						{explains ? <tr><th scope="row">coded so</th>{reports.map((r) => <td><Why key={r.id} id={r.id} path="explain" /></td>)}</tr> : null}
					</tbody>
				</table>
			</div>
			{x.reports.length > many ? <button onClick={() => setMany(many * 4)}>Show more of the {x.reports.length} reports</button> : null}
		</article>
	);
}
