// Makes the rich text editor (django-prose-editor) speak French, and names it after the label of its textarea.
//
// It also tidies what is pasted from Word or from a page.
//
// Use: <script src="{% static 'js/prose.js' %}" defer></script> before the form’s media: the editor asks window.gettext
// for the words of its dialogs when it loads. Without script the textarea stays, and takes text or HTML.

const FRENCH = {
  "paragraph": "Style : paragraphe",
  "heading 3": "Style : intertitre",
  "heading 4": "Style : petit intertitre",
  "Paragraph": "Paragraphe",
  "Heading 3": "Intertitre",
  "Heading 4": "Petit intertitre",
  "Styles": "Style",
  "unordered list": "Liste à puces",
  "ordered list": "Liste numérotée",
  "List properties": "Réglages de la liste",
  "blockquote": "Citation",
  "bold": "Gras",
  "italic": "Italique",
  "insert link": "Lien",
  "remove link": "Retirer le lien",
  "Insert table": "Tableau",
  "Add column": "Ajouter une colonne",
  "Delete column": "Supprimer la colonne",
  "Add row": "Ajouter une ligne",
  "Delete row": "Supprimer la ligne",
  "Merge cells": "Fusionner les cellules",
  "Split cell": "Scinder la cellule",
  "Toggle header cell": "Cellule d’en-tête, ou non",
  "Delete table": "Supprimer le tableau",
  "undo": "Annuler la frappe",
  "redo": "Rétablir la frappe",
  "Update": "Enregistrer",
  "Cancel": "Annuler",
  "Insert": "Insérer",
  "Insert Table": "Insérer un tableau",
  "Table Properties": "Réglages du tableau",
  "Rows": "Lignes",
  "Columns": "Colonnes",
  "Include header row": "Avec une ligne d’en-tête",
  "Edit Link": "Lien",
  "URL": "Adresse (https://…)",
  "Title": "Titre",
  "Start at": "Commence à",
  "List type": "Numérotation",
  "Decimal numbers": "Chiffres",
  "Lowercase letters": "Lettres minuscules",
  "Uppercase letters": "Lettres majuscules",
  "Lowercase Roman numerals": "Chiffres romains minuscules",
  "Uppercase Roman numerals": "Chiffres romains majuscules",
};

window.gettext = (words) => FRENCH[words] ?? words;

const translate = (menu) => {
  for (const button of menu?.querySelectorAll("button[title]") ?? []) {
    const words = FRENCH[button.title];
    if (words) {
      button.title = words;
      button.setAttribute("aria-label", words);
    }
  }
  for (const option of menu?.querySelectorAll(".prose-menubar__option > *") ?? []) {
    option.textContent = window.gettext(option.textContent);
  }
};

// What is pasted from Word keeps its shape: its headings, of which we have two levels; its lists, which Word writes as
// paragraphs; its tables, of which ours hold no other. What else it brings is left out by the editor, then by the portal.

const replace = (element, name) => {
  const fresh = document.createElement(name);
  fresh.append(...element.childNodes);
  element.replaceWith(fresh);
};

const tidyHeadings = (page) => {
  const headings = [...page.querySelectorAll("h1, h2, h3, h4, h5, h6, p.MsoTitle")];
  const levelOf = (heading) => Number(heading.localName[1] ?? 1);
  const highest = Math.min(...headings.map(levelOf));
  for (const heading of headings) {
    replace(heading, levelOf(heading) === highest ? "h3" : "h4");
  }
};

const NUMBERED = /^\(?(\d+|[a-z]|[ivxlc]+)[.)]/i;
const MARK = /^\s*([·•▪■●○o§‣–-]|\(?(\d+|[a-z]|[ivxlc]+)[.)])[\s\u00a0]+/i;

const tidyLists = (page) => {
  const isItem = ({ className, outerHTML }) =>
    className.startsWith("MsoListParagraph") || /mso-list:\s*l\d/.test(outerHTML.split(">")[0]);
  let open = []; // the lists that hold the last item, from the outermost
  for (const item of [...page.querySelectorAll("p")].filter(isItem)) {
    const level = Number(item.dataset.style?.match(/level(\d)/)?.[1] ?? 1);
    const ignored = item.querySelector("[data-style*='mso-list:Ignore'], [data-style*='mso-list: Ignore']");
    const mark = (ignored ?? item).textContent.trim();
    ignored?.remove();
    const text = document.createTreeWalker(item, NodeFilter.SHOW_TEXT).nextNode();
    if (!ignored && text) {
      text.data = text.data.replace(MARK, "");
    }
    if (item.previousElementSibling !== open[0]) {
      open = [];
    }
    open.length = Math.min(open.length, level);
    if (open.length < level || !open.length) {
      const list = document.createElement(NUMBERED.test(mark) ? "ol" : "ul");
      if (open.length) {
        (open.at(-1).lastElementChild ?? open.at(-1)).append(list);
      } else {
        item.before(list);
      }
      open.push(list);
    }
    const entry = document.createElement("li");
    open.at(-1).append(entry);
    entry.append(item);
  }
};

const tidyTables = (page) => {
  for (const inner of [...page.querySelectorAll("td table, th table")].reverse()) {
    const lines = [...inner.rows].map((row) => {
      const line = document.createElement("p");
      line.textContent = [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " ")).join(" – ");
      return line;
    });
    inner.replaceWith(...lines);
  }
};

const tidy = (html) => {
  const unstyled = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/\sstyle=/gi, " data-style="); // the CSP’s due
  const page = new DOMParser().parseFromString(unstyled, "text/html").body;
  for (const office of [...page.querySelectorAll("o\\:p")].filter((one) => !one.textContent.trim())) {
    office.remove();
  }
  tidyTables(page);
  tidyLists(page);
  tidyHeadings(page);
  for (const blank of [...page.querySelectorAll("body > p, div > p")].filter((one) => !one.textContent.trim())) {
    blank.remove();
  }
  return page.innerHTML;
};

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  editor.setOptions({ editorProps: { ...editor.options.editorProps, transformPastedHTML: tidy } });
  const box = editor.view.dom;
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  box.setAttribute("aria-label", label.textContent.trim());
  box.setAttribute("aria-multiline", "true");
  if (textarea.hasAttribute("aria-describedby")) {
    box.setAttribute("aria-describedby", textarea.getAttribute("aria-describedby"));
  }
  label.addEventListener("click", () => editor.commands.focus());
  const translateMenu = () => translate(textarea.closest(".prose-editor").querySelector(".prose-menubar"));
  editor.on("create", translateMenu);
  editor.on("transaction", translateMenu); // the style button changes its words with the selection
});
