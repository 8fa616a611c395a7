// The open tab stands in sight, also where the tabs run over the edge of a phone.
function show() {
  for (const tab of document.querySelectorAll(".tabs > [aria-current]")) {
    const row = tab.parentElement;
    const [here, all] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
    if (here.right > all.right || here.left < all.left) row.scrollLeft += here.left - all.left - (all.width - here.width) / 2;
  }
}
show();
document.addEventListener("htmx:after:swap", show);
