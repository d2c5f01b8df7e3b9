// Takes the reader of a refused form to the summary of its errors.
document.querySelector("[data-error-summary]")?.focus();
