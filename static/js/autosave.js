// Saves a sheet as one types, and never loses a word.
//
// Use: <form data-draft="a key of its own" [data-autosave] [data-sent]> with [data-save-state] (a live region) in it, and
// [data-save-offer] with [data-save-when], [data-save-take], [data-save-drop] beside it.
// With data-sent the form comes back from the portal, with all that was typed: there is nothing to offer.
// With data-autosave the form is sent, a second at most after a pause, to its own address with X-Autosave: 1; the answer
// gives the new version. Until the portal has acknowledged it, what is typed stays in this browser, and is offered
// back when the page opens again; static/js/forms.js forgets it once « Enregistrer » has done its work.
// Without script, « Enregistrer » does it all.

const PAUSE = 800; // milliseconds without a key before it is sent
const KEEP = 200; // before it is kept in the browser
const form = document.querySelector("form[data-draft]");

if (form) {
  const key = form.dataset.draft;
  const state = form.querySelector("[data-save-state]");
  const offer = document.querySelector("[data-save-offer]");
  const saves = "autosave" in form.dataset;
  const ignored = new Set(["csrfmiddlewaretoken", "version", "base"]);
  let sending = false; // one request at a time
  let waiting = 0; // timers
  let keeping = 0;
  let typed = 0; // how many times something was typed
  let acknowledged = 0;
  let leaving = false;

  const say = (words, isFault = false) => {
    state.textContent = words;
    state.classList.toggle("is-fault", isFault);
  };

  const content = () =>
    [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !ignored.has(name));

  const storage = {
    read: () => {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write: () => {
      try {
        localStorage.setItem(key, JSON.stringify({ at: Date.now(), content: content() }));
      } catch {
        // A browser may refuse to keep anything: the portal still does.
      }
    },
    drop: () => {
      try {
        localStorage.removeItem(key);
      } catch {
        // Nothing was kept.
      }
    },
  };

  const isHalfTyped = () => document.activeElement?.list && document.activeElement.dataset.halfTyped === "1";

  const settle = ({ version, base, rows }) => {
    form.elements.version.value = version;
    form.elements.base.value = base;
    for (const [name, value] of Object.entries(rows)) {
      const input = form.elements[name];
      if (input) {
        input.value = value;
      }
    }
  };

  const refuse = async (answer) => {
    if (answer.redirected || answer.status === 403) {
      say("Non enregistré : votre session a pris fin. Connectez-vous dans un autre onglet, puis continuez ici.", true);
      return;
    }
    const read = await answer.json().catch(() => ({ said: "Non enregistré : le portail ne répond pas bien." }));
    say(read.said, true);
    if (read.is_stale) {
      const compare = document.createElement("button");
      compare.className = "btn btn-sm btn-primary";
      compare.textContent = "Comparer";
      state.append(" ", compare);
    }
  };

  const send = async () => {
    clearTimeout(waiting);
    if (sending || leaving || acknowledged === typed) {
      return;
    }
    if (isHalfTyped()) {
      return; // a name is sent once it is whole: half a name would create an organisation
    }
    sending = true;
    const sent = typed;
    const body = new FormData(form);
    for (const [name, value] of [...body]) {
      if (value instanceof File) {
        body.delete(name);
      }
    }
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Autosave": "1" } });
      if (answer.ok && !answer.redirected) {
        const read = await answer.json();
        settle(read);
        acknowledged = sent;
        if (typed === sent) {
          storage.drop();
        }
        say(read.said);
      } else {
        await refuse(answer);
        acknowledged = sent; // sending the same again would be refused again
      }
    } catch {
      say("Non enregistré : le portail ne répond pas. Ce que vous tapez est gardé dans ce navigateur.", true);
      waiting = setTimeout(send, 5000);
    } finally {
      sending = false;
      if (typed > sent) {
        waiting = setTimeout(send, PAUSE);
      }
    }
  };

  const changed = (event) => {
    if (event.target.list) {
      event.target.dataset.halfTyped = event.type === "input" ? "1" : "";
    }
    typed += 1;
    clearTimeout(keeping);
    keeping = setTimeout(storage.write, KEEP);
    if (saves) {
      clearTimeout(waiting);
      waiting = setTimeout(send, PAUSE);
    }
  };

  const take = (pairs) => {
    // Rows that the page does not show yet are added first.
    for (const [name, value] of pairs) {
      const row = name.match(/^(\w+)-(\d+)-/);
      const button = row && form.querySelector(`[data-formset="${row[1]}"] [data-formset-add]`);
      while (row && value && button && !button.hidden && !form.elements[name]) {
        button.click();
      }
    }
    const values = new Map();
    for (const [name, value] of pairs) {
      values.set(name, [...(values.get(name) ?? []), value]);
    }
    for (const input of form.elements) {
      if (!input.name || ignored.has(input.name) || ["file", "button", "submit", "fieldset"].includes(input.type)) {
        continue;
      }
      if (/-(TOTAL_FORMS|INITIAL_FORMS|row)$/.test(input.name)) {
        continue;
      }
      const found = values.get(input.name) ?? [];
      if (["checkbox", "radio"].includes(input.type)) {
        input.checked = found.includes(input.value);
      } else if (found.length) {
        input.value = found[0];
        input.closest(".prose-editor")?.querySelector(".tiptap")?.editor?.commands.setContent(found[0]);
      }
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  const kept = storage.read();
  if (kept && !("sent" in form.dataset) && JSON.stringify(kept.content) !== JSON.stringify(content())) {
    offer.hidden = false;
    offer.querySelector("[data-save-when]").textContent =
      `le ${new Date(kept.at).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" })}`;
    form.before(offer);
    offer.querySelector("[data-save-take]").addEventListener("click", () => {
      take(kept.content);
      offer.remove();
    });
    offer.querySelector("[data-save-drop]").addEventListener("click", () => {
      storage.drop();
      offer.remove();
    });
  } else if (kept && !("sent" in form.dataset)) {
    storage.drop();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("focusout", (event) => {
    if (event.target.list) {
      event.target.dataset.halfTyped = "";
      if (saves && typed > acknowledged) {
        clearTimeout(waiting);
        waiting = setTimeout(send, PAUSE);
      }
    }
  });
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(waiting);
  });
}
