// What gets better with JavaScript; every page works without.

// A button that copies, beside what is made to be copied.
for (const text of document.querySelectorAll(".copyable")) {
  const words = text.textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = text.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words.trim());
    button.textContent = text.dataset.copied;
  });
  text.append(button);
}

// A field that leaves in a list only what has its words.
for (const field of document.querySelectorAll("[data-filters]")) {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const items = [...document.querySelectorAll(field.dataset.filters)].map((item) => [item, plain(item.textContent)]);
  field.parentElement.hidden = false;
  field.addEventListener("input", () => {
    const words = plain(field.value).split(/\s+/);
    for (const [item, text] of items) item.hidden = !words.every((word) => text.includes(word));
    for (const section of new Set(items.map(([item]) => item.closest("section")))) {
      section.hidden = !section.querySelector("li:not([hidden])");
    }
  });
}

// Names are proposed while they are typed; of several with commas the last one.
for (const field of document.querySelectorAll("[data-names]")) {
  const list = document.createElement("datalist");
  list.id = `names-${field.id}`;
  field.after(list);
  field.setAttribute("list", list.id);
  let timer;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    const typed = field.value;
    const [, before, last] = /^(.*,\s*)?(.*)$/.exec(typed);
    if (last.trim().length < 2) return;
    timer = setTimeout(async () => {
      const query = new URLSearchParams({ q: last.trim(), role: field.dataset.names });
      const answer = await fetch(`/names?${query}`);
      if (!answer.ok) return;
      const names = await answer.json();
      // Who typed on meanwhile gets the next answer.
      if (field.value !== typed) return;
      list.replaceChildren(...names.map((name) => new Option("", (before ?? "") + name)));
    }, 150);
  });
}

// A slash leads to the field in which one asks.
document.addEventListener("keydown", (event) => {
  const field = document.getElementById("q");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || !field || event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  field.select();
});
