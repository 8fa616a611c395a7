// <ll-password>: a button that shows what is typed, and for a new password its strength in words.
class Password extends HTMLElement {
  connectedCallback() {
    if (this.button) return;
    this.input = this.querySelector("input");
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "reveal" });
    this.button.setAttribute("aria-controls", this.input.id);
    this.append(this.button);
    this.reveal(false);
    this.button.addEventListener("click", () => { this.reveal(this.input.type === "password"); this.input.focus(); });
    this.closest("form")?.addEventListener("submit", () => this.reveal(false));
    if (!this.dataset.shortest) return;
    this.told = Object.assign(document.createElement("output"), { className: "strength", htmlFor: this.input.id });
    this.told.setAttribute("aria-live", "polite");
    this.append(this.told);
    this.input.addEventListener("input", () => this.tell());
  }

  reveal(shown) {
    this.input.type = shown ? "text" : "password";
    this.button.textContent = shown ? this.dataset.hide : this.dataset.show;
    this.button.setAttribute("aria-pressed", shown);
  }

  tell() {
    const typed = [...this.input.value.normalize("NFKC")], different = new Set(typed).size;
    const level = !typed.length ? "" : typed.length < this.dataset.shortest ? "short"
      : different < 6 ? "weak" : typed.length < 14 ? "fair" : "good";
    this.told.textContent = level ? this.dataset[level] : "";
    this.told.dataset.level = level;
  }
}
customElements.define("ll-password", Password);
