// <ll-selection matching="4280" state="status=…">: picks rows (.pick), the page (.pick-page), a range with Shift, or all that
// match. What is picked stays while the list is paged; another state of the list begins anew. The form sends `ids` of all
// pages, or `all=1` with those `excluded`.
let kept = { state: null };

class Selection extends HTMLElement {
  connectedCallback() {
    const state = this.getAttribute("state");
    if (kept.state !== state) kept = { state, ids: new Set(), all: false, excluded: new Set() };
    this.renew();
    this.addEventListener("click", (event) => this.hear(event));
    this.addEventListener("formdata", ({ formData }) => this.send(formData));
    this.done ??= () => this.clear();
    document.body.addEventListener("selection-done", this.done);
  }

  renew() {
    this.picks.forEach((box) => { box.checked = kept.all ? !kept.excluded.has(box.value) : kept.ids.has(box.value); });
    this.tell();
  }

  disconnectedCallback() { document.body.removeEventListener("selection-done", this.done); }

  get picks() { return [...this.querySelectorAll(".pick")]; }

  hear({ target, shiftKey }) {
    if (target.matches(".pick")) this.pick(target, shiftKey);
    else if (target.matches(".pick-page")) this.picks.forEach((box) => this.keep(box, target.checked));
    else if (target.closest("[data-pick-all]")) { kept.all = true; kept.excluded.clear(); this.picks.forEach((box) => { box.checked = true; }); }
    else if (target.closest("[data-pick-none]")) this.clear();
    else return;
    this.tell();
  }

  pick(box, range) {
    const boxes = this.picks;
    const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((a, b) => a - b);
    boxes.slice(range && from >= 0 ? from : to, to + 1).concat(box).forEach((other) => this.keep(other, box.checked));
    this.last = box;
  }

  keep(box, picked) {
    box.checked = picked;
    const [set, add] = kept.all ? [kept.excluded, !picked] : [kept.ids, picked];
    set[add ? "add" : "delete"](box.value);
  }

  clear() {
    kept.all = false; kept.ids.clear(); kept.excluded.clear();
    this.picks.forEach((box) => { box.checked = false; });
    this.tell();
  }

  send(data) {
    data.delete("ids");
    if (kept.all) { data.set("all", "1"); kept.excluded.forEach((id) => data.append("excluded", id)); }
    else kept.ids.forEach((id) => data.append("ids", id));
  }

  tell() {
    const bar = this.querySelector(".bulk");
    if (!bar) return;
    const matching = Number(this.getAttribute("matching") || 0), more = this.getAttribute("more") ?? "";
    const picked = kept.all ? Math.max(matching - kept.excluded.size, 0) : kept.ids.size;
    bar.hidden = picked === 0 && !kept.all;
    const told = bar.querySelector("[data-told]");
    told.textContent = told.dataset.words.replace("{count}", picked.toLocaleString(document.documentElement.lang) + (kept.all ? more : ""));
    const here = this.picks.filter((box) => box.checked).length;
    const offer = bar.querySelector("[data-pick-all]");
    if (offer) offer.hidden = kept.all || here < this.picks.length || matching <= picked;
    const page = this.querySelector(".pick-page");
    if (page) [page.checked, page.indeterminate] = [here > 0 && here === this.picks.length, here > 0 && here < this.picks.length];
  }
}
customElements.define("ll-selection", Selection);
