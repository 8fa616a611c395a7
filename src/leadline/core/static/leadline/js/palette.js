// <ll-palette src="/palette">: Ctrl-K; asks the server while typing, arrows choose, Enter goes.
import { Asking, mark } from "./asking.js";

class Palette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.results = this.querySelector("[role=listbox]");
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.open();
    });
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-palette]") && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        this.open();
      }
      if (event.target === this.dialog) this.dialog.close();
    });
    this.asking = new Asking({
      address: () => `${this.getAttribute("src")}?q=${encodeURIComponent(this.input.value)}`,
      show: (results) => { this.results.innerHTML = results; this.choose(0); return true; },
      enter: () => this.results.querySelector("[aria-selected=true]")?.click(),
      wait: 90, // a network that is gone is told by its own notice
    });
    this.input.addEventListener("input", () => this.asking.typed());
    this.dialog.addEventListener("close", () => this.asking.forget());
    this.input.addEventListener("keydown", (event) => this.steer(event));
  }

  open() {
    if (this.dialog.open) return;
    this.input.value = "";
    this.dialog.showModal();
    this.asking.now();
  }

  steer(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); this.choose(this.at + step); }
    if (event.key === "Escape") { event.preventDefault(); this.dialog.close(); } // a search field would only empty itself
    if (event.key === "Enter") { event.preventDefault(); this.asking.entering(); }
  }

  choose(place) { this.at = mark(this.input, this.results, place); }
}
customElements.define("ll-palette", Palette);
