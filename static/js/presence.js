// Says who else has the same sheet open.
//
// Use: <p role="status" data-presence="address of the sign of life"></p> in a page that holds a form with its csrf token.
// A sign is given at once, then every 15 seconds while the page is in sight; what is said changes only when people do.

const EVERY = 15000; // milliseconds
const place = document.querySelector("[data-presence]");

if (place) {
  const give = async () => {
    if (document.hidden) {
      return;
    }
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value; // autosave.js may have renewed it
    try {
      const answer = await fetch(place.dataset.presence, { method: "POST", headers: { "X-CSRFToken": token } });
      const { said } = answer.ok && !answer.redirected ? await answer.json() : { said: "" };
      if (place.textContent !== said) {
        place.textContent = said;
      }
    } catch {
      // The portal is away: autosave.js says so.
    }
  };
  give();
  setInterval(give, EVERY);
  document.addEventListener("visibilitychange", give);
}
