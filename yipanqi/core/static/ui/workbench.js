/* The workbench of methods: numbered lines, colours, completion, what can be put in, drafts that stay.
   The page works without any of it: then it is a plain field with a button. */
"use strict";

const area = document.querySelector("[data-editor]");
const form = area.closest("form");
const words = JSON.parse(form.dataset.words).map(([word, says, kind]) => ({ word, says, kind }));
const remedy = document.querySelector("[data-remedy]");
const drawn = document.createElement("pre");
const popup = document.createElement("ul");
const NAME = /[\w\u4e00-\u9fff]+$/;
const PARTS = /((?:^|\s)#.*$)|("[^"]*")|([\w\u4e00-\u9fff：]+)(?=:(?:\s|$))|([A-Z]{2,}|[组缺得名][\u4e00-\u9fff]*)(?=\()|(\d+(?:\.\d+)?%?)/g;
const CLASSES = ["", "c", "q", "k", "f", "n"];
const troubles = new Map();
let changed = false;
let behind = -1;
let offered = [];
let chosen = 0;

drawn.className = "drawn-lines";
drawn.setAttribute("aria-hidden", "true");
area.before(drawn);
area.parentElement.classList.add("live");
area.setAttribute("wrap", "soft");
popup.className = "completion";
popup.id = "completion";
popup.setAttribute("role", "listbox");
popup.hidden = true;
area.after(popup);
area.setAttribute("aria-controls", "completion");
area.setAttribute("aria-autocomplete", "list");

/* The text */
const lines = () => area.value.split("\n");
const caretLine = () => area.value.slice(0, area.selectionStart).split("\n").length - 1;

function put(text, from = area.selectionStart, to = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function select(from, to) {
  area.focus();
  area.setSelectionRange(from, to);
  const line = drawn.children[caretLine()];
  if (line) line.scrollIntoView({ block: "nearest" });
}

/* Colours and numbers: one line of the drawing for each line of the text. */
function coloured(text) {
  const row = document.createDocumentFragment();
  let last = 0;
  for (const found of text.matchAll(PARTS)) {
    const at = found.findIndex((part, number) => number > 0 && part !== undefined);
    row.append(text.slice(last, found.index));
    const span = document.createElement("span");
    span.className = CLASSES[at];
    span.textContent = found[0];
    row.append(span);
    last = found.index + found[0].length;
  }
  row.append(text.slice(last) || (last ? "" : "\u200b"));
  return row;
}

function draw() {
  const all = lines();
  while (drawn.children.length > all.length) drawn.lastChild.remove();
  all.forEach((text, number) => {
    let line = drawn.children[number];
    if (!line) drawn.append(line = document.createElement("div"));
    if (line.dataset.text !== text || !line.firstChild) {
      line.dataset.text = text;
      line.replaceChildren(coloured(text));
    }
    line.classList.toggle("bad", troubles.has(number + 1));
    line.classList.toggle("here", number === caretLine() && document.activeElement === area);
  });
  remedy.textContent = (troubles.get(caretLine() + 1) || []).join(" ");
}

/* What is wrong stands at its line, and the list leads there. */
function readTroubles() {
  troubles.clear();
  document.querySelectorAll("#said .problems li").forEach((item) => {
    const where = item.querySelector("strong");
    const found = where && where.textContent.match(/^第 (\d+) 行/);
    if (!found) return;
    const number = Number(found[1]);
    troubles.set(number, [...(troubles.get(number) || []), item.textContent.trim()]);
    if (item.querySelector("a")) return;
    const link = document.createElement("a");
    link.href = "#id_text";
    link.textContent = where.textContent;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const from = lines().slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
      select(from, from + (lines()[number - 1] || "").length);
    });
    where.replaceChildren(link);
  });
  draw();
}

