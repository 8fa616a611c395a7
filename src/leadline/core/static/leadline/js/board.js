// <ll-board>: a card is dragged into another column (Sortable), and the form #board-move tells the server, whose answer is
// the board as it is. A column that asks something (data-asks) opens its dialog instead. Without an answer the card goes
// back; while somebody drags, what others change waits.
class Board extends HTMLElement {
  connectedCallback() {
    this.attach();
    this.hold = (event) => { if (this.dragging && this.concerns(event.detail.ctx)) event.preventDefault(); };
    this.renew = ({ detail: { ctx } }) => { if (!this.concerns(ctx)) return; this.attach(); this.querySelector("ll-selection")?.renew(); };
    this.end = ({ detail: { ctx } }) => { if (ctx?.sourceElement?.id === "board-move" && ![200, 422].includes(ctx.response?.status)) this.putBack(); };
    document.addEventListener("htmx:before:swap", this.hold);
    document.addEventListener("htmx:after:swap", this.renew);
    document.addEventListener("htmx:finally:request", this.end);
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:before:swap", this.hold);
    document.removeEventListener("htmx:after:swap", this.renew);
    document.removeEventListener("htmx:finally:request", this.end);
  }

  concerns(ctx) { return ctx?.target?.id === "rows" || ctx?.target === "#rows"; }

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
          if (from.dataset.pile === to.dataset.pile) return;
          this.origin = { item, from, before: from.querySelectorAll(".board-card")[oldDraggableIndex] ?? null };
          this.send(item, from, to);
        },
      });
    }
  }

  get form() { return this.querySelector("#board-move"); }

  send(card, from, to) {
    if (to.dataset.asks) {
      this.putBack();
      return window.htmx.ajax("GET", to.dataset.asks.replace("/0/", `/${card.dataset.card}/`), { target: "#dialog", swap: "innerHTML" });
    }
    const { card: key, to: goal, seen } = this.form.elements;
    [key.value, goal.value, seen.value] = [card.dataset.card, to.dataset.pile, from.dataset.pile];
    this.form.requestSubmit();
  }

  putBack() {
    if (this.origin) this.origin.from.insertBefore(this.origin.item, this.origin.before);
    this.origin = null;
  }
}
customElements.define("ll-board", Board);
