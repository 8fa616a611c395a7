// <ll-order>: its children with data-moves go up and down by their buttons; the order of the form is the order that is sent.
class Order extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-up], [data-down]");
      const item = button?.closest("[data-moves]");
      if (!item) return;
      if (button.hasAttribute("data-up")) item.previousElementSibling?.before(item);
      else item.nextElementSibling?.after(item);
      button.focus();
    });
  }
}
customElements.define("ll-order", Order);
