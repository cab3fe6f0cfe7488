// Where: a dot for a known place, a ring for a province or district of which only the middle is known, hatching for a country
// of which no place is known. The world comes with the program.
import { geoContains, geoNaturalEarth1, geoPath } from "d3-geo";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { feature } from "topojson-client";
import { plural } from "./data.js";
import { set } from "./query.js";

const RATIO = 0.5;
let world = null;

function useWorld() {
	const [ready, setReady] = useState(world);
	useEffect(() => {
		if (!world)
			fetch("world.json").then((r) => r.json()).then((t) => { world = feature(t, t.objects.countries).features; setReady(world); }).catch(() => setReady([]));
	}, []);
	return ready;
}

function spots(cols, rows) {
	const place = new Map(), land = new Map();
	for (const i of rows) {
		if (cols.lat[i] !== null) {
			const key = cols.lat[i] + "," + cols.lon[i], p = place.get(key);
			if (p) p.n++;
			else place.set(key, { n: 1, name: cols.place[i], lat: cols.lat[i], lon: cols.lon[i], area: cols.area[i] });
		} else if (cols.country[i]) land.set(cols.country[i], (land.get(cols.country[i]) || 0) + 1);
	}
	return { place: [...place.values()].sort((a, b) => b.n - a.n), land };
}

function hatch(c, colour) {
	const tile = document.createElement("canvas");
	tile.width = tile.height = 6;
	const t = tile.getContext("2d");
	t.strokeStyle = colour;
	t.beginPath();
	t.moveTo(0, 6);
	t.lineTo(6, 0);
	t.stroke();
	return c.createPattern(tile, "repeat");
}

// Land and coasts change with the zoom and the colours only, so they are drawn once and kept.
function drawLand(canvas, features, projection) {
	const land = document.createElement("canvas"), c = land.getContext("2d"), look = getComputedStyle(canvas), scale = devicePixelRatio || 1;
	land.width = canvas.width;
	land.height = canvas.height;
	c.setTransform(scale, 0, 0, scale, 0, 0);
	const path = geoPath(projection, c);
	c.fillStyle = look.getPropertyValue("--land");
	c.strokeStyle = look.getPropertyValue("--coast");
	c.beginPath();
	for (const f of features) path(f);
	c.fill();
	c.stroke();
	return land;
}

function draw(canvas, land, features, projection, s, numbers) {
	const c = canvas.getContext("2d"), look = getComputedStyle(canvas), colour = (n) => look.getPropertyValue(n), scale = devicePixelRatio || 1;
	c.setTransform(1, 0, 0, 1, 0, 0);
	c.clearRect(0, 0, canvas.width, canvas.height);
	c.drawImage(land, 0, 0);
	c.setTransform(scale, 0, 0, scale, 0, 0);
	const path = geoPath(projection, c), told = new Set([...s.land.keys()].map((iso) => numbers.get(iso)));
	c.fillStyle = hatch(c, colour("--dot"));
	c.beginPath();
	for (const f of features) if (told.has(f.id)) path(f);
	c.fill();
	const most = s.place.length ? s.place[0].n : 1;
	c.fillStyle = colour("--dot");
	c.strokeStyle = colour("--paper");
	for (let k = s.place.length - 1; k >= 0; k--) {
		const p = s.place[k], xy = projection([p.lon, p.lat]);
		if (!xy) continue;
		c.globalAlpha = 0.75;
		c.beginPath();
		c.arc(xy[0], xy[1], (p.area ? 7 : 2.5) + 11 * Math.sqrt(p.n / most), 0, 7);
		if (p.area) { // no point: a ring around the middle
			c.globalAlpha = 0.12;
			c.fill();
			c.globalAlpha = 1;
			c.setLineDash([4, 3]);
			c.lineWidth = 2;
			c.strokeStyle = colour("--dot");
		} else {
			c.fill();
			c.globalAlpha = 1;
		}
		c.stroke();
		c.setLineDash([]);
		c.lineWidth = 1;
		c.strokeStyle = colour("--paper");
	}
}

