#!/usr/bin/env node
// khabar-parquet.mjs OUT.parquet < reports.csv: the flat CSV of `khabar export --format csv` as Parquet, by npm's
// hyparquet-writer (Debian has no C library for it). Once: npm ci --prefix tools/parquet.
import { readFileSync } from "node:fs";
import { parquetWriteFile } from "hyparquet-writer";

const WHOLE = new Set(["sentence", "quad", "killed_low", "killed_high", "geonameid", "sure", "reports", "stories", "sources", "incidents"]);
const REAL = new Set(["goldstein", "lat", "lon"]);

function rows(text) { // RFC 4180
	const out = [];
	let row = [], field = "", quoted = false;
	for (let i = 0; i < text.length; i++) {
		const c = text[i];
		if (quoted) {
			if (c !== '"') field += c;
			else if (text[i + 1] === '"') field += text[++i];
			else quoted = false;
		} else if (c === '"') quoted = true;
		else if (c === "," || c === "\n") {
			row.push(field);
			field = "";
			if (c === "\n") { out.push(row); row = []; }
		} else if (c !== "\r") field += c;
	}
	if (field || row.length) out.push([...row, field]);
	return out;
}

if (process.argv.length !== 3) {
	console.error("usage: khabar export --format csv DB | khabar-parquet.mjs OUT.parquet");
	process.exit(2);
}
const [head, ...body] = rows(readFileSync(0, "utf8"));
const kind = (name) => (WHOLE.has(name) ? "INT64" : REAL.has(name) ? "DOUBLE" : "STRING");
const value = (name, z) => (z === undefined || z === "" ? null : WHOLE.has(name) ? BigInt(z) : REAL.has(name) ? Number(z) : z);
await parquetWriteFile({ filename: process.argv[2], columnData: head.map((name, k) => ({ name, type: kind(name), nullable: true, data: body.map((r) => value(name, r[k])) })) });
