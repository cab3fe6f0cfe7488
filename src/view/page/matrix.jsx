// Who to whom: the most frequent actors against the most frequent recipients; a cell sets actor: and recipient:.
import { useMemo, useState } from "preact/hooks";
import { first } from "./data.js";
import { set } from "./query.js";

const MOST = 10;

// The first name of each incident, cut once and not at every filter.
const cut = new WeakMap();
function firsts(cols, column) {
	const list = cols[column];
	if (!cut.has(list)) cut.set(list, list.map(first));
	return cut.get(list);
}

// The most frequent pairs make the lines and columns, so that none is empty.
function top(x, y, rows) {
	const pair = new Map(), from = new Map(), to = new Map(), SEP = "\u001f";
	for (const i of rows) if (x[i] && y[i]) { const k = x[i] + SEP + y[i]; pair.set(k, (pair.get(k) || 0) + 1); }
	for (const [k, n] of [...pair].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
		const [a, b] = k.split(SEP);
		if ((from.size === MOST && !from.has(a)) || (to.size === MOST && !to.has(b))) continue;
		from.set(a, (from.get(a) || 0) + n);
		to.set(b, (to.get(b) || 0) + n);
	}
	const names = (m) => [...m].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([who]) => who);
	return { from: names(from), to: names(to), pair: (a, b) => pair.get(a + SEP + b) || 0 };
}

export function Matrix({ cols, rows, q, go, land, names }) {
	const a = land ? "actor_land" : "actors", b = land ? "recipient_land" : "recipients";
	const { from, to, pair, most } = useMemo(() => {
		const t = top(firsts(cols, a), firsts(cols, b), rows);
		return { ...t, most: Math.max(1, ...t.from.flatMap((x) => t.to.map((y) => t.pair(x, y)))) };
	}, [cols, rows, land]);
	const full = (who) => (land && names.get(who) ? names.get(who).name : who);
	if (!from.length || !to.length) return <p class="empty">No incident here names both sides.</p>;
	return (
		<div class="scroll" tabIndex="0" role="region" aria-label="Matrix of actors and recipients">
			<table class="matrix">
				<thead><tr><th scope="col">actor <span aria-hidden="true">↓ →</span> recipient</th>{to.map((y) => <th scope="col" title={full(y)}><span>{y}</span></th>)}</tr></thead>
				<tbody>{from.map((x) => (
					<tr key={x}><th scope="row" title={full(x)}>{x}</th>{to.map((y) => {
						const n = pair(x, y);
						return <td>{n ? <button class={"heat" + Math.ceil((4 * n) / most)} aria-label={`${full(x)} to ${full(y)}: ${n} incidents`} onClick={() => go(set(q, { actor: x, recipient: y }))}>{n}</button> : null}</td>;
					})}</tr>
				))}</tbody>
			</table>
		</div>
	);
}

export function MatrixPanel(props) {
	const [land, setLand] = useState(true);
	return (
		<section aria-labelledby="h-matrix">
			<h2 id="h-matrix">Who to whom</h2>
			<div class="choice" role="group" aria-label="Matrix by"><button aria-pressed={land} onClick={() => setLand(true)}>countries</button><button aria-pressed={!land} onClick={() => setLand(false)}>names</button></div>
			<Matrix {...props} land={land} />
		</section>
	);
}
