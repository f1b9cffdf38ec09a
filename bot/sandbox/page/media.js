// What a message carries besides text: pictures, albums, videos, files, voice, places, contacts.
import { avatar, fullName } from "./avatar.js";
import { h, safeUrl } from "./dom.js";
import { icon } from "./icons.js";
import { amountOf } from "./invoice.js";
import { closer, dialog } from "./notices.js";
import { drawMap } from "./map.js";
import { describe } from "./places.js";
import { locale, t } from "./words.js";

const largest = (photo) => photo[photo.length - 1];

function fileUrl(message, fileId) {
  const url = message.files?.[fileId];
  return url ? safeUrl(url) : null;
}

const pictured = (message) => message.photo || message.video || message.animation;

export function pictures(messages, around) {
  const tiles = messages.filter(pictured).map((message) => tile(message, messages.length === 1, around));
  return h("div", { class: `pictures count-${Math.min(tiles.length, 10)}` }, tiles);
}

function tile(message, alone, around) {
  const shown = message.photo ? largest(message.photo) : message.video || message.animation;
  const style = alone ? { "aspect-ratio": `${clampRatio(shown.width / shown.height)}` } : {};
  const url = fileUrl(message, shown.file_id);
  if (message.photo) return photo(message, url, style, around);
  const box = { class: "tile", src: url, controls: true, playsinline: true, preload: "metadata", style, "aria-label": t("video") };
  return h("video", { ...box, muted: Boolean(message.animation), loop: Boolean(message.animation) });
}

const clampRatio = (ratio) => Math.min(2, Math.max(0.72, ratio || 1.5));

function photo(message, url, style, around) {
  const hidden = message.has_media_spoiler ? " hidden-photo" : "";
  const open = (event) => {
    if (event.currentTarget.classList.contains("hidden-photo")) return event.currentTarget.classList.remove("hidden-photo");
    return lightbox(around(), message.message_id);
  };
  const image = h("img", { src: url, alt: message.caption || t("photo"), loading: "lazy" });
  return h("button", { class: `tile${hidden}`, type: "button", style, testid: "photo", "aria-label": message.caption || t("photo"), onclick: open }, h("img", { class: "haze", src: url, alt: "", loading: "lazy" }), image);
}

// All photos of the chat, one at a time; arrows and swipes of the keyboard go on.
function lightbox(messages, firstId) {
  const photos = messages.filter((message) => message.photo);
  let at = Math.max(0, photos.findIndex((message) => message.message_id === firstId));
  const image = h("img", { alt: "" });
  const caption = h("p", { class: "lightbox-caption" });
  const show = (step) => {
    at = (at + step + photos.length) % photos.length;
    image.src = fileUrl(photos[at], largest(photos[at].photo).file_id);
    image.alt = photos[at].caption || t("photo");
    caption.textContent = photos[at].caption || "";
  };
  const turn = (name, step) => h("button", { class: `round turn ${name}`, type: "button", "aria-label": t(step > 0 ? "next" : "previous"), hidden: photos.length < 2, onclick: () => show(step) }, icon(name, 28));
  const box = dialog("lightbox", t("photo"), image, caption, turn("left", -1), turn("right", 1), closer());
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(-1);
    if (event.key === "ArrowRight") show(1);
  });
  image.addEventListener("click", () => box.close());
  show(0);
}

export function documentChip(message) {
  const { file_id, file_name, file_size, mime_type } = message.document;
  const name = file_name || t("file");
  const url = fileUrl(message, file_id);
  const kind = (name.split(".").pop() || mime_type || "").slice(0, 4).toUpperCase();
  const text = h("span", { class: "chip-text" }, h("b", {}, name), h("small", {}, sizeText(file_size)));
  const box = url ? { href: url, target: "_blank", rel: "noopener", download: name } : {};
  return h(url ? "a" : "div", { class: "file-chip", testid: "document", ...box }, h("span", { class: "chip-kind" }, kind || icon("file")), text);
}

function sizeText(bytes) {
  if (!bytes) return t("file");
  const units = ["B", "KB", "MB", "GB"];
  const step = Math.min(3, Math.floor(Math.log2(bytes) / 10));
  return `${new Intl.NumberFormat(locale(), { maximumFractionDigits: step ? 1 : 0 }).format(bytes / 1024 ** step)} ${units[step]}`;
}

export function sound(message) {
  const file = message.voice || message.audio;
  return h("audio", { class: "sound", controls: true, preload: "metadata", src: fileUrl(message, file.file_id), "aria-label": t("voice") });
}

export function locationCard(message, trail) {
  const point = message.venue?.location || message.location;
  const live = Boolean(point.live_period);
  const words = message.venue ? { title: message.venue.title, note: message.venue.address } : describe(point);
  const note = live ? [words.note, liveNote(message)].filter(Boolean).join(" · ") : words.note;
  const text = h("div", { class: "place-text" }, h("b", {}, words.title), note ? h("small", {}, note) : null);
  return h("div", { class: "place-card", testid: "location" }, drawMap(point, { trail, live }), text);
}

export function isLive(message) {
  const period = message.location?.live_period;
  return Boolean(period) && (period >= 0x7fffffff || message.date + period > Date.now() / 1000);
}

function liveNote(message) {
  if (!isLive(message)) return t("live_ended");
  const minutes = Math.floor((Date.now() / 1000 - (message.edit_date || message.date)) / 60);
  return minutes < 1 ? t("updated_now") : t("updated_ago", { count: minutes });
}

export function contactCard(message) {
  const { phone_number, user_id } = message.contact;
  const name = fullName(message.contact);
  const text = h("span", { class: "chip-text" }, h("b", {}, name), h("small", {}, phone_number));
  return h("div", { class: "contact-card", testid: "contact" }, avatar({ id: user_id || phone_number, name }), text);
}

export function invoiceCard({ invoice }) {
  return h("div", { class: "words" }, h("strong", {}, invoice.title), `\n${invoice.description}\n`, h("b", {}, amountOf(invoice)));
}

// One line that stands for a message elsewhere: reply quote, pinned bar, topic list.
export function summary(message) {
  if (message.text || message.caption) return (message.text || message.caption).replace(/\s+/g, " ");
  const kinds = [["photo", "photo"], ["video", "video"], ["voice", "voice"], ["venue", "location"], ["location", "location"], ["contact", "contact"]];
  const kind = kinds.find(([part]) => message[part]);
  if (message.location?.live_period) return t("live_location");
  if (message.document) return message.document.file_name || t("file");
  if (message.sticker) return message.sticker.emoji || t("sticker");
  if (message.invoice) return message.invoice.title;
  return kind ? t(kind[1]) : serviceText(message) || t("service");
}

export function serviceText(message) {
  const name = message.from?.first_name || "";
  const people = (list) => list.map((one) => one.first_name).join(", ");
  if (message.forum_topic_created) return t("topic_created", { name: message.forum_topic_created.name });
  if (message.forum_topic_edited?.name) return t("topic_renamed", { name: message.forum_topic_edited.name });
  if (message.forum_topic_closed) return t("topic_closed");
  if (message.forum_topic_reopened) return t("topic_reopened");
  if (message.successful_payment) return t("paid_service", { amount: amountOf(message.successful_payment) });
  if (message.pinned_message) return t("pinned_service", { name });
  if (message.new_chat_members) return t("joined", { name: people(message.new_chat_members) });
  if (message.left_chat_member) return t("left", { name: message.left_chat_member.first_name });
  return null;
}
