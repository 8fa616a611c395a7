// <ll-board-keys> in <ll-board>: arrows go from card to card, column to column and lane to lane; with Shift they move the
// card at hand into the column beside, the lane above or below. The card at hand stays at hand when the board renews itself.
class BoardKeys extends HTMLElement {
  connectedCallback() {
    this.hear = this.hear.bind(this);
    this.renew = () => {
      const card = this.last && document.getElementById(this.last), at = document.activeElement;
      if (card && !card.matches(".at") && (at === document.body || this.contains(at))) this.go(card);
    };
    document.addEventListener("keydown", this.hear);
    document.addEventListener("htmx:after:swap", this.renew);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.hear);
    document.removeEventListener("htmx:after:swap", this.renew);
  }

  hear(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key], walk = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!(step || walk) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [popover]")) return;
    const card = event.target.closest(".board-card") ?? this.querySelector(".board-card.at");
    if (!card || !this.contains(card)) return;
    event.preventDefault();
    if (event.shiftKey) this.move(card, step, walk);
    else if (walk) this.go(card[walk < 0 ? "previousElementSibling" : "nextElementSibling"] ?? this.beyond(card, walk));
    else this.cross(card, step);
  }

  piles(card, takes = () => true) { return [...card.closest("[data-lane]").querySelectorAll("[data-pile]")].filter(takes); }

  cross(card, step) {
    const place = [...card.parentElement.children].indexOf(card);
    const piles = this.piles(card, (pile) => pile.children.length > 0);
    const cards = piles[piles.indexOf(card.parentElement) + step]?.children;
    if (cards) this.go(cards[Math.min(place, cards.length - 1)]);
  }

  move(card, step, walk) {
    const from = card.parentElement, piles = this.piles(card);
    const to = walk ? this.across(card, walk) : piles[piles.indexOf(from) + step];
    this.last = card.id;
    if (to) this.closest("ll-board").send(card, from, to);
  }

  // The same column in the lane above or below.
  across(card, walk, lane = card.closest("[data-lane]")) {
    const lanes = [...this.querySelectorAll("[data-lane]")], next = lanes[lanes.indexOf(lane) + walk];
    return next && [...next.querySelectorAll("[data-pile]")].find((pile) => pile.dataset.pile === card.parentElement.dataset.pile);
  }

  beyond(card, walk) {
    for (let pile = this.across(card, walk); pile; pile = this.across(card, walk, pile.closest("[data-lane]"))) {
      if (pile.children.length) return pile[walk < 0 ? "lastElementChild" : "firstElementChild"];
    }
  }

  go(card) {
    if (!card) return;
    this.querySelectorAll(".at").forEach((other) => other.classList.remove("at"));
    card.classList.add("at");
    card.tabIndex = -1;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.last = card.id;
  }
}
customElements.define("ll-board-keys", BoardKeys);
