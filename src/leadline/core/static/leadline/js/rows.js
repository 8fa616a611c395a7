// <ll-rows> around a table or list: j and k walk the rows, x picks, Enter opens, data-row-key="e" acts on the row.
// Where one was stays when the list renews itself at the same address, so that row after row is done by one key.
let left = { address: "", place: -1 };

class Rows extends HTMLElement {
  connectedCallback() {
    this.hear = this.hear.bind(this);
    document.addEventListener("keydown", this.hear);
    if (left.place >= 0 && left.address === location.href) this.rows[Math.min(left.place, this.rows.length - 1)]?.classList.add("at");
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.hear);
  }

  get rows() {
    return [...this.querySelectorAll("tbody tr:not(.group), [data-row]")];
  }

  hear(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const row = this.querySelector(".at");
    if (event.key === "j" || event.key === "k") return this.walk(event.key === "j" ? 1 : -1, event);
    if (!row) return;
    if (event.key === "Escape") { left.place = -1; return row.classList.remove("at"); }
    if (event.key === "x") return row.querySelector(".pick")?.click();
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    if (event.key === "Enter") return row.querySelector("th a, a")?.click();
    row.querySelector(`[data-row-key="${CSS.escape(event.key)}"]`)?.click();
  }

  walk(step, event) {
    const rows = this.rows;
    if (!rows.length) return;
    event.preventDefault();
    const at = rows.findIndex((row) => row.classList.contains("at"));
    rows[at]?.classList.remove("at");
    left = { address: location.href, place: Math.min(Math.max(at + step, 0), rows.length - 1) };
    const next = rows[left.place];
    next.classList.add("at");
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
}
customElements.define("ll-rows", Rows);
