// Makes the outline quick: what is moved or typed in it stays in sight, words filter it at once, keys lead through it.
//
// Use: <script src="{% static 'js/outline.js' %}" defer></script> in a page that includes _outline.html and
// _shortcuts.html (templates/roadmaps/workspace/). Without script its buttons and forms do the same by loading pages.
// A gesture is sent with X-Plan: 1; the answer gives the outline (html), what was done (said), and what has the focus.

const plan = () => document.querySelector("[data-plan]");
const status = document.querySelector("[data-plan-said]");
const announce = (words) => {
  status.textContent = "";
  setTimeout(() => (status.textContent = words), 50); // so that the same words are said twice
};

// Words filter at once.

const plain = (text) =>
  ` ${text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim()}`;

const sift = () => {
  // As the server does (roadmaps/sieve.py): each word starts a word of the title.
  const words = plain(plan().querySelector("[name=q]").value).split(" ").filter(Boolean);
  const matches = (row) => words.every((word) => plain(row.querySelector("a").textContent).includes(` ${word}`));
  let kept = 0;
  for (const action of plan().querySelectorAll(".plan-actions > li")) {
    action.hidden = !matches(action);
    kept += action.hidden ? 0 : 1;
  }
  for (const objective of [...plan().querySelectorAll(".plan-objective")].reverse()) {
    const inside = objective.querySelector("li:not([hidden])");
    objective.hidden = words.length > 0 && !inside && !matches(objective.querySelector(".plan-row"));
  }
  for (const adding of plan().querySelectorAll(".plan-add")) {
    adding.hidden = words.length > 0;
  }
  plan().querySelector("[data-plan-kept]").textContent = words.length
    ? `${kept} action${kept > 1 ? "s" : ""} dans le plan pour ce mot`
    : "";
};

// Gestures in place.

const swap = ({ html, said, focus }) => {
  const top = plan().scrollTop;
  const typed = [...plan().querySelectorAll(".plan-add input")].filter((input) => input.value);
  const active = document.activeElement;
  const isTyping = active.matches(".plan-add input");
  const isElsewhere = active !== document.body && !plan().contains(active); // the reader has gone on
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const fresh = holder.content.querySelector("[data-plan]");
  plan().replaceWith(fresh);
  for (const input of typed) {
    const again = document.getElementById(input.id);
    if (again) {
      again.value = input.value;
    }
  }
  plan().scrollTop = top;
  const next = (isTyping && document.getElementById(active.id)) || document.getElementById(focus);
  if (!isElsewhere) {
    next?.focus({ preventScroll: false });
  }
  if (isTyping && next.id === active.id) {
    next.setSelectionRange(active.selectionStart, active.selectionEnd);
  }
  prepare();
  announce(said);
};

const send = async (form, button, body) => {
  const address = button?.getAttribute("formaction") ?? form.action;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { "X-Plan": "1", "X-CSRFToken": token } });
    if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) {
      throw new Error("no answer for a script");
    }
    const read = await answer.json();
    if (answer.ok) {
      swap(read);
      return true;
    }
    announce(read.said);
    showFault(read.said);
  } catch {
    const fault = "Rien n’a été fait : le portail ne répond pas comme il faut. Rechargez la page, puis recommencez.";
    announce(fault);
    showFault(fault);
  }
  return false;
};

// One gesture at a time, in the order in which they were made: each answer gives the whole outline.
let gestures = Promise.resolve(true);
const inTurn = (gesture) => {
  gestures = gestures.then(gesture);
  return gestures;
};

const showFault = (words) => {
  plan().querySelector("[data-plan-kept]").textContent = words;
};

