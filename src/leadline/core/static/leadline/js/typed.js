// A part with data-keeps-typed that is drawn anew keeps what was typed or chosen in it while the answer was under way.
// `NAME.was` beside `NAME.value` says what the value is of: of something else now, it is not carried over.
const sent = new WeakMap();
const TYPED = "input:not([type=hidden], [type=checkbox], [type=radio]), select:not([multiple]), textarea";

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (ctx.target?.matches?.("[data-keeps-typed]")) sent.set(ctx, valuesOf(ctx.target));
});

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const before = sent.get(ctx);
  const part = before && document.getElementById(ctx.target.id);
  if (!part) return;
  const now = valuesOf(part);
  sent.set(ctx, {
    typed: [...now].filter(([key, value]) => before.has(key) && before.get(key) !== value),
    at: part.contains(document.activeElement) ? keyOf(document.activeElement, part) : null,
  });
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const kept = sent.get(ctx);
  const part = kept?.typed && document.getElementById(ctx.target.id);
  if (!part) return;
  for (const [key, value] of kept.typed) {
    const field = fieldOf(key, part);
    if (!field || field.value === value) continue;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const field = kept.typed.length && kept.at && fieldOf(kept.at, part);
  if (field) field.focus();
});

function valuesOf(part) {
  return new Map([...part.querySelectorAll(TYPED)].filter((field) => field.name).map((field) => [keyOf(field, part), field.value]));
}

// Its name, its place among those of the same name, and what it is a value of.
function keyOf(field, part) {
  const place = [...part.querySelectorAll(TYPED)].filter((each) => each.name === field.name).indexOf(field);
  const was = field.name.endsWith(".value") ? part.querySelector(`[name="${CSS.escape(field.name.slice(0, -6))}.was"]`)?.value : "";
  return JSON.stringify([field.name, place, was ?? ""]);
}

function fieldOf(key, part) {
  return [...part.querySelectorAll(TYPED)].find((field) => keyOf(field, part) === key);
}
