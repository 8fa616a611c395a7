// <ll-dirty> around a form: the browser asks before a page with unsaved typing is left.
class Dirty extends HTMLElement {
  connectedCallback() {
    this.warn = (event) => { if (this.changed) event.preventDefault(); };
    this.addEventListener("input", () => { this.changed = true; });
    this.addEventListener("submit", () => { this.changed = false; });
    addEventListener("beforeunload", this.warn);
    this.closest("dialog")?.addEventListener("cancel", (event) => {
      if (this.changed && !confirm(this.getAttribute("question"))) event.preventDefault();
    });
  }

  disconnectedCallback() {
    removeEventListener("beforeunload", this.warn);
  }
}
customElements.define("ll-dirty", Dirty);
