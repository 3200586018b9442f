// What the theme makes in the browser: rows of buttons are no landmarks, and the keyboard scrolls code and tables.
function complete() {
  for (const row of document.querySelectorAll(".md-code__nav:not([role])")) {
    row.setAttribute("role", "presentation");
  }
  for (const wide of document.querySelectorAll(".md-typeset__scrollwrap, pre > code")) {
    if (wide.scrollWidth > wide.clientWidth && !wide.hasAttribute("tabindex")) {
      wide.setAttribute("tabindex", "0");
    }
  }
}
new MutationObserver(complete).observe(document.body, { childList: true, subtree: true });
addEventListener("load", complete);
