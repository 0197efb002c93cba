/* The review of personal data by keyboard. Without this script its forms do the same, one page load each.
 *
 * Decisions are shown at once and sent one after the other. The answer is the part of the page that changed;
 * it is put in place when nothing is left to send. What can't be sent stays, is said, and can be tried again.
 */
(() => {
  "use strict";

  const review = document.querySelector(".review[data-url]");
  if (!review) return;
  const part = document.getElementById("review-part");
  const status = document.getElementById("review-status");
  const problem = document.getElementById("review-problem");
  const bar = review.querySelector(".review-bar");
  const afterwards = review.querySelector(".review-next");
  const queue = [];
  const done = []; // keys of the decisions to take back, the latest last
  let sending = false;
  let current = null; // a key
  let said = "";

  const groups = () => [...part.querySelectorAll(".review-group")];
  const find = (key) => part.querySelector(`.review-group[data-key="${key}"]`);
  const open = () => groups().filter((each) => each.dataset.state === "open");

  function show(key, scroll = true) {
    current = key;
    const group = key && find(key);
    groups().forEach((each) => each.classList.toggle("review-current", each === group));
    part.querySelectorAll(".review-here").forEach((each) => each.classList.remove("review-here"));
    if (!group) return;
    groups().forEach((each) => each.removeAttribute("aria-current"));
    group.setAttribute("aria-current", "true");
    const places = [...part.querySelectorAll(`.review-key-${key}`)];
    places.forEach((each) => each.classList.add("review-here"));
    if (scroll) {
      bring(group, part.querySelector(".review-list"), "nearest");
      if (places.length) bring(places[0], part.querySelector(".review-texts"), "center");
    }
    say();
  }

  /* Where the columns scroll by themselves, the page stays where it is. */
  function bring(element, box, block) {
    if (getComputedStyle(box).overflowY !== "auto") {
      element.scrollIntoView({ block, behavior: "instant" });
      return;
    }
    const top = box.parentNode.getBoundingClientRect().top - bar.offsetHeight - 16;
    if (top < 0) window.scrollBy({ top, behavior: "instant" });
    const [inner, outer] = [element, box].map((each) => each.getBoundingClientRect());
    if (block === "center") {
      box.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
    } else if (inner.top < outer.top + 8) {
      box.scrollTop += inner.top - outer.top - 8;
    } else if (inner.bottom > outer.bottom - 8) {
      box.scrollTop += inner.bottom - outer.bottom + 8;
    }
  }

  const remaining = (left) => status.dataset.left.replace("#", left);

  function say() {
    const left = open().length;
    const group = current && find(current);
    const count = part.querySelector(".review-count");
    if (count) count.classList.toggle("review-zero", left === 0);
    let text = "";
    if (group && group.dataset.state === "open") {
      const words = group.querySelector(".review-words").textContent.trim().replace(/\s+/g, " ");
      const why = [...group.querySelectorAll(".review-why > span")]
        .map((each) => each.textContent.trim().replace(/\s+/g, " "))
        .join(", ");
      text = `${remaining(left)} – ${words} – ${why}`;
    } else {
      const finished = part.querySelector(".review-done strong");
      text = left ? remaining(left) : finished ? finished.textContent : "";
    }
    afterwards.hidden = left > 0;
    bar.classList.toggle("review-finished", left === 0);
    review.querySelectorAll(".review-act [data-judge]").forEach((each) => {
      each.disabled = !left;
    });
    if (text !== said) status.textContent = said = text;
  }

  function move(step) {
    const list = open().length ? open() : groups();
    if (!list.length) return;
    const at = list.findIndex((each) => each.dataset.key === current);
    show(list[(at + step + list.length) % list.length].dataset.key);
  }

  function decide(action, keys, fields = {}) {
    if (action !== "undo") done.push(keys);
    const list = groups();
    const at = list.findIndex((each) => each.dataset.key === current);
    keys.forEach((key) => {
      const group = find(key);
      if (group) group.dataset.state = action === "undo" ? "open" : `${action}ed`;
    });
    send({ action, key: keys, ...fields });
    if (action === "undo") {
      show(keys[0]);
    } else {
      const next = [...list.slice(at + 1), ...list.slice(0, at + 1)].find(
        (each) => each.dataset.state === "open",
      );
      show(next ? next.dataset.key : null);
      say();
    }
  }

  function send(fields) {
    queue.push(fields);
    if (!sending) next();
  }

  async function next() {
    const fields = queue[0];
    sending = Boolean(fields);
    review.classList.toggle("review-sending", sending);
    if (!fields) return;
    const body = new URLSearchParams({ fragment: "1", _authenticator: review.dataset.token });
    Object.entries(fields).forEach(([name, value]) =>
      [value].flat().forEach((each) => body.append(name, each)),
    );
    let text = "";
    let refused = false;
    try {
      const answer = await fetch(review.dataset.url, { method: "POST", body });
      text = await answer.text();
      refused = !answer.ok;
      if (refused && answer.status !== 409) throw new Error(answer.status);
    } catch (error) {
      sending = false;
      fail(review.dataset.offline);
      return;
    }
    queue.shift();
    if (refused) {
      queue.length = 0;
      sending = false;
      review.classList.remove("review-sending");
      fail(text, true);
      return;
    }
    problem.hidden = true;
    if (!queue.length) replace(text);
    next();
  }

  function replace(html) {
    const focused = document.activeElement && document.activeElement.closest("#review-part");
    const kept = part.querySelector("#review-form") && part.querySelector("#review-form").value;
    part.innerHTML = html;
    if (kept && part.querySelector("#review-form")) part.querySelector("#review-form").value = kept;
    if (current && (!find(current) || find(current).dataset.state !== "open")) {
      current = open().length ? open()[0].dataset.key : null;
    }
    show(current || (open()[0] && open()[0].dataset.key) || null);
    say();
    if (!open().length && (focused || document.activeElement === document.body)) {
      afterwards.querySelector("a").focus({ preventScroll: true });
    }
    wait();
  }

  function fail(text, reload = false) {
    problem.querySelector("span").textContent = text;
    problem.dataset.reload = reload ? "1" : "";
    problem.hidden = false;
  }

  problem.querySelector("button").addEventListener("click", () => {
    if (problem.dataset.reload) location.reload();
    else next();
  });

  part.addEventListener("submit", (event) => {
    const button = event.submitter;
    const form = event.target;
    if (!button || button.name !== "action") return;
    event.preventDefault();
    const group = form.closest(".review-group");
    if (!group) {
      const fields = Object.fromEntries(new FormData(form));
      if (button.value === "mark") form.querySelector("#review-form").value = "";
      send({ ...fields, action: button.value });
      return;
    }
    current = group.dataset.key;
    judge(button.value);
  });

  function judge(action) {
    const group = current && find(current);
    if (!group) return;
    if (action === "undo") {
      decide("undo", [current]);
      return;
    }
    if (group.dataset.state !== "open") return;
    const select = group.querySelector("select[name=category]");
    const fields = action === "accept" && select ? { category: select.value } : {};
    const into = group.querySelector("select[name=into]");
    if (action === "accept" && into && into.value && select.value === "person") {
      fields.into = into.value;
    }
    decide(action, [current], fields);
  }

  function all(action) {
    const group = current && find(current);
    if (!group) return;
    const keys = open()
      .filter((each) => each.dataset.category === group.dataset.category)
      .map((each) => each.dataset.key);
    if (keys.length) decide(action, keys);
  }

  function mark() {
    const text = String(document.getSelection()).trim().replace(/\s+/g, " ");
    const field = document.getElementById("review-form");
    if (!field) return;
    if (text) field.value = text.slice(0, 200);
    field.scrollIntoView({ block: "center", behavior: "instant" });
    field.focus();
  }

  review.querySelector(".review-act").addEventListener("click", (event) => {
    const button = event.target.closest("button[data-key]");
    if (button) keys[button.dataset.key]();
  });

  const keys = {
    a: () => judge("accept"),
    r: () => judge("reject"),
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    u: () => done.length && decide("undo", done.pop()),
    g: () => all("accept"),
    x: () => all("reject"),
    c: () => {
      const select =
        current && find(current) && find(current).querySelector("select[name=category]");
      if (select) select.focus();
    },
    p: () => {
      const select = current && find(current) && find(current).querySelector("select[name=into]");
      if (select) select.focus();
    },
    m: mark,
    "?": () => {
      const help = review.querySelector(".review-help");
      help.open = !help.open;
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && event.target.closest("select, input")) {
      event.target.blur();
      return;
    }
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const action = keys[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });

  part.addEventListener("focusin", (event) => {
    const group = event.target.closest(".review-group");
    if (group && group.dataset.key !== current) show(group.dataset.key, false);
  });

  part.addEventListener("click", (event) => {
    const group = event.target.closest(".review-group");
    if (group && group.dataset.key !== current) show(group.dataset.key, false);
    const place = event.target.closest(".review-open");
    const named = place && /review-key-([0-9a-f]+)/.exec(place.className);
    if (named && String(document.getSelection()) === "") show(named[1], false);
  });

  /* What the language model finds comes while somebody reads, never while they write. */
  let waiting = 0;
  function wait() {
    clearTimeout(waiting);
    if (!part.querySelector(".review-awaited")) return;
    waiting = setTimeout(async () => {
      const busy = () =>
        sending || document.activeElement.closest("#review-part input, #review-part select");
      if (!busy()) {
        try {
          const answer = await fetch(`${review.dataset.url}?fragment=1`);
          const text = answer.ok ? await answer.text() : "";
          if (text && !busy() && !text.includes('class="review-awaited"')) {
            replace(text);
            return;
          }
        } catch (error) {
          /* tried again */
        }
      }
      wait();
    }, 4000);
  }

  /* The columns begin below the bar, however high it is. */
  new ResizeObserver(() => {
    review.style.setProperty("--review-bar", `${bar.offsetHeight}px`);
  }).observe(bar);

  window.addEventListener("beforeunload", (event) => {
    if (queue.length) event.preventDefault();
  });

  /* "#mention-p3-2": the second mention of the entry p3. */
  function jump() {
    const asked = /^#mention-(p\d+)-(\d+)$/.exec(location.hash);
    const place = asked && part.querySelectorAll(`.review-entry-${asked[1]}`)[asked[2] - 1];
    if (!place) return false;
    show(null);
    place.classList.add("review-here");
    place.scrollIntoView({ block: "center", behavior: "instant" });
    return true;
  }

  window.addEventListener("hashchange", jump);
  review.classList.add("review-scripted");
  bar.scrollIntoView({ block: "start", behavior: "instant" });
  if (!jump()) show(open().length ? open()[0].dataset.key : null);
  say();
  wait();
})();
