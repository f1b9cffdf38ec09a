// Telegram's own payment form: what it is for, how much, the card, Pay or Cancel; the bot has the last word.
import * as api from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { alertBox, dialog, toast } from "./notices.js";
import { locale, t } from "./words.js";

const LINK = /^https:\/\/t\.me\/(\$|%24)[\w-]+$/;

export const isInvoice = (href) => LINK.test(href);

// Minor units as the currency has them.
export function amountOf({ currency, total_amount }) {
  if (currency === "XTR") return `⭐ ${total_amount}`;
  const format = new Intl.NumberFormat(locale(), { style: "currency", currency });
  return format.format(total_amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

export async function openInvoice(room, named, host) {
  const which = named.link ? { link: decodeURIComponent(named.link) } : named;
  try {
    form(room, which, await api.invoice(room.person, room.chatId, which), host);
  } catch (error) {
    broke(error, host);
  }
}

const broke = (error, host) => toast(error.status === 404 ? t("button_gone") : t("no_server"), host);

function form(room, which, invoice, host) {
  const pay = h("button", { class: "flat strong", type: "button", testid: "invoice-pay", onclick: () => paid() }, t("invoice_pay", { amount: amountOf(invoice) }));
  const cancel = h("button", { class: "flat", type: "button", testid: "invoice-cancel", onclick: () => box.close() }, t("cancel"));
  const card = h("p", { class: "invoice-card" }, icon("file", 20), h("span", {}, t("invoice_card")));
  const words = h("div", { class: "alert-text", testid: "invoice" }, h("h3", {}, invoice.title), h("p", { class: "muted" }, invoice.description), h("p", { class: "invoice-amount" }, amountOf(invoice)), card);
  const box = dialog("alert", t("invoice"), words, h("div", { class: "dialog-foot" }, cancel, pay));
  pay.focus();

  // From here on it can't be taken back.
  async function paid() {
    pay.disabled = cancel.disabled = true;
    pay.setAttribute("aria-busy", "true");
    try {
      const { pre_checkout_query_id } = await api.payInvoice(room.person, room.chatId, which);
      told(await api.checkout(pre_checkout_query_id));
    } catch (error) {
      broke(error, host);
    } finally {
      box.close();
    }
  }

  function told(outcome) {
    if (outcome.ok) toast(t("invoice_paid"), host);
    else alertBox(outcome.text || t("invoice_late"), t("invoice_failed"));
  }
}
