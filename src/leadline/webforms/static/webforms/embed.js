// Puts a form of Leadline where this script stands, in a frame that is as high as the form.
(() => {
  const me = document.currentScript;
  const house = new URL(me.src).origin;
  const asked = new URLSearchParams({ embedded: "1" });
  for (const name of ["language", "theme"]) if (me.dataset[name]) asked.set(name, me.dataset[name]);
  const frame = document.createElement("iframe");
  frame.src = `${house}/f/${encodeURIComponent(me.dataset.form)}?${asked}`;
  frame.title = me.dataset.title || "Form";
  frame.width = "100%";
  frame.height = "640";
  frame.loading = "lazy";
  frame.style.border = "0";
  addEventListener("message", (told) => {
    const height = told.data?.leadlineFormHeight;
    if (told.source !== frame.contentWindow || told.origin !== house || !Number.isFinite(height)) return;
    frame.height = String(Math.min(6000, Math.max(120, Math.ceil(height))));
  });
  me.after(frame);
})();
