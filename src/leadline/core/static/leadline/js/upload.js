// <ll-upload> around a form with one file: it can be dropped, and how far the upload is shows while it goes on.
class Upload extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    const drop = this.querySelector(".drop");
    drop.addEventListener("dragover", (event) => event.preventDefault());
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) drop.querySelector("input").files = event.dataTransfer.files;
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
  }

  send() {
    const bar = this.querySelector("[data-progress]");
    const request = new XMLHttpRequest();
    bar.hidden = false;
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      const percent = total ? Math.round((loaded / total) * 100) : 0;
      bar.querySelector("progress").value = percent;
      bar.querySelector("[data-told]").textContent = `${percent} %`;
    });
    request.addEventListener("load", () => {
      const address = request.getResponseHeader("HX-Redirect");
      if (address) return location.assign(address);
      bar.hidden = true;
      this.tell(request.response);
    });
    request.addEventListener("error", () => {
      bar.hidden = true;
      this.querySelector("[data-refusal]").textContent = this.getAttribute("failed");
    });
    request.open("POST", this.form.action);
    request.setRequestHeader("HX-Request", "true");
    request.responseType = "document";
    request.send(new FormData(this.form));
  }

  tell(answer) {
    const told = answer?.querySelector("[data-refusal]") ?? answer?.querySelector(".notice, main, p");
    const place = this.querySelector("[data-refusal]");
    if (told) place.replaceChildren(...told.cloneNode(true).childNodes);
    place.scrollIntoView({ block: "nearest" });
  }
}
customElements.define("ll-upload", Upload);
