/* Draw boxes on the pages of an annex, with the mouse or the keyboard; have them burnt in; look; keep. */
(() => {
  const root = document.querySelector(".annex-redact[data-settings]");
  if (!root) return;
  const settings = JSON.parse(root.dataset.settings);
  const byId = (id) => document.getElementById(`annex-${id}`);
  const page = byId("page");
  const boxes = new Map(Object.entries(settings.boxes).map(([n, found]) => [Number(n), found]));
  const STEP = 0.005; // of the page, for each press of an arrow
  const LEAST = 0.004;
  let current = 1;
  let previewed = 1;
  let version = 0;
  let changed = false;

  const say = (key, values = {}) =>
    settings.sayings[key].replace(/\$\{(\w+)\}/g, (_all, name) => values[name] ?? "");
  const tell = (text) => { byId("status").textContent = text; };
  const here = () => {
    if (!boxes.has(current)) boxes.set(current, []);
    return boxes.get(current);
  };
  const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

  const complain = (text) => {
    byId("error").textContent = text;
    byId("error").hidden = !text;
  };

  /* Boxes */
  const percent = (value) => Math.round(value * 100);
  const describe = (box, index) => say("box", {
    n: index + 1, left: percent(box[0]), top: percent(box[1]),
    width: percent(box[2] - box[0]), height: percent(box[3] - box[1]),
  });
  const place = (element, box, index) => {
    element.style.left = `${box[0] * 100}%`;
    element.style.top = `${box[1] * 100}%`;
    element.style.width = `${(box[2] - box[0]) * 100}%`;
    element.style.height = `${(box[3] - box[1]) * 100}%`;
    element.setAttribute("aria-label", describe(box, index));
  };
  const move = (box, dx, dy) => {
    const x = clamp(dx, -box[0], 1 - box[2]);
    const y = clamp(dy, -box[1], 1 - box[3]);
    box[0] += x; box[2] += x; box[1] += y; box[3] += y;
  };
  const resize = (box, dx, dy) => {
    box[2] = clamp(box[2] + dx, box[0] + LEAST, 1);
    box[3] = clamp(box[3] + dy, box[1] + LEAST, 1);
  };
  const remove = (index) => {
    here().splice(index, 1);
    changed = true;
    draw();
    tell(say("removed"));
    const next = page.querySelectorAll(".annex-box")[Math.min(index, here().length - 1)];
    (next || byId("add")).focus();
  };
  const add = (box, focus) => {
    here().push(box);
    changed = true;
    draw();
    tell(say("added"));
    if (focus) page.querySelectorAll(".annex-box")[here().length - 1].focus();
  };

  const draw = () => {
    page.querySelectorAll(".annex-box").forEach((each) => each.remove());
    const list = byId("boxes");
    list.textContent = "";
    here().forEach((box, index) => {
      const element = document.createElement("button");
      element.type = "button";
      element.className = "annex-box";
      element.dataset.index = index;
      const corner = document.createElement("span");
      corner.className = "annex-corner";
      element.append(corner);
      place(element, box, index);
      page.append(element);

      const line = document.createElement("li");
      const text = document.createElement("span");
      text.textContent = describe(box, index);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm btn-secondary";
      button.textContent = "×";
      button.setAttribute("aria-label", say("remove", { n: index + 1 }));
      button.addEventListener("click", () => remove(index));
      line.append(text, button);
      list.append(line);
    });
    if (!here().length) {
      const line = document.createElement("li");
      line.textContent = say("none");
      list.append(line);
    }
    byId("counts").textContent = [...boxes].filter(([, found]) => found.length)
      .sort(([a], [b]) => a - b)
      .map(([n, found]) => say("counts", { n, count: found.length })).join(" · ");
  };
  const redraw = (index) => {
    place(page.querySelectorAll(".annex-box")[index], here()[index], index);
    byId("boxes").children[index].firstChild.textContent = describe(here()[index], index);
    changed = true;
  };

  /* Keyboard */
  page.addEventListener("keydown", (event) => {
    const element = event.target.closest(".annex-box");
    if (!element) return;
    const index = Number(element.dataset.index);
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    if (step) {
      (event.shiftKey ? resize : move)(here()[index], step[0] * STEP, step[1] * STEP);
      redraw(index);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      remove(index);
    } else {
      return;
    }
    event.preventDefault();
  });

  /* Mouse and pen draw, move and resize; a finger scrolls the page, and moves boxes. */
  let action = null;
  const point = (event) => {
    const frame = page.getBoundingClientRect();
    return [
      clamp((event.clientX - frame.left) / frame.width, 0, 1),
      clamp((event.clientY - frame.top) / frame.height, 0, 1),
    ];
  };
  page.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const element = event.target.closest(".annex-box");
    const at = point(event);
    if (element) {
      const index = Number(element.dataset.index);
      action = { index, at, kind: event.target.closest(".annex-corner") ? "resize" : "move" };
      element.focus();
    } else if (event.pointerType !== "touch") {
      here().push([at[0], at[1], at[0], at[1]]);
      draw();
      action = { index: here().length - 1, at, kind: "draw" };
    } else {
      return;
    }
    page.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  page.addEventListener("pointermove", (event) => {
    if (!action) return;
    const at = point(event);
    const box = here()[action.index];
    if (action.kind === "draw") {
      box[0] = Math.min(at[0], action.at[0]); box[2] = Math.max(at[0], action.at[0]);
      box[1] = Math.min(at[1], action.at[1]); box[3] = Math.max(at[1], action.at[1]);
    } else {
      (action.kind === "move" ? move : resize)(box, at[0] - action.at[0], at[1] - action.at[1]);
      action.at = at;
    }
    redraw(action.index);
  });
  const drop = () => {
    if (!action) return;
    const box = here()[action.index];
    const { index, kind } = action;
    action = null;
    if (kind === "draw" && (box[2] - box[0] < LEAST || box[3] - box[1] < LEAST)) {
      here().splice(index, 1);
      draw();
    } else if (kind === "draw") {
      tell(say("added"));
      page.querySelectorAll(".annex-box")[index].focus();
    }
  };
  page.addEventListener("pointerup", drop);
  page.addEventListener("pointercancel", drop);

  byId("add").addEventListener("click", () => add([0.3, 0.45, 0.7, 0.48], true));

  /* Pages */
  const show = (number) => {
    current = clamp(number || 1, 1, settings.pages);
    byId("number").value = current;
    byId("image").src = `${settings.page}?page=${current}`;
    byId("image").alt = say("page", { n: current, pages: settings.pages });
    byId("previous").disabled = current === 1;
    byId("next").disabled = current === settings.pages;
    draw();
  };
  const turn = (number) => {
    show(number);
    tell(say("page", { n: current, pages: settings.pages }));
  };
  byId("previous").addEventListener("click", () => turn(current - 1));
  byId("next").addEventListener("click", () => turn(current + 1));
  byId("number").addEventListener("change", (event) => turn(Number(event.target.value)));
  byId("zoom").addEventListener("change", (event) => { page.style.width = `${event.target.value}%`; });

  /* Burning */
  const post = async (fields) => {
    const body = new URLSearchParams({ ...fields, _authenticator: settings.token });
    const answer = await fetch(settings.action, {
      method: "POST", body, headers: { Accept: "application/json" },
    });
    const value = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error((value.error && value.error.message) || say("failed"));
    return value;
  };
  const working = (on) => {
    byId("progress").hidden = !on;
    root.querySelectorAll("button").forEach((each) => { each.disabled = on; });
    if (!on) show(current);
  };
  const attempt = async (work) => {
    complain("");
    working(true);
    try {
      await work();
    } catch (error) {
      complain(error instanceof TypeError ? say("failed") : error.message);
    } finally {
      working(false);
    }
  };
  const preview = (number) => {
    previewed = clamp(number, 1, settings.pages);
    byId("preview-image").src = `${settings.page}?of=result&page=${previewed}&v=${version}`;
    byId("preview-image").alt = say("page", { n: previewed, pages: settings.pages });
    byId("preview-number").textContent = say("page", { n: previewed, pages: settings.pages });
    byId("preview-previous").disabled = previewed === 1;
    byId("preview-next").disabled = previewed === settings.pages;
  };
  const burn = async () => {
    const all = JSON.stringify(Object.fromEntries([...boxes].filter(([, found]) => found.length)));
    for (let first = 1; first <= settings.pages;) {
      const fields = { action: "burn", first };
      if (first === 1) fields.boxes = all;
      const answer = await post(fields);
      byId("bar").value = (100 * answer.done) / (settings.pages + 1);
      tell(say("burning", { n: answer.done, pages: settings.pages }));
      first = answer.done + 1;
    }
    tell(say("checking"));
    const verdict = await post({ action: "finish" });
    changed = false;
    version += 1;
    byId("verdict").textContent = verdict.message;
    byId("verdict").className = `alert alert-${verdict.clean ? "success" : "danger"}`;
    byId("keep").hidden = !verdict.clean;
    byId("draw").hidden = true;
    byId("preview").hidden = false;
    tell("");
  };
  if (byId("burn")) {
    byId("burn").addEventListener("click", async () => {
      byId("bar").value = 0;
      await attempt(burn);
      if (!byId("preview").hidden) {
        preview(1);
        byId("preview-heading").focus();
      }
    });
  }
  byId("preview-previous").addEventListener("click", () => preview(previewed - 1));
  byId("preview-next").addEventListener("click", () => preview(previewed + 1));
  byId("correct").addEventListener("click", () => {
    byId("preview").hidden = true;
    byId("draw").hidden = false;
    byId("scroll").focus();
  });
  byId("keep").addEventListener("click", () => attempt(async () => {
    location.assign((await post({ action: "keep" })).url);
  }));
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

  byId("draw").hidden = false;
  show(1);
})();
