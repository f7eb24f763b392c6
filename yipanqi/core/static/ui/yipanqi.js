/* Keys for fast hands. Nothing here is needed: every page works without it. */
"use strict";

const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

const rows = () => Array.from(document.querySelectorAll("table.t tbody tr")).filter((row) => row.querySelector("a"));

/* On a board: up and down in a column, left and right to its neighbour. */
function onBoard(board, down, right) {
  const columns = Array.from(board.children).map((column) => Array.from(column.querySelectorAll(".case")));
  const at = columns.findIndex((cards) => cards.includes(document.activeElement));
  const here = at < 0 ? -1 : columns[at].indexOf(document.activeElement);
  const cards = columns[Math.min(Math.max(at + (at < 0 ? 1 : right), 0), columns.length - 1)] || [];
  const next = cards[Math.min(Math.max(here + (here < 0 ? 1 : down), 0), cards.length - 1)];
  if (next) next.focus();
}

function walk(step) {
  const board = document.querySelector(".board");
  if (board) {
    onBoard(board, step, 0);
    return;
  }
  const all = rows();
  const now = all.findIndex((row) => row.classList.contains("walked"));
  const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
  if (!next) return;
  all.forEach((row) => row.classList.toggle("walked", row === next));
  next.querySelector("a").focus();
}

function open(name) {
  const dialog = document.getElementById(name);
  if (!dialog || dialog.open) return;
  dialog.showModal();
  const field = dialog.querySelector("input");
  if (field) field.select();
}

/* Up and down among what the palette found; Enter opens the first, or the one that is chosen. */
function among(dialog, step) {
  const links = Array.from(dialog.querySelectorAll(".found a"));
  const next = links[links.indexOf(document.activeElement) + step];
  (next || dialog.querySelector("input")).focus();
}

function inPalette(event, dialog) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    among(dialog, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && typing(event.target)) {
    const first = dialog.querySelector(".found a");
    if (first) {
      event.preventDefault();
      first.click();
    }
  }
}

document.addEventListener("keydown", (event) => {
  const palette = document.getElementById("palette");
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && palette) {
    event.preventDefault();
    open("palette");
    return;
  }
  if (palette && palette.open) {
    inPalette(event, palette);
    return;
  }
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (event.key === "?") open("keys");
  if (event.key === "j") walk(1);
  if (event.key === "k") walk(-1);
  const board = document.querySelector(".board");
  if (board && event.key === "h") onBoard(board, 0, -1);
  if (board && event.key === "l") onBoard(board, 0, 1);
  const box = document.querySelector("tr.walked [data-tick]");
  if (box && event.key === "x") box.click();
});

/* The box in the head ticks all; a row that is ticked shows it. */
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-all], [data-tick]")) return;
  document.querySelectorAll("[data-tick]").forEach((box) => {
    if (event.target.matches("[data-all]")) box.checked = event.target.checked;
    box.closest("tr").classList.toggle("ticked", box.checked);
  });
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.me[open], details.menu[open]").forEach((open) => {
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
