// "Confirm it is you": the server answers a step that matters with the event confirm-person; we open the question in
// the dialog, and after person-confirmed send again what was meant. A form that stood in the dialog itself waits aside
// and comes back with all that was typed, whether the question was answered or not.
let meant, aside;
document.addEventListener("submit", ({ target, submitter }) => {
  if (!target.closest("[data-confirms]")) meant = { form: target, submitter };
}, true);

document.addEventListener("confirm-person", () => {
  const dialog = document.querySelector("#dialog");
  if (dialog.contains(meant?.form)) {
    aside = document.createDocumentFragment();
    aside.append(...dialog.childNodes);
    dialog.addEventListener("close", () => bringBack(dialog), { once: true });
  }
  htmx.ajax("GET", "/confirm", { target: "#dialog", swap: "innerHTML" });
});

document.addEventListener("person-confirmed", () => {
  if (!meant) return;
  if (aside) meant.confirmed = true; // sent when the dialog closes
  else if (meant.form.isConnected) setTimeout(sendAgain);
});

function bringBack(dialog) {
  dialog.replaceChildren(aside);
  dialog.showModal();
  aside = undefined;
  if (meant.confirmed) sendAgain();
}

function sendAgain() {
  const { form, submitter } = meant;
  form.dataset.confirmed = "yes"; // it was asked about already
  form.requestSubmit(submitter?.isConnected ? submitter : undefined);
  delete form.dataset.confirmed;
}
