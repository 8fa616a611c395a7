// <dialog>: opened by data-opens="#id", or by a part that htmx puts into #dialog or #why; closed by data-closes, by Escape
// and when what was sent from it was accepted (2xx); a refusal (422) keeps it open with what was typed.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    document.querySelector(opener.dataset.opens)?.showModal();
  }
  event.target.closest("[data-closes]")?.closest("dialog")?.close();
  if (event.target.matches("dialog[open]") && !event.target.querySelector("form")) event.target.close();
});

const HOSTS = "#dialog, #why"; // “Why?” stands over a form that is open, and leaves what was typed in it
const openers = new WeakMap();
const staying = new WeakSet(); // asked for by what says data-stays; the swap itself may take that away
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const asked = ctx.request.submitter ?? ctx.sourceElement;
  if (asked?.closest("[data-stays]") ?? ctx.target?.closest?.("[data-stays]")) staying.add(ctx);
});
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const dialog = ctx.target?.closest?.(HOSTS) ?? (ctx.target?.id === "dialog" ? document.querySelector("#dialog") : null);
  if (!dialog || ctx.swap === "none") return;
  const accepted = ctx.request.method !== "GET" && ctx.response.status < 300;
  if (accepted && !staying.has(ctx)) return dialog.close();
  if (!dialog.open) {
    openers.set(dialog, document.activeElement);
    dialog.showModal();
  }
  (dialog.querySelector("[aria-invalid=true], [autofocus]") ?? dialog.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
});

document.addEventListener("close", (event) => {
  if (!event.target.matches(HOSTS)) return;
  event.target.replaceChildren();
  const opener = openers.get(event.target);
  if (opener?.isConnected) opener.focus();
}, true);
