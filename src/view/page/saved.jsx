// Questions that somebody keeps: each with how much is new since they looked last. Looking at what is new marks it as seen.
import { useEffect, useState } from "preact/hooks";
import { ask, plural, tell } from "./data.js";

export function Saved({ q, to, seen }) {
	const [list, setList] = useState([]), [name, setName] = useState(""), [note, setNote] = useState("");
	const take = (x) => { setList(x.saved); setNote(""); }, fail = (e) => setNote(e.message);
	useEffect(() => { ask("saved").then(take, fail); }, []);
	const fresh = list.reduce((n, s) => n + s.incidents, 0);
	const keep = (e) => { e.preventDefault(); tell("keep", { name: name.trim(), query: q }).then((x) => { take(x); setName(""); }, fail); };
	const look = (s) => { to({ q: s.query, seen: String(s.seen), incident: "", story: "" }); tell("keep", { name: s.name }).then(take, fail); };
	return (
		<details class="menu"><summary>Saved{fresh ? <span class="fresh"> {fresh} new</span> : null}</summary><div>
			{list.length ? <ul class="saved">{list.map((s) => (
				<li key={s.name}><button class="link" title={s.query} onClick={() => to({ q: s.query, seen: "", incident: "", story: "" })}>{s.name}</button>
					{s.incidents ? <button onClick={() => look(s)}>{plural(s.incidents, "new incident")}</button> : <span class="soft">nothing new since {s.looked.slice(0, 10)}</span>}
					<button aria-label={"Keep " + s.name + " no longer"} onClick={() => tell("keep", { name: s.name, drop: true }).then(take, fail)}>×</button></li>))}</ul> : <p class="soft">A filter that you save here tells what is new since you looked last.</p>}
			<form class="keep" onSubmit={keep}><label>name <input value={name} onInput={(e) => setName(e.currentTarget.value)} required maxlength={60} /></label> <button type="submit" disabled={!name.trim()}>Save this filter</button></form>
			{note ? <p class="error" role="alert">{note}</p> : null}
		</div></details>
	);
}
