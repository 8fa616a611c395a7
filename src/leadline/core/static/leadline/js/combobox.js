// <ll-combobox src="/people/choices">: types into a text field, fetches options as HTML
// (<li role="option" data-value="7">…</li>), keeps the choice in the hidden field.
class Combobox extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("[role=combobox]");
    this.kept = this.querySelector("input[type=hidden]");
    this.list = this.querySelector("[role=listbox]");
    this.input.addEventListener("input", () => { this.kept.value = ""; clearTimeout(this.timer); this.timer = setTimeout(() => this.ask(), 120); });
    this.input.addEventListener("focus", () => this.ask());
    this.input.addEventListener("keydown", (event) => this.steer(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 120));
    this.list.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(event.target.closest("[role=option]")); });
  }

  async ask() {
    const address = new URL(this.getAttribute("src"), location.href);
    address.searchParams.set("q", this.kept.value ? "" : this.input.value);
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" } });
      if (!answer.ok || document.activeElement !== this.input) return;
      this.list.innerHTML = await answer.text();
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
      this.mark(0);
    } catch { this.close(); }
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
    if (event.key === "Enter" && !this.list.hidden) { event.preventDefault(); this.take(this.list.querySelector("[aria-selected=true]")); }
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
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    if (!this.kept.value && !this.hasAttribute("free")) this.input.value = "";
  }
}
customElements.define("ll-combobox", Combobox);
