// The icons of the page, drawn as paths so that nothing is fetched.
import { s } from "./dom.js";

const PATHS = {
  send: "M3.4 20.4 21 12.9a1 1 0 0 0 0-1.8L3.4 3.6a1 1 0 0 0-1.4 1.2L4 11l9 1-9 1-2 6.2a1 1 0 0 0 1.4 1.2Z",
  clip: "M8.5 12.5 14 7a2.1 2.1 0 0 1 3 3l-7 7a4 4 0 0 1-5.7-5.7l7-7a6 6 0 0 1 8.5 8.5L13.5 19",
  photo: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.5a1 1 0 1 0 .1 0",
  pin: "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11ZM12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z",
  walk: "M13 4.5a1 1 0 1 0 .1 0M9 21l2-6M15.5 21 13 15l-2-2 1-5-3 1.5L8 13M12.5 9l2 2.5H17",
  contact: "M12 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM5 20c.6-3.6 3.5-5.5 7-5.5s6.4 1.9 7 5.5",
  file: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  close: "M6 6l12 12M18 6 6 18",
  down: "M6 9.5l6 6 6-6",
  reply: "M10 8V4.5L3.5 11l6.5 6.5V14c5 0 8 1.5 10.5 5-.8-6-4-10.5-10.5-11Z",
  edit: "M4 20l1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3",
  copy: "M9 9h10v11H9zM5 15V4h10",
  keyboard: "M3 6h18v12H3zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8",
  menu: "M4 7h16M4 12h16M4 17h16",
  sun: "M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.7 1.7M17.3 17.3 19 19M19 5l-1.7 1.7M6.7 17.3 5 19",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",
  plus: "M12 5v14M5 12h14",
  check: "M5 12.5l4.5 4.5L19 7.5",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20",
  link: "M8 16 16.5 7.5M10 7h7v7",
  stop: "M7 7h10v10H7z",
  play: "M8 5.5v13l11-6.5z",
  staff: "M4 6h11v8H8l-4 3zM18 9h2v11l-3-3h-7",
  tool: "M14.5 6.5a4 4 0 0 1 5-1l-3 3 .5 2.5 2.5.5 3-3a4.5 4.5 0 0 1-6.3 5.2L9 21a2.1 2.1 0 0 1-3-3l7.3-7.2a4.5 4.5 0 0 1 1.2-4.3Z",
  home: "M4 11.5 12 4l8 7.5M6 10v10h12V10M10 20v-5.5h4V20",
  dots: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  block: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM6 6l12 12",
};

const SOLID = new Set(["send", "play", "stop"]);

export function icon(name, size = 22) {
  const solid = SOLID.has(name);
  const box = { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true", class: `icon icon-${name}` };
  return s("svg", box, s("path", {
    d: PATHS[name],
    fill: solid ? "currentColor" : "none",
    stroke: solid ? "none" : "currentColor",
    "stroke-width": name === "dots" ? 3 : 1.9,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  }));
}

// One tick: with the bot's server; two: the bot has taken it.
export function ticks(read) {
  const box = { viewBox: "0 0 18 12", width: 18, height: 12, class: `ticks${read ? " read" : ""}`, "aria-hidden": "true" };
  const paths = ["M2 6.5 5.5 10 12 2.5"];
  if (read) paths.push("M8.5 9 9.5 10 16 2.5");
  return s("svg", box, paths.map((d) => s("path", { d, fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round", "stroke-linejoin": "round" })));
}
