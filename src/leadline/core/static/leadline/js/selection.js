// <ll-selection matching="4280">: picks rows (.pick), the page (.pick-page), a range with Shift, or all that match.
// The form then holds the picked `ids`, or `all=1` when everything that matches is meant.
class Selection extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      if (event.target.matches(".pick")) this.pick(event.target, event.shiftKey);
      if (event.target.matches(".pick-page")) this.picks.forEach((box) => { box.checked = event.target.checked; });
      if (event.target.closest("[data-pick-all]")) this.all.value = "1";
      if (event.target.closest("[data-pick-none]")) this.picks.forEach((box) => { box.checked = false; });
      if (event.target.matches(".pick, .pick-page") || event.target.closest("[data-pick-all], [data-pick-none]")) this.tell(event);
    });
    this.tell();
  }

  get picks() { return [...this.querySelectorAll(".pick")]; }
  get all() { return this.querySelector("input[name=all]"); }

  pick(box, range) {
    const boxes = this.picks;
    const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((a, b) => a - b);
    if (range && from >= 0) boxes.slice(from, to + 1).forEach((other) => { other.checked = box.checked; });
    this.last = box;
  }

  tell(event) {
    const picked = this.picks.filter((box) => box.checked).length;
    const bar = this.querySelector(".bulk");
    if (!bar) return;
    if (this.all && !event?.target.closest("[data-pick-all]")) this.all.value = "";
    const everything = this.all?.value === "1";
    const matching = Number(this.getAttribute("matching") || 0);
    bar.hidden = picked === 0;
    const told = bar.querySelector("[data-told]");
    told.textContent = told.dataset.words.replace("{count}", (everything ? matching : picked).toLocaleString(document.documentElement.lang));
    const offer = bar.querySelector("[data-pick-all]");
    if (offer) offer.hidden = everything || picked < this.picks.length || matching <= picked;
    const page = this.querySelector(".pick-page");
    if (page) {
      page.checked = picked > 0 && picked === this.picks.length;
      page.indeterminate = picked > 0 && picked < this.picks.length;
    }
  }
}
customElements.define("ll-selection", Selection);
