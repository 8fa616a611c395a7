// <ll-passkey data-options>: its button asks the browser to show a passkey, or with data-creates to make one, and sends
// what it says in the form's field "credential". <ll-when-passkeys> is shown where the browser knows passkeys.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const opened = (list) => list?.map((known) => ({ ...known, id: bytes(known.id) }));

class Passkey extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.told = this.querySelector("output");
    if (!window.PublicKeyCredential) {
      this.button.disabled = true;
      this.told.textContent = this.dataset.unable ?? "";
    }
    this.button.addEventListener("click", () => this.ask());
  }

  async ask() {
    this.button.disabled = true;
    this.told.textContent = "";
    try {
      const form = this.closest("form");
      form.elements.credential.value = JSON.stringify(await (this.dataset.creates === undefined ? this.show() : this.create()));
      form.requestSubmit();
    } catch {
      this.told.textContent = this.dataset.failed;
    }
    this.button.disabled = false;
  }

  async show() {
    const given = JSON.parse(this.dataset.options);
    const publicKey = { ...given, challenge: bytes(given.challenge), allowCredentials: opened(given.allowCredentials) };
    const { response, ...found } = said(await navigator.credentials.get({ publicKey }));
    const { authenticatorData, signature, userHandle } = response;
    return { ...found, response: { ...client(response), authenticatorData: text(authenticatorData), signature: text(signature), userHandle: userHandle ? text(userHandle) : undefined } };
  }

  async create() {
    const given = JSON.parse(this.dataset.options);
    const user = { ...given.user, id: bytes(given.user.id) };
    const publicKey = { ...given, user, challenge: bytes(given.challenge), excludeCredentials: opened(given.excludeCredentials) };
    const { response, ...made } = said(await navigator.credentials.create({ publicKey }));
    return { ...made, response: { ...client(response), attestationObject: text(response.attestationObject), transports: response.getTransports?.() ?? [] } };
  }
}
const said = ({ id, rawId, type, response }) => ({ id, rawId: text(rawId), type, response });
const client = (response) => ({ clientDataJSON: text(response.clientDataJSON) });
customElements.define("ll-passkey", Passkey);

class WhenPasskeys extends HTMLElement {
  connectedCallback() { this.hidden = !window.PublicKeyCredential; }
}
customElements.define("ll-when-passkeys", WhenPasskeys);
