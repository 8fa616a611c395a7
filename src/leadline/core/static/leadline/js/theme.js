// <ll-theme>: automatic, light or dark; kept in a cookie so that the server renders it and nothing flashes.
class Theme extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[value]");
      if (!button) return;
      event.preventDefault();
      document.documentElement.dataset.theme = button.value;
      document.cookie = `theme=${button.value}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
      this.querySelectorAll("button[value]").forEach((other) => other.setAttribute("aria-pressed", other === button));
    });
  }
}
customElements.define("ll-theme", Theme);
