// "Confirm it is you": the server answers a step that matters with the event confirm-person; we open the question in
// the dialog, and after person-confirmed send again what was meant.
let meant;
document.addEventListener("submit", ({ target, submitter }) => {
  if (!target.closest("[data-confirms]")) meant = { form: target, submitter };
}, true);

document.addEventListener("confirm-person", () => htmx.ajax("GET", "/confirm", { target: "#dialog", swap: "innerHTML" }));

document.addEventListener("person-confirmed", () => {
  const { form, submitter } = meant ?? {};
  if (!form?.isConnected) return;
  form.dataset.confirmed = "yes"; // it was asked about already
  setTimeout(() => { form.requestSubmit(submitter?.isConnected ? submitter : undefined); delete form.dataset.confirmed; });
});
