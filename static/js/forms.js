// Takes the reader of a refused form to the summary of its errors.
document.querySelector("[data-error-summary]")?.focus();

// Forgets what this browser kept of a page, once the portal has saved it (the cookie names it; static/js/draft.js).
const saved = document.cookie.match(/(?:^|; )saisie=([^;]+)/);
if (saved) {
  try {
    localStorage.removeItem(`${decodeURIComponent(saved[1])}#${sessionStorage.onglet ?? ""}`);
  } catch {
    // Nothing was kept.
  }
  document.cookie = "saisie=; path=/; max-age=0; samesite=lax";
}

// Shows the field that the address names, in a fold or behind the rich text editor, and puts the cursor in it.
const showField = () => {
  const field = location.hash.startsWith("#id_") ? document.getElementById(location.hash.slice(1)) : null;
  if (!field) {
    return;
  }
  const label = document.querySelector(`label[for="${field.id}"]`);
  const fold = field.closest("details");
  if (fold) {
    fold.open = true;
  }
  field.focus();
  if (field.tagName === "TEXTAREA") {
    label?.click(); // static/js/prose.js leads from there to the editor that stands for the textarea
    document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
      if (textarea === field) {
        editor.commands.focus();
      }
    });
  }
  (label ?? field).scrollIntoView({ block: "center" });
};
showField();
window.addEventListener("hashchange", showField);
