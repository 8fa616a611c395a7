// <ll-combobox src="/people/choices">: types into a text field, fetches options as HTML
// (<li role="option" data-value="7">…</li>), keeps the choice in the hidden field.
import { Asking, mark } from "./asking.js";

class Combobox extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("[role=combobox]");
    this.kept = this.querySelector("input[type=hidden]");
    this.list = this.querySelector("[role=listbox]");
    this.asking = new Asking({
      address: () => this.address(),
      show: (options) => this.show(options),
      enter: () => this.take(this.list.querySelector("[aria-selected=true]")),
      lost: () => this.close(),
      wait: 120,
    });
    this.input.addEventListener("input", () => { this.kept.value = ""; this.asking.typed(); });
    this.input.addEventListener("focus", () => this.asking.now());
    this.input.addEventListener("keydown", (event) => this.steer(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 120));
    this.list.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(event.target.closest("[role=option]")); });
  }

  address() {
    const address = new URL(this.getAttribute("src"), location.href);
    address.searchParams.set("q", this.kept.value ? "" : this.input.value);
    return address;
  }

  show(options) {
    if (document.activeElement !== this.input) return false;
    this.list.innerHTML = options;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(0);
    return true;
  }

  mark(place) { this.at = mark(this.input, this.list, place); }

  steer(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { event.preventDefault(); if (this.list.hidden) this.asking.now(); else this.mark(this.at + step); }
    if (event.key === "Enter" && (!this.list.hidden || (this.asking.old && !this.hasAttribute("free")))) { event.preventDefault(); this.asking.entering(); }
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
    this.asking.forget();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    if (!this.kept.value && !this.hasAttribute("free")) this.input.value = "";
  }
}
customElements.define("ll-combobox", Combobox);
