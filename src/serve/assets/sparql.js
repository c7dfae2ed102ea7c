// The field of the SPARQL page becomes an editor. Prefixes and terms come from the site, the form sends the query as without
// the editor, and nobody else is asked.
"use strict";

(async () => {
  const field = document.getElementById("query");
  const form = document.getElementById("editor");
  if (!window.Yasqe || !field) return;
  const answer = await fetch("/sparql/terms");
  if (!answer.ok) return;
  const { prefixes, properties, things } = await answer.json();

  // Its own completers would ask other sites: ours take their places.
  const own = { bulk: true, autoShow: true, persistenceId: null };
  Yasqe.defaults.autocompleters = ["variables"];
  Yasqe.forkAutocompleter("prefixes", {
    ...own,
    name: "known-prefixes",
    get: Object.entries(prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`),
  });
  Yasqe.forkAutocompleter("property", { ...own, name: "known-properties", get: properties });
  Yasqe.forkAutocompleter("class", {
    ...own,
    name: "known-things",
    get: things,
    isValidCompletionPosition: (editor) => {
      const { string, state } = editor.getCompleteToken();
      return /^[\w-]*:/.test(string) && !state.possibleCurrent.includes("a");
    },
  });

  const place = document.createElement("div");
  field.before(place);
  const editor = new Yasqe(place, {
    value: field.value,
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    viewportMargin: Infinity,
  });
  // The site knows them, other endpoints want them declared.
  const declared = editor.getPrefixesFromQuery();
  for (const [prefix, iri] of Object.entries(prefixes)) {
    if (!(prefix in declared) && new RegExp(`(^|[^\\w:<])${prefix}:\\w`).test(field.value)) editor.addPrefixes({ [prefix]: iri });
  }

  const label = form.querySelector("label");
  editor.getInputField().setAttribute("aria-label", label.textContent);
  label.addEventListener("click", () => editor.focus());
  field.required = false;
  field.hidden = true;
  form.querySelector("[data-keys]").hidden = false;
  const take = () => (field.value = editor.getValue());
  form.addEventListener("submit", take);
  const run = () => form.requestSubmit();
  editor.setOption("extraKeys", {
    ...editor.getOption("extraKeys"),
    "Ctrl-Enter": run,
    "Cmd-Enter": run,
    // The keyboard leads out of the editor, as out of any field.
    Tab: false,
    "Shift-Tab": false,
  });
})();
