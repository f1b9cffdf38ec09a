// Light and dark: as the device says until a person chooses, then remembered.
import { recall, remember } from "./remember.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

export const isDark = () => (recall("look") ? recall("look") === "dark" : dark.matches);

export function applyLook() {
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
}

export function switchLook() {
  remember("look", isDark() ? "light" : "dark");
  applyLook();
}

export function followDevice(then) {
  dark.addEventListener("change", () => {
    applyLook();
    then();
  });
}
