// Adds rows to a formset drawn by templates/ui/formset.html.
//
// Use: <script src="{% static 'js/formset.js' %}" defer></script> in the page’s scripts block; nothing else to write.
// Without it the page shows the blank rows given by the server; with it one blank row stays and a button adds others.
// Expects: [data-formset] around everything, [data-formset-row] for each row, [data-formset-blank] on rows not yet used,
// <template data-formset-empty> with __prefix__ and __number__, [data-formset-add], [data-formset-status] (live region).

for (const formset of document.querySelectorAll("[data-formset]")) {
  const prefix = formset.dataset.formset;
  const total = formset.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const maximum = Number(formset.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`).value);
  const template = formset.querySelector("[data-formset-empty]");
  const button = formset.querySelector("[data-formset-add]");
  const status = formset.querySelector("[data-formset-status]");
  const rows = () => [...formset.querySelectorAll("[data-formset-row]")];
  const isBlank = (row) => row !== undefined && "formsetBlank" in row.dataset;
  const hasRoom = () => Number(total.value) < maximum;

  const foldBlankRows = () => {
    // Only from the end: the numbers of the rows that stay must follow one another.
    while (isBlank(rows().at(-1)) && isBlank(rows().at(-2))) {
      rows().at(-1).remove();
      total.value = Number(total.value) - 1;
    }
  };

  const addRow = () => {
    const index = Number(total.value);
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", index).replaceAll("__number__", index + 1);
    const row = holder.content.querySelector("[data-formset-row]");
    template.before(row);
    total.value = index + 1;
    button.hidden = !hasRoom();
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    status.textContent = `${row.getAttribute("aria-label")} ajouté à la liste.`;
  };

  foldBlankRows();
  button.hidden = !hasRoom();
  button.addEventListener("click", addRow);
}
