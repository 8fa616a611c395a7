// <ll-toasts>: shows the event `toast` ({message, tone?, url?, label?, target?, values?}), sent by HX-Trigger or by script.
class Toasts extends HTMLElement {
  connectedCallback() {
    document.addEventListener("toast", ({ detail }) => this.show(detail));
    this.querySelectorAll(".toast").forEach((toast) => this.mind(toast));
  }

  show({ message, value, tone = "good", url, label, target, values }) {
    const toast = this.querySelector(`template[data-tone=${tone === "bad" ? "bad" : "good"}]`).content.firstElementChild.cloneNode(true);
    toast.querySelector("[data-message]").textContent = message ?? value;
    const link = toast.querySelector("a");
    if (url && url.startsWith("/")) {
      link.href = url;
      link.textContent = label ?? link.textContent;
      link.hidden = false;
      if (target) for (const [name, given] of [[values ? "hx-post" : "hx-get", url], ["hx-target", target], ["hx-swap", "innerHTML"]]) link.setAttribute(name, given);
      if (values) {
        link.setAttribute("hx-vals", JSON.stringify(values)); // sent rather than asked for, once: an undo
        link.addEventListener("click", () => toast.hidden = true);
      }
    }
    this.append(toast);
    if (target) window.htmx.process(toast);
    this.mind(toast);
  }

  mind(toast) {
    let timer;
    const wait = () => { timer = setTimeout(() => toast.remove(), toast.querySelector("a:not([hidden])") ? 12000 : 6000); };
    toast.addEventListener("pointerenter", () => clearTimeout(timer));
    toast.addEventListener("focusin", () => clearTimeout(timer));
    toast.addEventListener("pointerleave", wait);
    toast.querySelector("button").addEventListener("click", () => toast.remove());
    wait();
  }
}
customElements.define("ll-toasts", Toasts);
