// Draws an abstract little map around a point: streets, water and parks grow from the coordinates, so the
// same place always looks the same and a moving pin really moves through the town.
import { h, hash, s } from "./dom.js";
import { metres, pointOf } from "./places.js";
import { state } from "./store.js";
import { placeName } from "./words.js";

const WIDTH = 320;
const HEIGHT = 168;
const SPAN = 0.016;
const BLOCK = 0.0034;
const SCALE = WIDTH / SPAN;

export function drawMap(point, { trail = [], live = false } = {}) {
  const view = { x: (lon) => WIDTH / 2 + (lon - point.longitude) * SCALE, y: (lat) => HEIGHT / 2 - (lat - point.latitude) * SCALE * 1.15 };
  const box = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "map-drawing", preserveAspectRatio: "xMidYMid slice", "aria-hidden": "true" };
  const drawing = s("svg", box, blocks(point, view), river(point, view), labels(point, view), path(trail, view));
  return h("div", { class: `map${live ? " live" : ""}` }, drawing, pin(live));
}

const edge = (index, axis) => index * BLOCK + ((hash(`${axis}${index}`) % 100) / 100 - 0.5) * BLOCK * 0.45;

function lines(centre, half, axis) {
  const first = Math.floor((centre - half) / BLOCK) - 1;
  const last = Math.ceil((centre + half) / BLOCK) + 1;
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).map((index) => ({ index, at: edge(index, axis) }));
}

function blocks(point, view) {
  const columns = lines(point.longitude, SPAN / 2, "x");
  const rows = lines(point.latitude, SPAN / 3, "y");
  const shapes = [];
  for (let i = 0; i < columns.length - 1; i += 1) {
    for (let j = 0; j < rows.length - 1; j += 1) shapes.push(block(columns[i], columns[i + 1], rows[j], rows[j + 1], view));
  }
  return shapes;
}

function block(left, right, low, high, view) {
  const seed = hash(`${left.index}/${low.index}`);
  const kind = seed % 9 === 0 ? "park" : seed % 4 === 0 ? "block dense" : "block";
  const street = (line) => (line.index % 4 === 0 ? 6 : 2.5);
  const x = view.x(left.at) + street(left);
  const y = view.y(high.at) + street(high);
  const width = view.x(right.at) - street(right) - x;
  const height = view.y(low.at) - street(low) - y;
  if (width <= 0 || height <= 0) return null;
  return s("rect", { x, y, width, height, rx: 5, class: kind });
}

// The river runs along a fixed curve of the city, not of the card.
function river(point, view) {
  const steps = Array.from({ length: 15 }, (_, i) => point.latitude - SPAN + (i * SPAN * 2) / 14);
  const bend = (lat) => 121.497 + Math.sin(lat * 140) * 0.0055 + Math.sin(lat * 47) * 0.012;
  const d = steps.map((lat, i) => `${i ? "L" : "M"}${view.x(bend(lat)).toFixed(1)} ${view.y(lat).toFixed(1)}`).join("");
  return s("path", { d, class: "river" });
}

function labels(point, view) {
  const near = state.places.map((place) => ({ place, away: metres(point, pointOf(place)) }));
  const shown = near.filter((one) => one.away > 130 && one.away < 900).sort((a, b) => a.away - b.away).slice(0, 3);
  return shown.map(({ place }) => s("g", { class: "map-label" },
    s("circle", { cx: view.x(place.lon), cy: view.y(place.lat), r: 2.6 }),
    s("text", { ...beside(view.x(place.lon)), y: view.y(place.lat) + 3.5 }, placeName(place))));
}

const beside = (x) => (x > WIDTH * 0.66 ? { x: x - 5, "text-anchor": "end" } : { x: x + 5 });

function path(trail, view) {
  if (trail.length < 2) return null;
  const d = trail.map((at, i) => `${i ? "L" : "M"}${view.x(at.longitude).toFixed(1)} ${view.y(at.latitude).toFixed(1)}`).join("");
  return s("path", { d, class: "trail" });
}

function pin(live) {
  if (live) return h("span", { class: "live-dot" });
  return s("svg", { viewBox: "0 0 24 30", class: "map-pin", "aria-hidden": "true" },
    s("path", { d: "M12 29S2 18.5 2 11a10 10 0 0 1 20 0c0 7.5-10 18-10 18Z", class: "pin-body" }),
    s("circle", { cx: 12, cy: 11, r: 4, class: "pin-eye" }));
}
