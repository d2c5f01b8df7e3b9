// Keeps in this browser what is typed in a sheet until the portal has it, and offers it back when the page opens again.
//
// Use: <form data-draft="a key of its own" [data-sent]>, and beside it [data-save-offer] with [data-save-when],
// [data-save-take], [data-save-drop]. With data-sent the form comes back from the portal with all that was typed: there
// is nothing to offer. The event "draft:saved" on the form says that the portal has it all (static/js/autosave.js);
// static/js/forms.js forgets it too, once « Enregistrer » has done its work.
// The version that was read is kept with the text: taking it back never writes over what somebody else saved since.

const draft = document.querySelector("form[data-draft]");

if (draft) {
  const KEEP = 200; // milliseconds at most before what is typed is kept
  const BOOKKEEPING = /-(TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS|row)$/;
  const key = draft.dataset.draft;
  const offer = document.querySelector("[data-save-offer]");
  const apart = new Set(["csrfmiddlewaretoken", "version", "base"]);
  let keeping = 0; // timer
  let isKept = true;

  const content = () => [...new FormData(draft)].filter(([name, value]) => typeof value === "string" && !apart.has(name));

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };

  const write = () => {
    clearTimeout(keeping);
    keeping = 0;
    if (isKept) {
      return;
    }
    isKept = true;
    const { version, base } = draft.elements;
    const kept = { at: Date.now(), version: version.value, base: base.value, content: content() };
    try {
      localStorage.setItem(key, JSON.stringify(kept));
    } catch {
      // A browser may refuse to keep anything: the portal still does.
    }
  };

  const drop = () => {
    clearTimeout(keeping);
    keeping = 0;
    isKept = true;
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  };

  // Rows that the page does not show yet are added.
  const addRows = (pairs) => {
    for (const [name, value] of pairs) {
      const row = name.match(/^(\w+)-(\d+)-/);
      const button = row && draft.querySelector(`[data-formset="${row[1]}"] [data-formset-add]`);
      while (row && value && button && !button.hidden && !draft.elements[name]) {
        button.click();
      }
    }
  };

  const isWritten = (input) =>
    input.name &&
    !apart.has(input.name) &&
    !["file", "button", "submit", "fieldset"].includes(input.type) &&
    !BOOKKEEPING.test(input.name);

  const take = ({ version, base, content: pairs }) => {
    addRows(pairs);
    draft.elements.version.value = version;
    draft.elements.base.value = base;
    for (const input of [...draft.elements].filter(isWritten)) {
      const found = pairs.filter(([name]) => name === input.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(input.type)) {
        input.checked = found.includes(input.value);
      } else if (found.length) {
        input.value = found[0];
        input.closest(".prose-editor")?.querySelector(".tiptap")?.editor?.commands.setContent(found[0]);
      }
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  // What the portal gives back is the same text, perhaps not the same characters, and not the same blank rows.
  const plainly = (value) => {
    const holder = document.createElement("template");
    holder.innerHTML = value;
    return holder.content.textContent.trim() && holder.innerHTML.trim();
  };
  const isBlank = (name, value) => {
    const [, set, field] = name.match(/^(\w+)-\d+-(\w+)$/) ?? [];
    const row = set && draft.querySelector(`[data-formset-empty="${set}"]`);
    return row?.content.querySelector(`[name="${set}-__prefix__-${field}"]`)?.value === value;
  };
  const told = (pairs) =>
    JSON.stringify(
      pairs
        .filter(([name, value]) => !BOOKKEEPING.test(name) && !isBlank(name, value))
        .map(([name, value]) => [name, plainly(value)]),
    );

  const kept = "sent" in draft.dataset ? null : read();
  if (kept && told(kept.content) !== told(content())) {
    offer.hidden = false;
    offer.querySelector("[data-save-when]").textContent =
      `le ${new Date(kept.at).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" })}`;
    draft.before(offer);
    offer.querySelector("[data-save-take]").addEventListener("click", () => {
      take(kept);
      offer.remove();
      draft.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
    offer.querySelector("[data-save-drop]").addEventListener("click", () => {
      drop();
      offer.remove();
    });
  } else if (kept) {
    drop();
  }

  const changed = () => {
    isKept = false;
    keeping ||= setTimeout(write, KEEP);
  };
  draft.addEventListener("input", changed);
  draft.addEventListener("change", changed);
  draft.addEventListener("draft:saved", drop);
  draft.addEventListener("submit", write);
  window.addEventListener("pagehide", write);
}
