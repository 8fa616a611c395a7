// <ll-order>: its children with data-moves go up and down by their buttons, or are dragged by their grip; the
// order of the form is the order that is sent.
class Order extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-up], [data-down]");
      const item = button?.closest("[data-moves]");
      if (!item) return;
      event.preventDefault();
      if (button.hasAttribute("data-up")) item.previousElementSibling?.before(item);
      else item.nextElementSibling?.after(item);
      button.focus();
    });
    this.addEventListener("pointerdown", (event) => this.grasp(event));
  }

  grasp(event) {
    const grip = event.target.closest("[data-grip]");
    const item = grip?.closest("[data-moves]");
    if (!item) return;
    event.preventDefault();
    item.toggleAttribute("data-dragged", true);
    const drag = (move) => {
      const under = document.elementFromPoint(move.clientX, move.clientY)?.closest("[data-moves]");
      if (!under || under === item || under.parentElement !== this) return;
      const { top, height } = under.getBoundingClientRect();
      if (move.clientY < top + height / 2) under.before(item);
      else under.after(item);
    };
    const drop = () => {
      item.toggleAttribute("data-dragged", false);
      document.removeEventListener("pointermove", drag);
      document.removeEventListener("pointerup", drop);
      document.removeEventListener("pointercancel", drop);
    };
    document.addEventListener("pointermove", drag);
    document.addEventListener("pointerup", drop);
    document.addEventListener("pointercancel", drop);
  }
}
customElements.define("ll-order", Order);
