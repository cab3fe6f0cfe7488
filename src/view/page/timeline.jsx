// Incidents by day, week or month: drag over the bars, or use the two fields, to set since: and until:.
import { useMemo, useRef, useState } from "preact/hooks";
import { dayOf, iso, plural } from "./data.js";
import { get, set } from "./query.js";

const WIDE = 1000, HIGH = 84, BARS = 120;

// The days shown: those asked for, else all, but for a few old ones (background) that would flatten the rest.
function range(cols, rows, q) {
	const days = Int32Array.from(rows.map((i) => cols.day[i]).filter((d) => d !== null)).sort();
	const since = get(q, "since"), until = get(q, "until");
	const full = (t, end) => (t.length === 10 ? dayOf(t) : t.length === 7 ? dayOf(t + "-01") + (end ? 30 : 0) : dayOf(t + "-01-01") + (end ? 365 : 0));
	const hi = until ? full(until, true) : days[days.length - 1] ?? 0, most = days[Math.floor(days.length * 0.05)] ?? hi;
	const lo = since ? full(since) : days.length && most - days[0] > 2 * (hi - most) + 30 ? most : days[0] ?? hi;
	return { lo: Math.min(lo, hi), hi: Math.max(lo, hi), before: days.filter((d) => d < lo).length };
}

export function Timeline({ cols, rows, q, go }) {
	const svg = useRef(null);
	const [drag, setDrag] = useState(null);
	const { lo, hi, before, step, bars, most } = useMemo(() => {
		const r = range(cols, rows, q), step = Math.max(1, Math.ceil((r.hi - r.lo + 1) / BARS));
		const bars = new Array(Math.max(1, Math.ceil((r.hi - r.lo + 1) / step))).fill(0);
		for (const i of rows) {
			const d = cols.day[i];
			if (d !== null && d >= r.lo && d <= r.hi) bars[Math.floor((d - r.lo) / step)]++;
		}
		return { ...r, step, bars, most: Math.max(1, ...bars) };
	}, [cols, rows, q]);
	const wide = WIDE / bars.length;
	const barAt = (e) => {
		const b = svg.current.getBoundingClientRect();
		return Math.min(bars.length - 1, Math.max(0, Math.floor(((e.clientX - b.left) / b.width) * bars.length)));
	};
	const down = (e) => { svg.current.setPointerCapture(e.pointerId); setDrag([barAt(e), barAt(e)]); };
	const move = (e) => drag && setDrag([drag[0], barAt(e)]);
	const up = () => {
		if (!drag) return;
		const [a, b] = drag[0] < drag[1] ? drag : [drag[1], drag[0]];
		setDrag(null);
		go(set(q, { since: iso(lo + a * step), until: iso(Math.min(hi, lo + (b + 1) * step - 1)) }));
	};
	const unit = step === 1 ? "day" : step === 7 ? "week" : step + " days";
	return (
		<section class="timeline" aria-labelledby="h-time">
			<h2 id="h-time">When</h2>
			<div class="dates">
				<label>from <input type="date" value={get(q, "since").length === 10 ? get(q, "since") : ""} onChange={(e) => go(set(q, { since: e.currentTarget.value }))} /></label>
				<label>to <input type="date" value={get(q, "until").length === 10 ? get(q, "until") : ""} onChange={(e) => go(set(q, { until: e.currentTarget.value }))} /></label>
				{get(q, "since") || get(q, "until") ? <button onClick={() => go(set(q, { since: null, until: null }))}>All days</button> : null}
				<span class="soft">{lo || hi ? <>a bar is {step === 1 || step === 7 ? "a " + unit : unit}; the highest: {plural(most, "incident")}{before ? "; " + before + " earlier" : ""}</> : "none of these has a day"}</span>
			</div>
			<svg ref={svg} viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" role="img" aria-label={lo || hi ? `Incidents from ${iso(lo)} to ${iso(hi)}; at most ${most} in ${unit}` : "No incident with a day"} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={() => setDrag(null)}>
				{bars.map((n, k) => n ? <rect class="bar" x={k * wide} width={Math.max(1, wide - 1)} y={HIGH - (n / most) * (HIGH - 4)} height={(n / most) * (HIGH - 4)}><title>{iso(lo + k * step)}: {n}</title></rect> : null)}
				{drag ? <rect class="brush" x={Math.min(...drag) * wide} width={(Math.abs(drag[1] - drag[0]) + 1) * wide} y="0" height={HIGH} /> : null}
			</svg>
			{lo || hi ? <div class="axis"><span>{iso(lo)}</span><span>{iso(lo + Math.floor((hi - lo) / 2))}</span><span>{iso(hi)}</span></div> : null}
		</section>
	);
}
