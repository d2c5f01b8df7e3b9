// Makes the rich text editor (django-prose-editor) speak French, and names it after the label of its textarea.
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

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
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
