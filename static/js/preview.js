// Shows beside a sheet how it will be read, and shows it again each time that the sheet is saved.
//
// Use: {% include "roadmaps/workspace/_preview.html" %}: a link [data-preview] to the preview’s page and a template
// [data-preview-side] with the frame. Without script, or where there is no room for two, the link leads to that page.
// The PDF takes seconds to print: it is taken again only when asked.

const WIDE = window.matchMedia("(min-width: 62rem)");
const opener = document.querySelector("[data-preview]");

if (opener) {
  let side = null;
  let view = "page";

  const address = () => {
    const url = new URL(opener.href);
    url.searchParams.set("vue", view);
    url.searchParams.set("cadre", "1");
    return url.href;
  };

  const show = () => {
    for (const button of side.querySelectorAll("[data-preview-view]")) {
      button.setAttribute("aria-pressed", button.dataset.previewView === view);
    }
    side.querySelector("iframe").src = address();
  };

  const close = () => {
    side.remove();
    side = null;
    document.body.classList.remove("is-previewing");
    opener.focus();
  };

  const open = () => {
    side = document.querySelector("[data-preview-side]").content.querySelector("aside").cloneNode(true);
    document.body.append(side);
    document.body.classList.add("is-previewing");
    side.querySelector("[data-preview-close]").addEventListener("click", close);
    side.addEventListener("keydown", (event) => event.key === "Escape" && close());
    for (const button of side.querySelectorAll("[data-preview-view]")) {
      button.addEventListener("click", () => {
        view = button.dataset.previewView;
        show();
      });
    }
    show();
    side.querySelector("[data-preview-view]").focus();
  };

  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !WIDE.matches) {
      return;
    }
    event.preventDefault();
    if (side) {
      close();
    } else {
      open();
    }
  });

  const refresh = () => {
    if (side && view === "page") {
      side.querySelector("iframe").contentWindow.location.reload(); // keeps its place, as a new address would not
    }
  };

  const state = document.querySelector("[data-save-state]");
  new MutationObserver(() => {
    if (state.textContent && !state.classList.contains("is-fault")) {
      refresh();
    }
  }).observe(state, { childList: true, characterData: true, subtree: true });
}
