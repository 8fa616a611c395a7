// <ll-tags name="tags">: Enter or comma makes a tag, Backspace takes the last one back; each is a hidden field.
// Without script the plain field takes tags with commas between them.
class Tags extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input:not([type=hidden])");
    this.input.addEventListener("keydown", (event) => {
      if ((event.key === "Enter" || event.key === ",") && this.input.value.trim()) { event.preventDefault(); this.add(); }
      if (event.key === "Backspace" && !this.input.value) this.querySelector(".chip:nth-last-of-type(1)")?.remove();
    });
    this.input.addEventListener("blur", () => this.add());
    this.addEventListener("click", (event) => event.target.closest("button")?.closest(".chip")?.remove());
  }

  add() {
    for (const word of this.input.value.split(",").map((part) => part.trim()).filter(Boolean)) {
      const there = [...this.querySelectorAll("input[type=hidden]")].some((field) => field.value.toLowerCase() === word.toLowerCase());
      if (there) continue;
      const chip = this.querySelector("template").content.firstElementChild.cloneNode(true);
      chip.querySelector("[data-word]").textContent = word;
      chip.querySelector("input").value = word;
      this.input.before(chip);
    }
    this.input.value = "";
  }
}
customElements.define("ll-tags", Tags);
