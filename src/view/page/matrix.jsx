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

function top(who, rows) {
	const n = new Map();
	for (const i of rows) if (who[i]) n.set(who[i], (n.get(who[i]) || 0) + 1);
	return [...n].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST).map(([who]) => who);
}

export function Matrix({ cols, rows, q, go, land, names }) {
	const a = land ? "actor_land" : "actors", b = land ? "recipient_land" : "recipients";
	const { from, to, cell, most } = useMemo(() => {
		const x = firsts(cols, a), y = firsts(cols, b), from = top(x, rows), to = top(y, rows);
		const cell = new Map(from.map((who) => [who, new Map(to.map((whom) => [whom, 0]))]));
		for (const i of rows) {
			const line = cell.get(x[i]), n = line && line.get(y[i]);
			if (n !== undefined) line.set(y[i], n + 1);
		}
		const most = Math.max(1, ...[...cell.values()].flatMap((line) => [...line.values()]));
		return { from, to, cell, most };
	}, [cols, rows, land]);
	const full = (who) => (land && names.get(who) ? names.get(who).name : who);
	if (!from.length || !to.length) return <p class="empty">No incident here names both sides.</p>;
	return (
		<div class="scroll" tabIndex="0" role="region" aria-label="Matrix of actors and recipients">
			<table class="matrix">
				<thead><tr><th scope="col">actor <span aria-hidden="true">↓ →</span> recipient</th>{to.map((y) => <th scope="col" title={full(y)}><span>{y}</span></th>)}</tr></thead>
				<tbody>{from.map((x) => (
					<tr key={x}><th scope="row" title={full(x)}>{x}</th>{to.map((y) => {
						const n = cell.get(x).get(y);
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
