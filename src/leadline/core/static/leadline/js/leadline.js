// Each behaviour is one small module; HTML, CSS and htmx do the rest. Pages work without any of it.
import "./network.js";
import "./confirm.js"; // before submit.js: a form that is asked about is not yet on its way
import "./submit.js";
import "./dialog.js";
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
import "./password.js";
import "./passkey.js";
import "./copy.js";
import "./confirm-person.js";
import "./tabs.js";
import "./typed.js";
