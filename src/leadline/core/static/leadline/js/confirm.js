// <ll-confirm>: asks before a thing that is hard to take back, for hx-confirm and for <form data-confirm>.
class Confirm extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    document.addEventListener("htmx:confirm", (event) => {
      const { ctx, issueRequest, dropRequest } = event.detail;
      if (!ctx.confirm) return;
      event.preventDefault();
      this.ask(ctx.confirm, ctx.sourceElement).then((yes) => (yes ? issueRequest() : dropRequest()));
    });
    document.addEventListener("submit", (event) => {
      const form = event.target;
      const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
      if (!question || form.dataset.confirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.ask(question, { dataset: { ...form.dataset, ...event.submitter?.dataset } }).then((yes) => {
        if (!yes) return;
        form.dataset.confirmed = "yes";
        form.requestSubmit(event.submitter);
        delete form.dataset.confirmed;
      });
    }, true);
  }

  ask(question, source) {
    const accept = this.dialog.querySelector("[value=yes]");
    this.dialog.querySelector("[data-question]").textContent = question;
    accept.textContent = source.dataset?.confirmLabel ?? accept.dataset.label;
    accept.classList.toggle("danger", source.dataset?.confirmTone !== "plain");
    accept.classList.toggle("primary", source.dataset?.confirmTone === "plain");
    this.dialog.returnValue = "";
    this.dialog.showModal();
    return new Promise((answer) => {
      this.dialog.addEventListener("close", () => answer(this.dialog.returnValue === "yes"), { once: true });
    });
  }
}
customElements.define("ll-confirm", Confirm);
