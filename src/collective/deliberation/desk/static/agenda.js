/* Put the agenda in order by dragging. Without this script the buttons "up" and "down" do the same. */
(() => {
  const agenda = document.querySelector(".desk-agenda[data-order]");
  if (!agenda) return;
  const status = document.getElementById("agenda-status");
  let dragged = null;

  const items = () => [...agenda.querySelectorAll(".desk-item")];

  const send = async (item, position) => {
    const body = new URLSearchParams({
      item: item.dataset.id, position, _authenticator: agenda.dataset.token,
    });
    const answer = await fetch(agenda.dataset.url, {
      method: "POST", headers: { Accept: "application/json" }, body,
    });
    if (!answer.ok) return location.reload();
    const numbers = new Map((await answer.json()).items.map((each) => [each.id, each.number]));
    items().forEach((each, index, all) => {
      each.querySelector(".desk-number").textContent = numbers.get(each.dataset.id);
      const [up, down] = each.querySelectorAll(".desk-move button");
      up.disabled = index === 0;
      down.disabled = index === all.length - 1;
    });
    status.textContent = `${agenda.dataset.moved} ${numbers.get(item.dataset.id)}`;
  };

  const place = (item, before) => {
    agenda.insertBefore(item, before);
    send(item, items().indexOf(item));
  };

  items().forEach((item) => {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      dragged = item;
      item.classList.add("desk-dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.id);
    });
    item.addEventListener("dragend", () => {
      item.classList.remove("desk-dragged");
      items().forEach((each) => each.classList.remove("desk-over"));
      dragged = null;
    });
    item.addEventListener("dragover", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      items().forEach((each) => each.classList.toggle("desk-over", each === item));
    });
    item.addEventListener("drop", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      const list = items();
      const down = list.indexOf(dragged) < list.indexOf(item);
      place(dragged, down ? item.nextElementSibling : item);
    });
  });

  // The buttons keep the focus on their item instead of loading the page anew.
  agenda.addEventListener("click", (event) => {
    const button = event.target.closest(".desk-move button");
    if (!button) return;
    event.preventDefault();
    const item = button.closest(".desk-item");
    const list = items();
    const at = list.indexOf(item) + Number(button.value);
    if (at < 0 || at >= list.length) return;
    place(item, Number(button.value) < 0 ? list[at] : list[at].nextElementSibling);
    button.focus();
  });
})();
