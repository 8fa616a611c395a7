// Asks the server while somebody types. Only the newest answer counts, and Enter before it has come waits for it:
// what stands there answers an earlier word. `show` says whether the answer is still wanted.
export class Asking {
  constructor({ address, show, enter, lost, wait }) {
    Object.assign(this, { address, show, enter, lost, wait });
  }

  typed() {
    this.forget();
    this.old = true;
    this.timer = setTimeout(() => this.now(), this.wait);
  }

  async now() {
    this.drop();
    const asked = (this.asked = new AbortController());
    try {
      const answer = await fetch(this.address(), { headers: { "HX-Request": "true" }, signal: asked.signal });
      const parts = await answer.text();
      if (!answer.ok || !this.show(parts)) return;
      this.old = false;
      if (this.entered) this.go();
    } catch { if (!asked.signal.aborted) this.lost?.(); }
  }

  entering() {
    if (this.old) this.entered = true;
    else this.go();
  }

  go() {
    this.entered = false;
    this.enter();
  }

  // Nothing that was asked comes any more.
  forget() {
    this.drop();
    this.old = this.entered = false;
  }

  drop() {
    clearTimeout(this.timer);
    this.asked?.abort();
  }
}

// Marks one option of the answer, the first after the last, and tells it to the field; gives its place.
export function mark(input, list, place) {
  const options = [...list.querySelectorAll("[role=option]")];
  const at = options.length ? (place + options.length) % options.length : 0;
  options.forEach((option, index) => { option.id ||= `${list.id}-${index}`; option.setAttribute("aria-selected", index === at); });
  input.setAttribute("aria-activedescendant", options[at]?.id ?? "");
  options[at]?.scrollIntoView({ block: "nearest" });
  return at;
}
