// What comes from the server, and the few facts that the page knows itself.
let token = new URLSearchParams(location.search).get("token") || sessionStorage.getItem("token") || "";
if (token) sessionStorage.setItem("token", token);

export async function ask(path, args = {}) {
	const p = new URLSearchParams(args);
	const r = await fetch("/api/" + path + (p.size ? "?" + p : ""), { headers: { "X-Khabar-Token": token } });
	const type = r.headers.get("Content-Type") || "";
	const body = type.startsWith("application/json") ? await r.json() : type.startsWith("application/octet-stream") ? new Uint8Array(await r.arrayBuffer()) : await r.text();
	if (r.ok) return body;
	throw Object.assign(new Error(body.error || body), { at: body.at });
}

export async function tell(path, what) {
	const r = await fetch("/api/" + path, { method: "POST", headers: { "X-Khabar-Token": token, "Content-Type": "application/json" }, body: JSON.stringify(what) });
	const body = await r.json().catch(() => ({ error: "the server does not answer" }));
	if (r.ok) return body;
	throw new Error(body.error);
}

export const exportUrl = (format, q, all) => "/api/export?" + new URLSearchParams({ format, q, ...(all ? { all: 1 } : {}) });

// PLOVER's categories in four groups; each group has a shape, so that no meaning hangs on colour alone.
export const EVENTS = ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"];
export const QUADS = [["○", "verbal cooperation"], ["●", "material cooperation"], ["△", "verbal conflict"], ["▲", "material conflict"]];
export const quadOf = (event) => { const i = EVENTS.indexOf(event); return i < 4 ? 0 : i < 7 ? 1 : i < 11 ? 2 : 3; };
export const CERTAINTIES = ["happened", "ongoing", "denied", "planned", "possible", "conditional", "past"];

export const iso = (day) => (day === null || day === undefined ? "" : new Date(day * 864e5).toISOString().slice(0, 10));
export const dayOf = (text) => Math.floor(Date.parse(text + "T00:00:00Z") / 864e5);
export const first = (list) => (list || "").split("; ")[0];
export const plural = (n, one, many) => n.toLocaleString("en") + " " + (n === 1 ? one : many || one + "s");

// Roles in a text: the name that stands before the words, and the class that paints them.
export const ROLES = [["trigger", "event"], ["actors", "actor"], ["recipients", "recipient"], ["said_by", "says"], ["counts", "count"], ["place", "place"], ["time", "day"]];

export function marksOf(reports) {
	const marks = [];
	for (const r of reports)
		ROLES.forEach(([field, label], rank) => {
			for (let o of [].concat(r[field] || [])) {
				o = field === "said_by" ? o.speaker : o;
				if (o && o.span && o.span[1] > o.span[0]) marks.push({ begin: o.span[0], end: o.span[1], rank, role: label, label: field === "trigger" ? r.event : label, report: r.id });
			}
		});
	return marks.sort((a, b) => a.begin - b.begin || a.rank - b.rank || a.end - b.end);
}

// A text cut at the marks: spans are bytes of UTF-8, so the cutting is done on bytes.
export function pieces(text, marks) {
	const bytes = new TextEncoder().encode(text), read = new TextDecoder(), out = [];
	let at = 0;
	for (const m of marks) {
		if (m.begin < at || m.end > bytes.length) continue;
		if (m.begin > at) out.push({ text: read.decode(bytes.subarray(at, m.begin)) });
		out.push({ text: read.decode(bytes.subarray(m.begin, m.end)), mark: m });
		at = m.end;
	}
	if (at < bytes.length) out.push({ text: read.decode(bytes.subarray(at)) });
	return out;
}

export const nameOf = (o) => (o ? o.name || o.text : "");
export const namesOf = (list) => (list || []).map(nameOf).join("; ");
const figureOf = (c) => (c.low === c.high ? c.low : c.high === undefined ? c.low + " or more" : c.low === undefined ? "at most " + c.high : c.low + "–" + c.high);
export const countsOf = (list) => (list || []).map((c) => c.kind + " " + figureOf(c)).join("; ");
// A day that only the publication bounds is told of what is said to have come about.
export function whenOf({ time: t, certainty }) {
	if (t && t.begin) return t.begin + (t.end && t.end !== t.begin ? " to " + t.end : "");
	return t && t.end && !["planned", "possible", "conditional"].includes(certainty) ? "not after " + t.end : "";
}
export const sureOf = (n) => (n === undefined ? "" : n + " of 1000");
export const chainOf = (r) => (r.said_by || []).map((v) => (nameOf(v.speaker) || "nobody named") + " (" + v.stance + ")").join(" ← ");
