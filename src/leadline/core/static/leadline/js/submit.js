// A form is sent once: until the answer comes, its button rests. The browser's back button wakes it again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog") return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  queueMicrotask(() => {
    const throughHtmx = form.matches("[hx-post], [hx-get], [hx-put], [hx-delete]");
    if ((event.defaultPrevented && !throughHtmx) || form.dataset.download !== undefined) return;
    rest(form, true);
  });
}, true);

for (const name of ["htmx:finally:request", "htmx:error"]) {
  document.addEventListener(name, ({ detail }) => {
    const form = detail.ctx?.request?.form ?? detail.ctx?.sourceElement;
    if (form?.matches?.("form")) rest(form, false);
  });
}
addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach((form) => rest(form, false)));

function rest(form, busy) {
  if (busy) form.setAttribute("aria-busy", "true");
  else form.removeAttribute("aria-busy");
  // Only after the request has read its values: a disabled button is not sent.
  setTimeout(() => form.querySelectorAll("[type=submit]").forEach((button) => { button.disabled = busy; }));
}
