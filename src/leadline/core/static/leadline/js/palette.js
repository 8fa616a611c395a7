// <ll-palette src="/palette">: Ctrl-K; asks the server while typing, arrows choose, Enter goes.
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
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.steer(event));
  }

  open() {
    if (this.dialog.open) return;
    this.input.value = "";
    this.dialog.showModal();
    this.ask();
  }

  later() {
    this.old = true;
    this.entered = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 90);
  }

  async ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    const address = `${this.getAttribute("src")}?q=${encodeURIComponent(this.input.value)}`;
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: this.asking.signal });
      if (!answer.ok) return;
      this.results.innerHTML = await answer.text();
      this.choose(0);
      this.old = false;
      if (this.entered) this.go();
    } catch { /* replaced by the next question, or the network notice tells */ }
  }

  steer(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); this.choose(this.at + step); }
    if (event.key === "Escape") { event.preventDefault(); this.dialog.close(); } // a search field would only empty itself
    if (event.key === "Enter") {
      event.preventDefault();
      if (this.old) this.entered = true; // the results still answer an earlier word: go to the first of those to come
      else this.go();
    }
  }

  go() { this.results.querySelector("[aria-selected=true]")?.click(); }

  choose(place) {
    const options = [...this.results.querySelectorAll("[role=option]")];
    this.at = options.length ? (place + options.length) % options.length : 0;
    options.forEach((option, index) => { option.id ||= `palette-${index}`; option.setAttribute("aria-selected", index === this.at); });
    this.input.setAttribute("aria-activedescendant", options[this.at]?.id ?? "");
    options[this.at]?.scrollIntoView({ block: "nearest" });
  }
}
customElements.define("ll-palette", Palette);
