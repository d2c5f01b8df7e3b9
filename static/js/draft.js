// Keeps in this browser what is typed in a sheet until the portal has it, and offers it back when the page opens again.
//
// Use: <form data-draft="a key of its own" [data-sent]>, and beside it [data-save-offer] with [data-save-when],
// [data-save-take], [data-save-drop]. With data-sent the form comes back from the portal with all that was typed: there
// is nothing to offer. The event "draft:saved" on the form says that the portal has it all (static/js/autosave.js);
// static/js/forms.js forgets it too, once « Enregistrer » has done its work.
// The version that was read is kept with the text: taking it back never writes over what somebody else saved since.
// So it is on the page of a conflict too (data-read): until the writer has chosen there, he would be asked again.
// Each tab keeps its own text: two tabs of one page do not write over each other’s.

const draft = document.querySelector("form[data-draft]");

if (draft) {
  const tab = (() => {
    try {
      sessionStorage.onglet ??= Math.random().toString(36).slice(2);
      return sessionStorage.onglet;
    } catch {
      return "";
    }
  })();
  const KEEP = 200; // milliseconds at most before what is typed is kept
  const BOOKKEEPING = /-(TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS|row)$/;
  const key = draft.dataset.draft;
  const own = `${key}#${tab}`;
  const offer = document.querySelector("[data-save-offer]");
  const apart = new Set(["csrfmiddlewaretoken", "version", "base"]);
  let keeping = 0; // timer
  let isKept = true;

  const content = () => [...new FormData(draft)].filter(([name, value]) => typeof value === "string" && !apart.has(name));

  // What the tabs of this browser keep of this page, the latest first.
  const read = () => {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(`${key}#`));
      const found = names.map((name) => ({ name, ...JSON.parse(localStorage.getItem(name)) }));
      return found.sort((one, other) => other.at - one.at);
    } catch {
      return [];
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
    const [readVersion, readBase] = JSON.parse(draft.dataset.read ?? "null") ?? [version.value, base.value];
    const kept = { at: Date.now(), version: readVersion, base: readBase, content: content() };
    try {
      localStorage.setItem(own, JSON.stringify(kept));
    } catch {
      // A browser may refuse to keep anything: the portal still does.
    }
  };

  const forget = (name) => {
    try {
      localStorage.removeItem(name);
    } catch {
      // Nothing was kept.
    }
  };

  const drop = () => {
    clearTimeout(keeping);
    keeping = 0;
    isKept = true;
    forget(own);
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

  const show = (kept) => {
    const shown = offer.cloneNode(true);
    shown.hidden = false;
    shown.querySelector("[data-save-when]").textContent =
      `le ${new Date(kept.at).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" })}`;
    draft.before(shown);
    shown.querySelector("[data-save-take]").addEventListener("click", () => {
      take(kept);
      write();
      if (kept.name !== own) {
        forget(kept.name);
      }
      shown.remove();
      draft.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
    shown.querySelector("[data-save-drop]").addEventListener("click", () => {
      forget(kept.name);
      shown.remove();
    });
  };

  for (const kept of "sent" in draft.dataset ? [] : read()) {
    if (told(kept.content) === told(content())) {
      forget(kept.name);
    } else {
      show(kept);
    }
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
