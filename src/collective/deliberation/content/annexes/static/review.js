/* Search a file as soon as its review is opened, and show that it is under way. Without this script a button does it. */
(() => {
  const form = document.querySelector(".annex-review form[data-search]");
  if (!form) return;
  const button = form.querySelector("button");
  const progress = form.querySelector("progress");
  const search = async () => {
    button.disabled = true;
    progress.hidden = false;
    const body = new URLSearchParams(new FormData(form));
    body.set("action", "search");
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
    if (answer.ok) return location.reload();
    progress.hidden = true;
    button.disabled = false;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  search();
})();

/* Say that a choice is under way: to clean a large file takes a while. A second click on it does nothing. */
(() => {
  const said = document.querySelector(".annex-review [data-working]");
  if (!said) return;
  for (const form of document.querySelectorAll(".annex-choices form")) {
    form.addEventListener("submit", (event) => {
      if (said.textContent) return event.preventDefault();
      said.textContent = said.dataset.working;
      said.append(document.createElement("progress"));
      said.lastChild.setAttribute("aria-label", said.dataset.working);
    });
  }
  window.addEventListener("pageshow", () => said.replaceChildren()); // back from where it led
})();