// A line leaves its place as soon as it is sent: what is typed next is another line, and Enter twice adds one.
const addLines = (form) => {
  const lines = [...form.elements].filter((input) => /^(actions|objectifs)-/.test(input.name));
  const line = lines.find((input) => input === document.activeElement);
  const body = new FormData(form);
  const sent = [];
  for (const input of lines) {
    if (line && input !== line) {
      body.delete(input.name);
    } else if (input.value.trim()) {
      sent.push([input.id, input.value]);
      input.value = "";
    }
  }
  if (!sent.length) {
    announce("Tapez un intitulé, puis Entrée.");
    return;
  }
  inTurn(async () => {
    const isDone = await send(form, null, body);
    for (const [id, value] of isDone ? [] : sent) {
      const input = document.getElementById(id);
      if (input && !input.value) {
        input.value = value;
      } else {
        showFault(`« ${value} » n’a pas été ajouté. ${plan().querySelector("[data-plan-kept]").textContent}`);
      }
    }
  });
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id === "deplacer") {
    event.preventDefault();
    const { submitter } = event;
    const body = new FormData(form, submitter);
    inTurn(() => send(form, submitter, body));
  } else if (form.id === "ajouter") {
    event.preventDefault();
    addLines(form);
  }
});

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-plan-filter] [name=q]")) {
    sift();
  }
});

// Dragging, in the list where a row is: an extra to the two buttons.

let dragged = null;

const makeDraggable = () => {
  for (const button of plan().querySelectorAll(".plan-moves .up")) {
    const row = button.closest(".plan-row");
    const item = button.closest("li");
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      dragged = item;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.id);
      row.classList.add("is-dragged");
    });
    row.addEventListener("dragend", () => {
      dragged = null;
      row.classList.remove("is-dragged");
    });
    row.addEventListener("dragover", (event) => {
      if (dragged && dragged !== item && dragged.parentElement === item.parentElement) {
        event.preventDefault();
        row.classList.add("is-over");
      }
    });
    row.addEventListener("dragleave", () => row.classList.remove("is-over"));
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      const items = [...item.parentElement.children];
      const step = items.indexOf(item) - items.indexOf(dragged);
      const form = document.getElementById("deplacer");
      const body = new FormData(form);
      body.set("sens", step);
      const way = dragged.querySelector(step < 0 ? ".up" : ".down");
      inTurn(() => send(form, way, body));
    });
  }
};

// The keys. Those of a single character may be put out of service, and never act while one types.

const dialog = document.querySelector("[data-shortcuts]");
const button = document.querySelector("[data-shortcuts-switch]");
const OFF = "raccourcis";
const areOn = () => localStorage.getItem(OFF) !== "non";

const follow = (selector) => document.querySelector(selector)?.click();
const keys = {
  j: () => follow(".neighbours [rel=next]"),
  k: () => follow(".neighbours [rel=prev]"),
  a: () => {
    const here = plan().querySelector("[aria-current=page]")?.closest(".plan-objective");
    (here?.querySelector(".plan-add input") ?? plan().querySelector(".plan-add input"))?.focus();
  },
  p: () => follow(".plan-head a"),
  "/": () => plan().querySelector("[name=q]").focus(),
  "?": () => dialog.showModal(),
};

const isTyping = (target) =>
  target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
    const save = document.querySelector("[data-save]");
    if (save) {
      event.preventDefault();
      save.click();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
    return;
  }
  const act = keys[event.key.toLowerCase()];
  if (act && areOn() && !dialog.open && !isTyping(event.target)) {
    event.preventDefault();
    act();
  }
});

// What a fresh outline needs.
const prepare = () => {
  plan().querySelector("[data-shortcuts-open]").hidden = false;
  makeDraggable();
};

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-shortcuts-open]")) {
    dialog.showModal();
  }
});

if (dialog) {
  button.checked = areOn();
  button.addEventListener("change", () => localStorage.setItem(OFF, button.checked ? "oui" : "non"));
  prepare();
  const current = plan().querySelector("[aria-current=page]");
  const depth = current ? current.getBoundingClientRect().bottom - plan().getBoundingClientRect().top : 0;
  if (depth > Math.min(plan().clientHeight, window.innerHeight) * 0.8) {
    plan().scrollTop += depth - plan().clientHeight / 3;
  }
}
