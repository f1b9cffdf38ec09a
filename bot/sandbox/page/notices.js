// Toasts, alert boxes and dialogs. Native <dialog> keeps the focus inside and closes on Esc.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

const TOAST_MS = 3600;

export function toast(text, host = document.body) {
  const shown = h("div", { class: "toast", testid: "toast", role: "status" }, text);
  const stack = host.querySelector(":scope > .toasts") || host.appendChild(h("div", { class: "toasts", "aria-live": "polite" }));
  stack.append(shown);
  setTimeout(() => shown.classList.add("leaving"), TOAST_MS);
  setTimeout(() => shown.remove(), TOAST_MS + 300);
}

export function dialog(className, title, ...content) {
  const box = h("dialog", { class: `dialog ${className}`, "aria-label": title }, content);
  document.body.append(box);
  box.addEventListener("close", () => box.remove());
  box.addEventListener("click", (event) => event.target === box && box.close());
  box.showModal();
  return box;
}

export function closer(label = t("close")) {
  return h("button", { class: "round", type: "button", "aria-label": label, title: label, onclick: (event) => event.currentTarget.closest("dialog").close() }, icon("close"));
}

export function alertBox(text, title) {
  const ok = h("button", { class: "flat strong", type: "button", testid: "alert-ok", onclick: () => box.close() }, t("ok"));
  const box = dialog("alert", title, h("div", { class: "alert-text", testid: "alert" }, h("h3", {}, title), h("p", {}, text)), h("div", { class: "dialog-foot" }, ok));
  ok.focus();
}

export function confirmBox(text, yes) {
  return new Promise((resolve) => {
    let answer = false;
    const agree = h("button", { class: "flat strong", type: "button", testid: "confirm", onclick: () => { answer = true; box.close(); } }, yes);
    const refuse = h("button", { class: "flat", type: "button", onclick: () => box.close() }, t("cancel"));
    const box = dialog("alert", text, h("div", { class: "alert-text" }, h("p", {}, text)), h("div", { class: "dialog-foot" }, refuse, agree));
    box.addEventListener("close", () => resolve(answer));
    agree.focus();
  });
}

// A small menu at a button; arrows move, Esc and a click elsewhere close it.
export function popover(anchor, className, ...content) {
  document.querySelectorAll(".popover").forEach((other) => other.shut());
  const box = h("div", { class: `popover ${className}`, role: "menu" }, content);
  const away = (event) => !box.contains(event.target) && !anchor.contains(event.target) && box.shut();
  const keys = (event) => onKey(event, box, anchor);
  box.shut = () => {
    box.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", away, true);
    document.removeEventListener("keydown", keys, true);
  };
  document.body.append(box);
  place(box, anchor);
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", away, true);
  document.addEventListener("keydown", keys, true);
  box.querySelector("input, button")?.focus();
  return box;
}

function place(box, anchor) {
  const at = anchor.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left), innerWidth - size.width - 8);
  const below = at.bottom + 6 + size.height <= innerHeight;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - size.height - 6)}px`;
}

function onKey(event, box, anchor) {
  if (event.key === "Escape") {
    event.stopPropagation();
    box.shut();
    return anchor.focus();
  }
  if (!["ArrowDown", "ArrowUp"].includes(event.key)) return undefined;
  event.preventDefault();
  const items = [...box.querySelectorAll("button:not([hidden])")];
  const at = items.indexOf(document.activeElement);
  const next = (at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
  return items[next]?.focus();
}

export function menuItem(iconName, label, onclick, attributes = {}) {
  const chosen = (event) => {
    event.currentTarget.closest(".popover")?.shut();
    onclick();
  };
  return h("button", { class: "menu-item", type: "button", role: "menuitem", onclick: chosen, ...attributes }, iconName ? icon(iconName, 20) : null, h("span", {}, label));
}

export async function copy(text, host) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("copied"), host);
  } catch {
    toast(t("copy_failed", { text }), host);
  }
}
