// The filter is one string of query words (khabar-query(5)), the same that `khabar find` takes; it lives in the URL.
const WORD = /-?[a-z_]+:(?:"[^"]*"|[^\s",]+)(?:,(?:"[^"]*"|[^\s",]+))*|-?"[^"]*"|\S+/g;

export const words = (q) => q.match(WORD) || [];
export const quote = (v) => (/[\s,"]/.test(v) ? '"' + v.replace(/"/g, "") + '"' : v);
export const fieldOf = (word) => (/^([a-z_]+):/.exec(word) || [])[1];
export const without = (q, ...fields) => words(q).filter((w) => !fields.includes(fieldOf(w))).join(" ");

// Sets or (value null) takes away a field: set(q, {since: "2026-03-01", until: null}).
export function set(q, values) {
	let left = without(q, ...Object.keys(values));
	for (const [field, value] of Object.entries(values))
		if (value) left += " " + field + ":" + quote(value);
	return left.trim();
}

export function get(q, field) {
	const word = words(q).find((w) => fieldOf(w) === field);
	return word ? word.slice(field.length + 1).replace(/"/g, "") : "";
}

export function readUrl() {
	const p = new URLSearchParams(location.search);
	return { q: p.get("q") || "", incident: p.get("i") || "", story: p.get("s") || "", report: p.get("r") || "", seen: p.get("seen") || "", view: p.get("view") || "" };
}

export function writeUrl(at, push) {
	const p = new URLSearchParams();
	if (at.q) p.set("q", at.q);
	if (at.incident) p.set("i", at.incident);
	if (at.story) p.set("s", at.story);
	if (at.report) p.set("r", at.report);
	if (at.view) p.set("view", at.view);
	if (at.seen) p.set("seen", at.seen);
	const url = location.pathname + (p.size ? "?" + p : "");
	history[push ? "pushState" : "replaceState"](null, "", url);
}