/* Completion */
function figures() {
  const all = lines();
  const start = all.findIndex((line) => line.startsWith("figures:"));
  if (start < 0) return [];
  const found = [];
  for (const line of all.slice(start + 1)) {
    if (/^\S/.test(line)) break;
    const name = line.match(/^ {2}([^\s:#][^:]*):/);
    if (name) found.push({ word: name[1].trim(), says: line.slice(name[0].length).trim(), kind: "figure" });
  }
  return found;
}

function wanted(before) {
  if (/[:\s]"?=[^}]*$/.test(before)) {
    const own = ["满分", "总分"].map((word) => ({ word, says: "", kind: "figure" }));
    return [...figures(), ...own, ...words.filter((each) => each.kind === "function")];
  }
  if (/measure:\s*\w*$/.test(before)) return words.filter((each) => each.kind === "measure");
  if (/(node|cohort|deadline|indicator):\s*\w*$/.test(before)) return words.filter((each) => each.kind === "code");
  if (/kinds:\s*\[?[\w, ]*$/.test(before)) return words.filter((each) => each.kind === "kind");
  if (/(^\s*(- )?|[{,]\s*)\w*$/.test(before)) return words.filter((each) => each.kind === "key");
  return [];
}

function offer(asked) {
  const before = area.value.slice(0, area.selectionStart).split("\n").pop();
  const typed = (before.match(NAME) || [""])[0];
  const known = typed || asked ? wanted(before) : [];
  const all = !asked && known.some((each) => each.word === typed) ? [] : known;
  const starts = all.filter((each) => each.word.toUpperCase().startsWith(typed.toUpperCase()));
  const holds = all.filter((each) => !starts.includes(each) && typed && each.word.includes(typed));
  offered = [...starts, ...holds].filter((each) => each.word !== typed).slice(0, 9);
  chosen = 0;
  popup.replaceChildren(...offered.map((each, number) => {
    const item = document.createElement("li");
    item.id = `completion-${number}`;
    item.setAttribute("role", "option");
    item.append(Object.assign(document.createElement("b"), { textContent: each.word }), ` ${each.says}`);
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(number); });
    return item;
  }));
  popup.hidden = offered.length === 0;
  if (!popup.hidden) place(before.length - typed.length);
  mark();
}

function mark() {
  Array.from(popup.children).forEach((item, number) => item.setAttribute("aria-selected", number === chosen));
  if (popup.hidden) area.removeAttribute("aria-activedescendant");
  else area.setAttribute("aria-activedescendant", `completion-${chosen}`);
}

function place(column) {
  const line = drawn.children[caretLine()];
  const range = document.createRange();
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let left = column;
  let node = walker.nextNode();
  while (node && left > node.length) {
    left -= node.length;
    node = walker.nextNode();
  }
  if (node) range.setStart(node, left); else range.selectNodeContents(line);
  const at = range.getBoundingClientRect();
  const box = area.parentElement.getBoundingClientRect();
  popup.style.left = `${Math.max(0, Math.min(at.left - box.left, box.width - 260))}px`;
  popup.style.top = `${at.bottom - box.top + area.parentElement.scrollTop + 2}px`;
}

function take(number) {
  const before = area.value.slice(0, area.selectionStart).split("\n").pop();
  const typed = (before.match(NAME) || [""])[0];
  const { word, kind } = offered[number];
  const bare = /^[^\W\d][\w]*$|^[\u4e00-\u9fff_A-Za-z][\w\u4e00-\u9fff]*$/.test(word);
  const text = kind === "function" ? `${word}(` : kind === "key" ? `${word}: ` : bare ? word : `[${word}]`;
  put(text, area.selectionStart - typed.length, area.selectionStart);
  close();
}

function close() {
  popup.hidden = true;
  offered = [];
  mark();
}

/* Putting things in */
const isBlank = (text) => text.trim() === "";

function endOf(all, start, inside) {
  let end = start + 1;
  while (end < all.length && (isBlank(all[end]) || inside(all[end]))) end += 1;
  while (end > start + 1 && isBlank(all[end - 1])) end -= 1;
  return end;
}

function section(all, name) {
  const start = all.findIndex((line) => line.startsWith(`${name}:`));
  return start < 0 ? null : { start, end: endOf(all, start, (line) => /^\s/.test(line)) };
}

function group(all) {
  const groups = section(all, "groups");
  if (!groups) return null;
  const heads = all.map((line, number) => number).filter((n) => n > groups.start && n < groups.end && /^\s*- group:/.test(all[n]));
  const here = caretLine();
  const start = heads.filter((n) => n <= here).pop() ?? heads[heads.length - 1];
  if (start === undefined) return null;
  const next = heads.find((n) => n > start) ?? groups.end;
  const items = all.findIndex((line, n) => n > start && n < next && /^\s*items:\s*$/.test(line));
  return items < 0 ? null : { start: items, end: endOf(all, items, (line) => /^ {6}/.test(line)) };
}

function target(all, into) {
  if (into === "items") return { ...(group(all) || {}), indent: 6 };
  if (into !== "lists" && into !== "boards") return { ...(section(all, into) || {}), indent: 2 };
  const results = section(all, "results");
  if (!results) return { indent: 4 };
  const start = all.findIndex((line, n) => n > results.start && n < results.end && line.startsWith(`  ${into}:`));
  if (start < 0) return { at: results.end, head: `  ${into}:`, indent: 4 };
  return { start, end: endOf(all, start, (line) => /^ {4}/.test(line)), indent: 4 };
}

function missing(all, into) {
  if (into === "items") return { at: (section(all, "groups") || { end: all.length }).end, head: `${section(all, "groups") ? "" : "groups:\n"}  - group: 一个组\n    items:` };
  if (into === "lists" || into === "boards") return { at: all.length, head: `results:\n  ${into}:` };
  const results = into === "veto" ? section(all, "results") : null;
  return { at: results ? results.start : all.length, head: `${into}:` };
}

function insert(into, text) {
  const all = lines();
  const found = target(all, into);
  const body = text.split("\n").map((line) => " ".repeat(found.indent) + line).join("\n");
  const spot = found.end !== undefined ? { at: found.end, head: "" } : found.at !== undefined ? found : missing(all, into);
  const from = all.slice(0, spot.at).join("\n").length;
  const added = `${spot.at ? "\n" : ""}${spot.head}${spot.head ? "\n" : ""}${body}`;
  put(added, from, from);
  area.setSelectionRange(from + added.length - body.length, from + added.length - body.length);
  behind = area.value.length - from - added.length;
  if (!nextStop()) select(from + added.length, from + added.length);
}

/* Tab goes through what stands to be filled in of something just put in: its sentence, marks, names. */
const STOPS = /((?:says|full|at_most|first|last|outcome): )([^\n]+)|名称|一个组|完成|任务/;

function nextStop() {
  const end = area.value.length - behind;
  if (behind < 0 || area.selectionEnd >= end) return false;
  const found = area.value.slice(area.selectionEnd, end).match(STOPS);
  if (!found) return false;
  const from = area.selectionEnd + found.index + (found[1] || "").length;
  select(from, from + (found[2] || found[0]).length);
  return true;
}

/* Drafts: kept when the page is left, and every few minutes. */
async function keep() {
  if (!changed) return;
  changed = false;
  const sent = new FormData();
  sent.append("text", area.value);
  sent.append("draft", (form.elements.draft || {}).value || "");
  const headers = { "HX-Request": "true", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const answer = await fetch(form.dataset.draft, { method: "POST", body: sent, headers, keepalive: true });
  if (answer.ok) document.getElementById("draft").outerHTML = await answer.text();
}

area.addEventListener("input", (event) => {
  changed = true;
  draw();
  if (!event.isComposing) offer(false);
});
area.addEventListener("compositionend", () => { draw(); offer(false); });
area.addEventListener("blur", () => { close(); draw(); });
document.addEventListener("selectionchange", () => { if (document.activeElement === area) draw(); });
area.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (!popup.hidden && ["ArrowDown", "ArrowUp", "Enter", "Tab", "Escape"].includes(event.key)) {
    event.preventDefault();
    if (event.key === "Escape") close();
    else if (event.key === "Enter" || event.key === "Tab") take(chosen);
    else chosen = (chosen + (event.key === "ArrowDown" ? 1 : offered.length - 1)) % offered.length;
    mark();
  } else if (event.key === "Tab" && !event.shiftKey && nextStop()) {
    event.preventDefault();
  } else if (event.key === "Escape") {
    behind = -1;
  } else if (event.key === " " && event.ctrlKey) {
    event.preventDefault();
    offer(true);
  } else if (event.key === "Enter" && !event.ctrlKey) {
    event.preventDefault();
    const line = area.value.slice(0, area.selectionStart).split("\n").pop();
    const indent = line.match(/^ */)[0].length + (/^ *- /.test(line) ? 2 : /:\s*$/.test(line) ? 2 : 0);
    put(`\n${" ".repeat(indent)}`);
  }
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (button) insert(button.dataset.into, button.dataset.insert);
});
document.querySelectorAll("[data-insert]").forEach((button) => { button.hidden = false; });
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "said") document.getElementById("scored").classList.add("stale");
  readTroubles();
});
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
window.addEventListener("pagehide", keep);
form.addEventListener("submit", () => { changed = false; });
setInterval(keep, 180000);
readTroubles();
