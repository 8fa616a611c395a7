// <ll-combobox src="/people/choices">: types into a text field, fetches options as HTML
// (<li role="option" data-value="7">…</li>), keeps the choice in the hidden field.
class Combobox extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("[role=combobox]");
    this.kept = this.querySelector("input[type=hidden]");
    this.list = this.querySelector("[role=listbox]");
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("focus", () => this.ask());
    this.input.addEventListener("keydown", (event) => this.steer(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 120));
    this.list.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(event.target.closest("[role=option]")); });
  }

  later() {
    this.kept.value = "";
    this.forget();
    this.old = true;
    this.entered = false;
    this.timer = setTimeout(() => this.ask(), 120);
  }

  // What was asked before and has not come yet no longer counts: it would open the list over what comes next.
  forget() {
    clearTimeout(this.timer);
    this.asked?.abort();
  }

  marked() { return this.list.querySelector("[aria-selected=true]"); }

  async ask() {
    this.forget();
    const asked = (this.asked = new AbortController());
    const address = new URL(this.getAttribute("src"), location.href);
    address.searchParams.set("q", this.kept.value ? "" : this.input.value);
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: asked.signal });
      const options = await answer.text();
      if (!answer.ok || document.activeElement !== this.input) return;
      this.list.innerHTML = options;
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.mark(0);
      this.old = false;
      if (this.entered) this.take(this.marked());
    } catch { if (!asked.signal.aborted) this.close(); }
  }

  mark(place) {
    const options = [...this.list.querySelectorAll("[role=option]")];
    this.at = options.length ? (place + options.length) % options.length : 0;
    options.forEach((option, index) => { option.id ||= `${this.list.id}-${index}`; option.setAttribute("aria-selected", index === this.at); });
    this.input.setAttribute("aria-activedescendant", options[this.at]?.id ?? "");
    options[this.at]?.scrollIntoView({ block: "nearest" });
  }

  steer(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); if (this.list.hidden) this.ask(); else this.mark(this.at + step); }
    if (event.key === "Enter" && (!this.list.hidden || (this.old && !this.hasAttribute("free")))) {
      event.preventDefault();
      if (this.old) this.entered = true; // the options still answer an earlier word: take the first of those to come
      else this.take(this.marked());
    }
    if (event.key === "Escape" && !this.list.hidden) { event.preventDefault(); event.stopPropagation(); this.close(); }
  }

  take(option) {
    if (!option) return;
    this.kept.value = option.dataset.value;
    this.input.value = option.dataset.label ?? option.textContent.trim();
    this.kept.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
  }

  close() {
    this.forget();
    this.old = this.entered = false;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    if (!this.kept.value && !this.hasAttribute("free")) this.input.value = "";
  }
}
customElements.define("ll-combobox", Combobox);
