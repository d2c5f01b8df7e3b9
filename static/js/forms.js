// Takes the reader of a refused form to the summary of its errors.
document.querySelector("[data-error-summary]")?.focus();

// Forgets what this browser kept of a page, once the portal has saved it (the cookie names it; static/js/autosave.js).
const saved = document.cookie.match(/(?:^|; )saisie=([^;]+)/);
if (saved) {
  localStorage.removeItem(decodeURIComponent(saved[1]));
  document.cookie = "saisie=; path=/; max-age=0; samesite=lax";
}
