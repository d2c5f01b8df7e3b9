// Sums the fundings of an action as they are typed; the page gives the same sums when it is served (forms/funding.py).
//
// Use: <script src="{% static 'js/totals.js' %}" defer></script> beside a formset whose rows have an amount, a nature
// and a status. Expects: [data-total] in the formset, with data-staff, the value of the nature that is counted in people.

for (const total of document.querySelectorAll("[data-total]")) {
  const formset = total.closest("[data-formset]");
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const written = /^[+-]?\d*\.?\d+\.?$/;
  const figure = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2 });

  const amountOf = (row) => {
    const text = field(row, "amount").value.replace(/\s/g, "").replace(/€$/, "").replace(",", ".");
    return !field(row, "DELETE")?.checked && written.test(text) && Number(text) > 0 ? Number(text) : 0;
  };

  const euros = (amount) =>
    new Intl.NumberFormat("fr-FR", {
      style: "currency",
      currency: "EUR",
      minimumFractionDigits: Number.isInteger(amount) ? 0 : 2,
    }).format(amount);

  const sum = () => {
    const sums = new Map(); // by the label of the status, in the order of its choices
    for (const row of formset.querySelectorAll("[data-formset-row]")) {
      const status = field(row, "status");
      for (const { label } of sums.size ? [] : status.options) {
        sums.set(label, { money: 0, staff: 0 });
      }
      const kind = field(row, "nature").value === total.dataset.staff ? "staff" : "money";
      sums.get(status.selectedOptions[0].label)[kind] += amountOf(row);
    }
    const told = [...sums].flatMap(([label, { money, staff }]) => {
      const parts = [money ? euros(money) : "", staff ? `${figure.format(staff)}\u00a0ETP` : ""].filter(Boolean);
      return parts.length ? [`${label}\u00a0: ${parts.join(" + ")}`] : [];
    });
    total.textContent = told.join(" · ") || "aucun montant";
  };

  formset.addEventListener("input", sum);
  formset.addEventListener("change", sum);
}
