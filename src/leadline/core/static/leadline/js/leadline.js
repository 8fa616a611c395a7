// Each behaviour is one small module; HTML, CSS and htmx do the rest. Pages work without any of it.
import "./network.js";
import "./submit.js";
import "./dialog.js";
import "./confirm.js";
import "./toasts.js";
import "./palette.js";
import "./shortcuts.js";
import "./rows.js";
import "./selection.js";
import "./dirty.js";
import "./theme.js";
import "./combobox.js";
import "./tags.js";
import "./order.js";
import "./upload.js";