export function MapPanel({ cols, rows, q, go, names, theme }) {
	const canvas = useRef(null), features = useWorld();
	const [wide, setWide] = useState(600), [zoom, setZoom] = useState({ k: 1, x: 0, y: 0 }), [under, setUnder] = useState("");
	const s = useMemo(() => spots(cols, rows), [cols, rows]);
	const numbers = useMemo(() => new Map([...names].map(([iso, v]) => [iso, v.number])), [names]);
	const back = useMemo(() => new Map([...names].map(([iso, v]) => [v.number, iso])), [names]);
	const high = Math.round(wide * RATIO);
	const projection = useMemo(() => {
		const p = geoNaturalEarth1().fitSize([wide, high], { type: "Sphere" });
		const [x, y] = p.translate();
		return p.scale(p.scale() * zoom.k).translate([(x - wide / 2) * zoom.k + wide / 2 + zoom.x, (y - high / 2) * zoom.k + high / 2 + zoom.y]);
	}, [wide, zoom]);
	useEffect(() => {
		const seen = new ResizeObserver(() => setWide(Math.max(200, canvas.current.parentElement.clientWidth)));
		seen.observe(canvas.current.parentElement);
		return () => seen.disconnect();
	}, []);
	const land = useRef(null);
	useEffect(() => { if (features) land.current = drawLand(canvas.current, features, projection); }, [features, projection, theme]);
	useEffect(() => { // after the list is on the screen: whoever filters reads words first
		if (!features) return;
		const later = setTimeout(() => canvas.current && draw(canvas.current, land.current, features, projection, s, numbers), 16);
		return () => clearTimeout(later);
	}, [features, projection, s, theme]);
	const at = (e) => {
		const b = canvas.current.getBoundingClientRect(), x = e.clientX - b.left, y = e.clientY - b.top;
		let best = null, near = 14;
		for (const p of s.place) {
			const xy = projection([p.lon, p.lat]), d = xy ? Math.hypot(xy[0] - x, xy[1] - y) : 99;
			if (d < near) { near = d; best = p; }
		}
		if (best) return { place: best };
		const point = projection.invert([x, y]), f = point && features && features.find((f) => geoContains(f, point));
		return f ? { iso: back.get(f.id), f } : null;
	};
	const dragged = useRef(0);
	const point = (e) => {
		if (e.buttons === 1) dragged.current += Math.abs(e.movementX) + Math.abs(e.movementY);
		else dragged.current = 0;
		if (e.buttons === 1) return setZoom((z) => ({ ...z, x: z.x + e.movementX, y: z.y + e.movementY }));
		const hit = at(e);
		setUnder(!hit ? "" : hit.place ? `${hit.place.name || "place"}${hit.place.area ? " (somewhere in it)" : ""}: ${plural(hit.place.n, "incident")}` : `${hit.f.properties.name}${s.land.get(hit.iso) ? ": " + plural(s.land.get(hit.iso), "incident") + " without a place" : ""}`);
	};
	const click = (e) => {
		if (dragged.current > 4) return; // the map was moved
		const hit = at(e);
		if (hit && hit.place && hit.place.name) go(set(q, { place: hit.place.name }));
		else if (hit && hit.iso) go(set(q, { country: hit.iso }));
	};
	const closer = (f) => setZoom((z) => (z.k * f <= 1 ? { k: 1, x: 0, y: 0 } : { k: Math.min(40, z.k * f), x: z.x * f, y: z.y * f }));
	return (
		<section aria-labelledby="h-map">
			<h2 id="h-map">Where</h2>
			<div class="choice" role="group" aria-label="Map"><button aria-label="Closer" onClick={() => closer(1.6)}>+</button><button aria-label="Farther" onClick={() => closer(1 / 1.6)}>−</button></div>
			<div class="map">
				<canvas ref={canvas} width={wide * (devicePixelRatio || 1)} height={high * (devicePixelRatio || 1)} style={{ width: wide + "px", height: high + "px" }} role="img" aria-label={`Map: ${plural(s.place.length, "place")}, ${plural(s.land.size, "country", "countries")} without a known place; the most frequent follow as buttons`} onPointerMove={point} onPointerLeave={() => setUnder("")} onDblClick={() => closer(1.6)} onClick={click} />
			</div>
			<p class="soft legend"><span aria-hidden="true">●</span> a place <span aria-hidden="true">◌</span> somewhere in a province or district <span aria-hidden="true">▨</span> only the country is known <span class="under">{under}</span></p>
			<ul class="places">{s.place.filter((p) => p.name).slice(0, 12).map((p) => <li key={p.lat + "," + p.lon}><button onClick={() => go(set(q, { place: p.name }))}>{p.area ? <><span aria-hidden="true">◌</span><span class="hidden">somewhere in </span> </> : null}{p.name} <span class="n">{p.n}</span></button></li>)}
				{[...s.land].sort((a, b) => b[1] - a[1]).slice(0, 4).map(([iso, n]) => <li key={iso}><button onClick={() => go(set(q, { country: iso }))}><span aria-hidden="true">▨</span> {(names.get(iso) || { name: iso }).name} <span class="n">{n}</span></button></li>)}</ul>
		</section>
	);
}
