// Tells the page around this form how high it is; it tells nothing else, and to nobody when it stands alone.
if (parent !== window) {
  const shown = document.querySelector(".visit-frame") ?? document.body;
  const tell = () => parent.postMessage({ leadlineFormHeight: shown.scrollHeight }, "*");
  new ResizeObserver(tell).observe(shown);
  tell();
}
document.querySelector("[aria-invalid=true]")?.focus();
