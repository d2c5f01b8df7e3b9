// Saves a sheet as one types.
//
// Use: <form data-draft data-autosave> with [data-save-state] (a live region) in it, after static/js/draft.js, which
// keeps what is typed until the event "draft:saved" that is given here.
// The form is sent, a second at most after a pause, to its own address with X-Autosave: 1; the answer gives the new
// version. One request at a time; typing never waits. Files are not sent, nor names while they are half typed: half a
// name would create an organisation. Without script, « Enregistrer » does it all.

const form = document.querySelector("form[data-draft][data-autosave]");

if (form) {
  const PAUSE = 800; // milliseconds without a key before it is sent
  const LONGEST = 1500; // or since the first key that is not sent yet
  const AGAIN = 3000; // before it is tried again where the portal is away
  const AWAY = "Non enregistré : le portail ne répond pas. Ce que vous tapez est gardé dans ce navigateur.";
  const SIGNED_OUT = "Non enregistré : votre session a expiré. Ce que vous tapez est gardé dans ce navigateur.";
  const REFUSED = "Non enregistré : vous n’avez plus le droit d’écrire sur cette page.";
  const state = form.querySelector("[data-save-state]");
  let waiting = 0; // timer
  let since = 0; // when the first key that is not sent yet was typed
  let typed = 0; // how many times something was typed
  let settled = 0; // up to where the portal has answered: sending the same again would change nothing
  let isSending = false;
  let isLeaving = false;

  const say = (words, isFault = false, way = null) => {
    if (state.firstChild?.textContent !== words || state.childElementCount !== (way ? 1 : 0)) {
      state.replaceChildren(words, ...(way ? [" ", way] : []));
    }
    state.classList.toggle("is-fault", isFault);
  };

  const compare = () => {
    const button = document.createElement("button"); // it sends the form, and the portal shows both texts
    button.className = "btn btn-sm btn-primary";
    button.textContent = "Comparer";
    return button;
  };

  const signIn = (address) => {
    const link = document.createElement("a");
    link.className = "btn btn-sm btn-outline-primary";
    link.href = address;
    link.target = "_blank";
    link.textContent = "Se connecter (nouvel onglet)";
    return link;
  };

  const isHalfTyped = () => document.activeElement?.list && document.activeElement.dataset.halfTyped === "1";
  const asksToSignIn = (answer) => answer.redirected && new URL(answer.url).searchParams.has("next");

  const post = (options = {}) => {
    const body = new FormData(form);
    for (const [name, value] of [...body]) {
      if (value instanceof File) {
        body.delete(name);
      }
    }
    return fetch(form.action, { method: "POST", body, headers: { "X-Autosave": "1" }, ...options });
  };

  // Somebody who signed in again has another token.
  const renewToken = async () => {
    const answer = await fetch(form.action);
    if (asksToSignIn(answer)) {
      return answer;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
    for (const input of token ? document.querySelectorAll("[name=csrfmiddlewaretoken]") : []) {
      input.value = token;
    }
    return post();
  };

  // The field that keeps the sheet from being saved is marked, and the message leads to it.
  let refused = null;
  const mark = (id) => {
    refused?.removeAttribute("aria-invalid");
    refused?.classList.remove("is-invalid");
    refused = id ? document.getElementById(id) : null;
    refused?.setAttribute("aria-invalid", "true");
    refused?.classList.add("is-invalid");
  };

  const leadTo = (id) => {
    const link = document.createElement("a");
    link.href = `#${id}`; // static/js/forms.js opens its fold, and puts the cursor in it
    link.textContent = "Aller au champ";
    return link;
  };

  const accept = ({ version, base, rows, said }, sent) => {
    form.elements.version.value = version;
    form.elements.base.value = base;
    for (const [name, value] of Object.entries(rows)) {
      if (form.elements[name]) {
        form.elements[name].value = value;
      }
    }
    if (typed === sent) {
      form.dispatchEvent(new Event("draft:saved"));
    }
    mark("");
    say(said);
  };

  const take = async (answer, sent) => {
    if (asksToSignIn(answer)) {
      say(SIGNED_OUT, true, signIn(answer.url));
      return;
    }
    if (answer.status >= 500) {
      throw new Error("the portal is ill");
    }
    settled = sent;
    const read = await answer.json().catch(() => ({ said: REFUSED }));
    if (answer.ok && read.version) {
      accept(read, sent);
    } else {
      mark(read.field);
      say(read.said, true, read.is_stale ? compare() : read.field ? leadTo(read.field) : null);
    }
  };

  const send = async () => {
    clearTimeout(waiting);
    if (isSending || isLeaving || settled === typed || isHalfTyped()) {
      return;
    }
    isSending = true;
    since = 0;
    const sent = typed;
    try {
      const answer = await post();
      await take(answer.status === 403 ? await renewToken() : answer, sent);
    } catch {
      say(AWAY, true);
      waiting = setTimeout(send, AGAIN);
    } finally {
      isSending = false;
      if (typed > sent) {
        wait();
      }
    }
  };

  const wait = () => {
    since ||= Date.now();
    clearTimeout(waiting);
    waiting = setTimeout(send, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  };

  const changed = (event) => {
    if (event.target.list) {
      event.target.dataset.halfTyped = event.type === "input" ? "1" : "";
    }
    typed += 1;
    wait();
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("focusout", (event) => {
    // Not where the whole window loses the focus: the name is still being typed.
    if (event.target.list && document.activeElement !== event.target) {
      event.target.dataset.halfTyped = "";
      wait();
    }
  });
  form.addEventListener("submit", () => {
    isLeaving = true;
  });
  // Whoever comes back from another tab, signed in again, saves at once.
  document.addEventListener("visibilitychange", () => document.hidden || send());
  window.addEventListener("pagehide", () => {
    if (!isLeaving && !isSending && typed > settled && !isHalfTyped()) {
      post({ keepalive: true }).catch(() => {}); // it stays kept in this browser
    }
  });
  // A page that comes back as it was left may be older than what the portal has.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
}
