// Who to whom: the most frequent actors against the most frequent recipients; a cell sets actor: and recipient:.
import { useMemo, useState } from "preact/hooks";
import { first } from "./data.js";
import { set } from "./query.js";

const MOST = 10;

function top(cols, rows, column) {
	const n = new Map();
	for (const i of rows) {
		const who = first(cols[column][i]);
		if (who) n.set(who, (n.get(who) || 0) + 1);
	}
	return [...n].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST).map(([who]) => who);
}

export function Matrix({ cols, rows, q, go, land, names }) {
	const a = land ? "actor_land" : "actors", b = land ? "recipient_land" : "recipients";
	const { from, to, cell, most } = useMemo(() => {
		const from = top(cols, rows, a), to = top(cols, rows, b), cell = new Map();
		for (const i of rows) {
			const key = first(cols[a][i]) + "\t" + first(cols[b][i]);
			cell.set(key, (cell.get(key) || 0) + 1);
		}
		let most = 1;
		for (const x of from) for (const y of to) most = Math.max(most, cell.get(x + "\t" + y) || 0);
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
						const n = cell.get(x + "\t" + y) || 0;
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
