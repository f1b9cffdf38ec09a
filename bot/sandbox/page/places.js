// The demo city for the page: nearest place, search, distances, and steps of a walk.
import { state } from "./store.js";
import { placeName, t } from "./words.js";

const EARTH_M = 6371000;
const RADIANS = Math.PI / 180;

export function metres(a, b) {
  const x = (b.longitude - a.longitude) * RADIANS * Math.cos(((a.latitude + b.latitude) / 2) * RADIANS);
  const y = (b.latitude - a.latitude) * RADIANS;
  return Math.hypot(x, y) * EARTH_M;
}

export const pointOf = (place) => ({ latitude: place.lat, longitude: place.lon });

export function nearest(point) {
  let best = null;
  for (const place of state.places) {
    const away = metres(point, pointOf(place));
    if (!best || away < best.away) best = { place, away };
  }
  return best;
}

export function distanceText(away) {
  if (away < 1000) return t("metres", { count: Math.max(10, Math.round(away / 10) * 10) });
  return t("kilometres", { count: (away / 1000).toFixed(away < 10000 ? 1 : 0) });
}

export function describe(point) {
  const found = nearest(point);
  if (!found) return { title: `${point.latitude.toFixed(4)}, ${point.longitude.toFixed(4)}`, note: "" };
  const name = placeName(found.place);
  if (found.away < 60) return { title: name, note: "" };
  return { title: t("near", { place: name }), note: distanceText(found.away) };
}

export function searchPlaces(query) {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return state.places;
  const rank = (place) => {
    const names = [place.name, place.name_en || ""].map((name) => name.toLowerCase());
    if (names.some((name) => name.startsWith(wanted))) return 0;
    return names.some((name) => name.includes(wanted)) ? 1 : 2;
  };
  return state.places.map((place) => [rank(place), place]).filter(([at]) => at < 2).sort((a, b) => a[0] - b[0]).map(([, place]) => place);
}

// A walk starts where the person was last seen, or else about a kilometre off; it bends a little, as streets do.
export function walk(from, to, steps) {
  const start = from || { latitude: to.latitude + 0.0075, longitude: to.longitude - 0.0085 };
  const corner = { latitude: start.latitude + (to.latitude - start.latitude) * 0.2, longitude: start.longitude + (to.longitude - start.longitude) * 0.75 };
  const between = (a, b, share) => ({ latitude: a.latitude + (b.latitude - a.latitude) * share, longitude: a.longitude + (b.longitude - a.longitude) * share });
  return Array.from({ length: steps + 1 }, (_, i) => {
    const share = i / steps;
    return share < 0.5 ? between(start, corner, share * 2) : between(corner, to, share * 2 - 1);
  });
}
