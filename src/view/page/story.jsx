// One story: the text left with the words marked by role, the reports right; each lights the other.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ask, chainOf, countsOf, marksOf, nameOf, namesOf, pieces, plural, sureOf, whenOf } from "./data.js";
import { Event } from "./list.jsx";
import { Why } from "./incident.jsx";

export function Marked({ text, reports, lit }) {
	// words that have a role in several reports show the one that is lit
	const cut = useMemo(() => {
		const all = marksOf(reports), own = all.filter((m) => m.report === lit), meets = (m) => own.some((o) => m.begin < o.end && o.begin < m.end);
		return pieces(text, own.length ? all.filter((m) => m.report === lit || !meets(m)) : all);
	}, [text, reports, lit]);
	return (
		<div class="text" id="text">{cut.map((p) => (p.mark
			? <mark class={"r-" + p.mark.role + (lit && p.mark.report !== lit ? " dim" : "")} data-report={p.mark.report}><span class="role">{p.mark.label} </span>{p.text}</mark>
			: p.text))}</div>
	);
}

export function Fields({ r }) {
	const rows = [["words", (r.trigger || {}).text], ["actors", namesOf(r.actors)], ["recipients", namesOf(r.recipients)], ["how many", countsOf(r.counts)], ["place", nameOf(r.place)], ["day", whenOf(r)], ["certainty", r.certainty], ["says", chainOf(r)], ["modes", (r.modes || []).join("; ")], ["CAMEO", r.cameo], ["rule", r.rule], ["sure", sureOf(r.sure)]];
	return <dl>{rows.filter(([, v]) => v !== undefined && v !== "").map(([k, v]) => <div key={k}><dt>{k}</dt><dd>{v}</dd></div>)}</dl>;
}

export function Story({ id, report, explains, setReport }) {
	const [x, setX] = useState(null), [error, setError] = useState(""), [over, setOver] = useState("");
	const box = useRef(null);
	useEffect(() => { setX(null); setError(""); ask("story", { id }).then(setX, (e) => setError(e.message)); }, [id]);
	useEffect(() => {
		const first = x && report && box.current && [...box.current.querySelectorAll("mark")].find((m) => m.dataset.report === report);
		if (first) first.scrollIntoView({ block: "nearest" });
		const list = box.current && box.current.querySelector(".reports"), card = list && list.querySelector(".lit");
		if (card) list.scrollTop = card.offsetTop;
	}, [x, report]);
	if (error) return <p class="error" role="alert">{error}</p>;
	if (!x) return <p class="soft">…</p>;
	const reports = x.reports || [], lit = over || report;
	return (
		<article class="story" aria-labelledby="h-story" ref={box}>
			<h2 id="h-story">{x.title || "Story " + x.story}</h2>
			<p class="soft">{[x.source, x.published, x.byline, x.dateline].filter(Boolean).join(" · ")}{x.url && /^https?:/.test(x.url) ? <> · <a href={x.url} rel="noreferrer noopener" target="_blank">original</a></> : null}</p>
			<div class="sides">
				<Marked text={x.text} reports={reports} lit={lit} />
				<section aria-label="Reports"><h3>{plural(reports.length, "report")}</h3>
					<ol class="reports">{reports.map((r) => (
						<li key={r.id} class={r.id === lit ? "lit" : ""} onMouseEnter={() => setOver(r.id)} onMouseLeave={() => setOver("")}>
							<button class="link" aria-pressed={r.id === report} onClick={() => setReport(r.id === report ? "" : r.id)}><Event name={r.event} /> {(r.trigger || {}).text}</button>
							<Fields r={r} />
							{explains ? <Why id={r.id} path="explain" /> : null}
						</li>
					))}</ol>
				</section>
			</div>
		</article>
	);
}
