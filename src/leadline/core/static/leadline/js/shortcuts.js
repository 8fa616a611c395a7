// <ll-shortcuts>: keys are declared where they act: data-key="g c" on a link, button or field. `?` lists those on this page.
class Shortcuts extends HTMLElement {
  connectedCallback() {
    this.typed = [];
    document.addEventListener("keydown", (event) => this.hear(event));
    document.addEventListener("click", (event) => { if (event.target.closest("[data-shows-keys]")) this.show(); });
  }

  hear(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
    if (event.key === "?") return this.show();
    if (event.key.length > 1) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.typed = []; }, 900);
    this.typed = [...this.typed, event.key].slice(-2);
    const wanted = [this.typed.join(" "), event.key];
    const goal = wanted.map((keys) => document.querySelector(`[data-key="${CSS.escape(keys)}"]`)).find(Boolean);
    if (!goal) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.typed = [];
    if (goal.matches("input, textarea, select")) { goal.focus(); goal.select?.(); } else goal.click();
  }

  show() {
    const dialog = this.querySelector("dialog");
    const list = dialog.querySelector("[data-here]");
    list.replaceChildren();
    const told = new Set();
    for (const goal of document.querySelectorAll("[data-key]")) {
      if (told.has(goal.dataset.key)) continue;
      told.add(goal.dataset.key);
      list.append(this.line(goal.dataset.keyLabel ?? goal.ariaLabel ?? goal.title ?? "", goal));
    }
    dialog.showModal();
  }

  line(label, goal) {
    const item = document.createElement("li");
    const stroke = Object.assign(document.createElement("span"), { className: "stroke" });
    for (const key of goal.dataset.key.split(" ")) stroke.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    item.append(label || goal.textContent.trim(), stroke);
    return item;
  }
}
customElements.define("ll-shortcuts", Shortcuts);
