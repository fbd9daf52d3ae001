// Search, filters and the choice of languages. Without it every page can still be read.
"use strict";

// -- which languages stand side by side, as words or as drawn where; remembered from page to page

const KEPT = "gallery";
const boxes = [...document.querySelectorAll("[data-shows]")];

function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

function choose() {
  for (const box of boxes) {
    for (const each of document.querySelectorAll(`.side [data-${box.dataset.shows}="${box.value}"]`)) each.hidden = !box.checked;
  }
}

const kept = recall();
for (const box of boxes) {
  box.checked = kept[box.value] ?? box.checked;
  box.addEventListener("change", () => {
    choose();
    try {
      localStorage.setItem(KEPT, JSON.stringify({ ...recall(), [box.value]: box.checked }));
    } catch {
      // Where pages may not keep anything, the choice is made anew on each.
    }
  });
}
choose();

// -- the list of all sentences; what is looked for stands in the address, so that it can be sent to others

const filter = document.getElementById("filter");
if (filter) {
  const rows = [...document.querySelectorAll("#all tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const count = document.getElementById("count");

  function fits(row, text, wanted) {
    if (wanted.q && !wanted.q.toLowerCase().split(/\s+/).every((word) => text.includes(word))) return false;
    if (wanted.state === "unshown" && !("unshown" in row.dataset)) return false;
    const cells = [...row.cells].filter((cell) => cell.dataset.tag && (!wanted.locale || cell.dataset.tag === wanted.locale));
    if (wanted.state && wanted.state !== "unshown" && !cells.some((cell) => wanted.state in cell.dataset)) return false;
    if (!wanted.finding) return true;
    return cells.some((cell) => {
      const found = (cell.dataset.findings ?? "").split(" ").filter(Boolean);
      return wanted.finding === "any" ? found.length > 0 : found.includes(wanted.finding);
    });
  }

  function apply() {
    const wanted = Object.fromEntries(new FormData(filter));
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !fits(row, texts[at], wanted);
      shown += !row.hidden;
    });
    for (const cell of document.querySelectorAll("#all [data-tag]")) {
      cell.hidden = Boolean(wanted.locale) && cell.dataset.tag !== wanted.locale && cell.dataset.tag !== "en";
    }
    count.textContent = `${shown} of ${rows.length} sentences`;
    const said = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
    history.replaceState(null, "", `${location.pathname}#${said}`);
  }

  function read() {
    const said = new URLSearchParams(location.hash.slice(1) || location.search);
    for (const field of filter.elements) if (field.name) field.value = said.get(field.name) ?? "";
    apply();
  }

  filter.addEventListener("input", apply);
  filter.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", read);
  read();
}

// -- keys: "/" goes to the search

addEventListener("keydown", (event) => {
  if (event.key !== "/" || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
  event.preventDefault();
  document.querySelector("#filter [name=q], [name=q]").focus();
});
