/* Keys for fast hands. Nothing here is needed: every page works without it. */
"use strict";

const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

const rows = () => Array.from(document.querySelectorAll("table.t tbody tr")).filter((row) => row.querySelector("a"));

function walk(step) {
  const all = rows();
  const now = all.findIndex((row) => row.classList.contains("walked"));
  const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
  if (!next) return;
  all.forEach((row) => row.classList.toggle("walked", row === next));
  next.querySelector("a").focus();
}

document.addEventListener("keydown", (event) => {
  const search = document.querySelector("[data-search]");
  const called = (event.ctrlKey || event.metaKey) && event.key === "k";
  if (search && (called || (event.key === "/" && !typing(event.target)))) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (!typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (event.key === "j") walk(1);
    if (event.key === "k") walk(-1);
  }
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.me[open]").forEach((open) => {
    if (!open.contains(event.target)) open.removeAttribute("open");
  });
});

/* An address holds what was asked for, not the questions left open. */
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.detail.elt.matches("[data-lean]")) return;
  const asked = event.detail.parameters;
  Object.keys(asked).forEach((name) => { if (asked[name] === "") delete asked[name]; });
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
