// htmx and the server: the CSRF token on every request, and words for what went wrong.
// Nothing is swapped away on a fault (see noSwap in core/base.html), so what was typed stays.
const words = document.querySelector("#words")?.dataset ?? {};

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  const token = document.querySelector("meta[name=csrf-token]")?.content;
  if (token && ctx.request.method !== "GET") ctx.request.headers["X-CSRFToken"] = token;
});

// A source that was swapped away would tell its HX-Trigger events to the document only; panels listen on the body.
document.addEventListener("htmx:finally:swap", ({ detail: { ctx } }) => {
  if (ctx?.sourceElement && !ctx.sourceElement.isConnected) ctx.sourceElement = document.body;
});

// A refusal that no form took is one sentence (core/_refusal.html): tell it, swap nothing.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  if (!ctx.text?.includes("data-refusal")) return;
  const told = new DOMParser().parseFromString(ctx.text, "text/html").querySelector("[data-refusal]");
  tell(told.textContent.trim(), told.dataset.why);
  ctx.swap = "none";
});

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  const status = ctx.response.status;
  if (status === 401) location.reload();
  else if (status === 422 || status === 409 || ctx.text?.includes("data-refusal")) return;
  else tell(status === 403 ? words.forbidden : status === 404 ? words.gone : words.fault);
});

document.addEventListener("htmx:error", ({ detail }) => {
  if (detail.ctx && !detail.ctx.response) offline(true);
});
document.addEventListener("htmx:before:response", () => offline(false));
addEventListener("offline", () => offline(true));
addEventListener("online", () => offline(false));

function offline(lost) {
  const notice = document.querySelector("#offline");
  if (notice) notice.hidden = !lost;
}

function tell(message, why) {
  document.dispatchEvent(new CustomEvent("toast", { detail: { message, tone: "bad", url: why, label: words.why, target: "#why" } }));
}
