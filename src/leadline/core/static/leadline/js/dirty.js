// <ll-dirty> in or around a form: we ask before a dialog with unsaved typing is closed, the browser before such a page is left.
class Dirty extends HTMLElement {
  connectedCallback() {
    this.changed = this.querySelector("[aria-invalid=true]") !== null; // what was refused is not saved either
    this.warn = (event) => { if (this.changed) event.preventDefault(); };
    this.ask = (event) => {
      if (!this.changed || event.target !== this.dialog) return;
      event.preventDefault();
      document.querySelector("ll-confirm").ask(this.getAttribute("question"), this).then((yes) => yes && this.dialog.close());
    };
    const form = this.closest("form") ?? this;
    this.addEventListener("input", () => { this.changed = true; });
    form.addEventListener("submit", () => { this.changed = false; });
    form.addEventListener("htmx:error", () => { this.changed = true; });
    addEventListener("beforeunload", this.warn);
    this.dialog = this.closest("dialog");
    this.dialog?.addEventListener("cancel", this.ask);
  }

  disconnectedCallback() {
    removeEventListener("beforeunload", this.warn);
    this.dialog?.removeEventListener("cancel", this.ask);
  }
}
customElements.define("ll-dirty", Dirty);
