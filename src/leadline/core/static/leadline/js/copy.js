// <ll-copy data-text>: its button puts the text on the clipboard.
class Copy extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", async ({ target }) => {
      const button = target.closest("[data-copy]");
      if (!button) return;
      await navigator.clipboard.writeText(this.dataset.text);
      button.querySelector("span").textContent = this.dataset.copied;
    });
  }
}
customElements.define("ll-copy", Copy);
