// <ll-board>: a card is dragged into another column or lane (Sortable), and the form with data-move tells the server, whose
// answer is the board as it is; within another page it is the dialog. A column that asks something (data-asks) opens its
// dialog instead. Without an answer the card goes back; while somebody drags, what others change waits.
class Board extends HTMLElement {
  connectedCallback() {
    this.attach();
    this.hold = (event) => { if (this.dragging && this.concerns(event.detail.ctx)) event.preventDefault(); };
    this.renew = ({ detail: { ctx } }) => { if (!this.concerns(ctx)) return; this.attach(); this.querySelector("ll-selection")?.renew(); };
    this.end = ({ detail: { ctx } }) => { if (ctx?.sourceElement === this.form && !this.answers.includes(ctx.response?.status)) this.putBack(); };
    document.addEventListener("htmx:before:swap", this.hold);
    document.addEventListener("htmx:after:swap", this.renew);
    document.addEventListener("htmx:finally:request", this.end);
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:before:swap", this.hold);
    document.removeEventListener("htmx:after:swap", this.renew);
    document.removeEventListener("htmx:finally:request", this.end);
  }

  concerns(ctx) { return ["rows", "follow"].includes(ctx?.target?.id ?? ctx?.target?.slice?.(1)); }

  attach() {
    if (!this.form) return;
    for (const pile of this.querySelectorAll("[data-pile]")) {
      if (window.Sortable.get(pile)) continue;
      window.Sortable.create(pile, {
        group: "board", sort: false, draggable: ".board-card", filter: "input", preventOnFilter: false,
        delay: 220, delayOnTouchOnly: true, emptyInsertThreshold: 24, ghostClass: "is-ghost",
        // Held from the press on: what others changed must not take the card away from under the hand.
        onChoose: () => { this.dragging = true; },
        onUnchoose: () => { this.dragging = false; },
        onStart: () => this.toggleAttribute("data-dragging", true),
        onEnd: ({ item, from, to, oldDraggableIndex }) => {
          this.toggleAttribute("data-dragging", false);
          if (from === to) return;
          this.origin = { item, from, before: from.querySelectorAll(".board-card")[oldDraggableIndex] ?? null };
          this.send(item, from, to);
        },
      });
    }
  }

  get form() { return this.querySelector("form[data-move]"); }

  // The whole board is shown anew by a refusal (422) too; the dialog of a small one leaves it as it is.
  get answers() { return this.form.elements.dragged ? [200, 422] : [200]; }

  send(card, from, to) {
    if (to.dataset.asks && to.dataset.pile !== from.dataset.pile) {
      this.putBack();
      return window.htmx.ajax("GET", to.dataset.asks.replace("/0/", `/${card.dataset.card}/`), { target: "#dialog", swap: "innerHTML" });
    }
    const given = { card: card.dataset.card, to: to.dataset.pile, seen: from.dataset.pile, lane: this.lane(to), lane_seen: this.lane(from) };
    for (const [name, value] of Object.entries(given)) if (this.form.elements[name]) this.form.elements[name].value = value;
    this.form.requestSubmit();
  }

  lane(pile) { return pile.closest("[data-lane]").dataset.lane; }

  putBack() {
    if (this.origin) this.origin.from.insertBefore(this.origin.item, this.origin.before);
    this.origin = null;
  }
}
customElements.define("ll-board", Board);
