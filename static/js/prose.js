// Says in French what the rich text editor says to screen readers, once it has replaced its textarea.

const FRENCH = {
  Bold: "Gras",
};

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  editor.view.dom.setAttribute("aria-label", label.textContent.trim());
});
