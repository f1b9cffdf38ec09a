// A round portrait: the picture when there is one, else initials on a colour of their own.
import { h, hash, safeUrl } from "./dom.js";

const HUES = [354, 28, 48, 140, 172, 205, 232, 268, 318];

// Chinese names put the family first and need no space.
export function fullName(someone) {
  const [first, last] = [someone.first_name || "", someone.last_name || ""];
  if (/^[\u3400-\u9fff]+$/.test(first + last)) return last + first;
  return [first, last].filter(Boolean).join(" ");
}

export function avatar(someone, className = "") {
  const name = someone.name || someone.title || fullName(someone) || "?";
  const url = someone.avatar && safeUrl(someone.avatar);
  const hue = HUES[hash(String(someone.id ?? name)) % HUES.length];
  const face = url ? h("img", { src: url, alt: "", loading: "lazy" }) : initials(name);
  return h("span", { class: `avatar ${className}`, style: { "--hue": hue }, "aria-hidden": "true" }, face);
}

function initials(name) {
  const words = name.replace(/[^\p{L}\p{N}\s]/gu, " ").trim().split(/\s+/).filter(Boolean);
  if (!words.length) return "?";
  if (/[\u3400-\u9fff]/.test(words[0])) return [...words[0]].slice(0, 1).join("");
  return words.slice(0, 2).map((word) => [...word][0].toUpperCase()).filter((sign, i) => i === 0 || sign < "\u3400").join("");
}

export const nameHue = (id) => HUES[hash(String(id)) % HUES.length];
