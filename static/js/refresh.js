// Follows something that goes on behind the page: takes its block from the server again until it is over.
//
// Use: <div data-refresh="pending"> around what changes (the server leaves the value out once it is over), in it one
// [data-refresh-words] that says where it stands; outside, a live region [data-refresh-status], which repeats these
// words when they change. What is over may be a file at this very address: [data-refresh-ready] on the block says it.
// Without script the page gives a link to itself; with it, [data-refresh-alone] says that one has nothing to do.

const PAUSE = 2000;

const refresh = async () => {
  const block = document.querySelector("[data-refresh]");
  if (block?.dataset.refresh !== "pending") {
    return;
  }
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.headers.get("Content-Type").startsWith("text/html")) {
      block.querySelector("[data-refresh-words]").textContent = block.dataset.refreshReady;
      document.querySelector("[data-refresh-status]").textContent = block.dataset.refreshReady;
      location.reload(); // a document takes the place of this page, a download leaves it there
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-refresh]");
    if (!fresh) {
      location.reload(); // another page, which says what went wrong
      return;
    }
    const words = fresh.querySelector("[data-refresh-words]").textContent;
    if (words !== block.querySelector("[data-refresh-words]").textContent) {
      const hadFocus = block.contains(document.activeElement);
      block.replaceWith(fresh);
      document.querySelector("[data-refresh-status]").textContent = words;
      if (hadFocus) {
        fresh.querySelector("a, button")?.focus();
      }
    }
  } catch {
    // the server is away for a moment: ask again
  }
  setTimeout(refresh, PAUSE);
};

document.querySelector("[data-refresh-alone]")?.removeAttribute("hidden");
setTimeout(refresh, PAUSE);
