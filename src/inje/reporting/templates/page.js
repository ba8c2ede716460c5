"use strict";
(() => {
  const machine = JSON.parse(document.getElementById("inje-data").textContent);

  /* ---- long lists travel packed and are unfolded in idle moments ---- */

  const unpacked = async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).text();
  };
  let hurried = false;
  const moment = () => new Promise((done) => {
    if (hurried || !window.requestIdleCallback) setTimeout(done);
    else requestIdleCallback(done, { timeout: 250 });
  });
  const unfold = async (script) => {
    const home = script.parentElement;
    const parts = (await unpacked(script.textContent)).split("\x1e");
    script.remove();
    while (parts.length) {
      await moment();
      home.insertAdjacentHTML("beforeend", parts.splice(0, hurried ? 20 : 1).join(""));
    }
  };
  const ledger = document.getElementById("inje-numbers").textContent;
  let known = ledger.startsWith("{") ? JSON.parse(ledger) : null;
  const ready = (async () => {
    if (!known) known = JSON.parse(await unpacked(ledger));
    await Promise.all([...document.querySelectorAll("script.folded")].map(unfold));
  })();
  /* Do something that needs what may still be folded: now, or as soon as it is there. */
  const once = (there, act) => {
    if (there()) { act(); return; }
    hurried = true;
    ready.then(() => { if (there()) act(); });
  };

  const slip = document.getElementById("slip");
  const body = slip.querySelector(".slip-body");
  let lit = [];

  const element = (tag, words, className) => {
    const made = document.createElement(tag);
    if (words !== undefined) made.textContent = words;
    if (className) made.className = className;
    return made;
  };
  const without = (node) => {
    const copy = node.cloneNode(true);
    copy.removeAttribute("id");
    for (const inner of copy.querySelectorAll("[id]")) inner.removeAttribute("id");
    return copy;
  };
  const dim = () => {
    for (const node of lit) node.classList.remove("lit", "chosen");
    lit = [];
  };
  const show = (nodes) => {
    body.replaceChildren(...nodes);
    slip.hidden = nodes.length === 0;
  };
  const hide = () => { dim(); slip.hidden = true; };

  const claimNode = (id) => known && document.getElementById(known.anchors[id] || `c-${id}`);
  const numberOf = (id) => {
    const row = known && known.numbers[id];
    if (!row) return null;
    const word = (i) => known.words[row[i] || 0];
    return { id, text: row[1], claims: (row[2] || []).map((i) => known.words[i]), unit: word(3), what: word(4), stage: word(5), note: word(7), error: row[8] || 0 };
  };
  let bearers = null; // elements by claim, gathered when first needed
  const gathered = () => {
    bearers = new Map();
    for (const node of document.querySelectorAll("main [data-claims]")) {
      for (const id of node.dataset.claims.split(" ")) {
        if (!bearers.has(id)) bearers.set(id, []);
        bearers.get(id).push(node);
      }
    }
    return bearers;
  };
  const light = (ids) => {
    dim();
    for (const id of ids) {
      for (const node of (bearers || gathered()).get(id) || []) {
        node.classList.add("lit");
        lit.push(node);
      }
    }
  };
  const point = (target) => {
    const ids = target.dataset.claims.split(" ").filter(Boolean);
    light(ids);
    show(ids.map(claimNode).filter(Boolean).map((node) => {
      const copy = element("div");
      const shown = without(node);
      copy.className = node.className;
      copy.append(...shown.childNodes);
      return copy;
    }));
  };

  const trace = (target) => {
    const entry = numberOf(target.id);
    if (!entry) return;
    dim();
    target.classList.add("chosen");
    lit.push(target);
    const nodes = [element("p", entry.what, "head"), element("p", `${entry.text}${entry.error ? ` ± ${Number((entry.unit === "%" ? 100 * entry.error : entry.error).toPrecision(1))}` : ""} ${entry.unit === "%" ? "" : entry.unit} · ${entry.stage} · ${entry.id}`, "quiet")];
    if (entry.note) nodes.push(element("p", entry.note, "quiet"));
    for (const id of entry.claims) {
      const node = claimNode(id);
      const quote = node && node.querySelector("blockquote");
      if (quote) nodes.push(without(quote));
    }
    const after = !["prior", "claim", "manifest"].includes(entry.stage);
    if (after) nodes.push(element("p", `Computed from worlds that ${known.weighed.length} claims weighed, and from ${known.priors.length} numbers of the model: inje trace ${entry.id} lists them.`, "quiet"));
    show(nodes);
  };

  const pointed = (target) => once(() => claimNode(target.dataset.claims.split(" ")[0]), () => point(target));
  const marks = ".mark[data-claims], .ref[data-claims]";
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const target = event.target.closest(marks);
    if (target) pointed(target);
    const number = event.target.closest("main data[id]");
    if (number && !number.title) {
      const entry = numberOf(number.id);
      if (entry) number.title = `${entry.what} (${entry.id})`;
    }
  });
  document.addEventListener("focusin", (event) => {
    const target = event.target.closest(marks);
    if (target) pointed(target);
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark[data-claims]");
    if (mark) { event.preventDefault(); pointed(mark); return; }
    const number = event.target.closest("main data[id]");
    if (number) { once(() => known, () => trace(number)); return; }
    if (event.target.closest(".close")) { hide(); return; }
    const link = event.target.closest('a[href^="#"]');
    if (link) {
      const aim = document.getElementById(link.getAttribute("href").slice(1));
      const closed = aim && aim.closest("details:not([open])");
      if (closed) closed.open = true;
      return; // an aim that is still folded is found when the address has changed
    }
    if (!event.target.closest("#slip")) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    if (event.key === "Enter") {
      const mark = event.target.closest && event.target.closest(".mark[data-claims]");
      if (!mark) return;
      event.preventDefault();
      const own = mark.dataset.claims.split(" ")[0];
      once(() => claimNode(own), () => {
        const claim = claimNode(own);
        const closed = claim.closest("details:not([open])");
        if (closed) closed.open = true;
        claim.tabIndex = -1;
        claim.focus();
        claim.scrollIntoView({ block: "center" });
      });
    }
  });
  document.addEventListener("toggle", (event) => { hurried = hurried || event.target.open; }, true);
  const aimed = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const opened = () => {
    if (location.hash.length < 2) return;
    const late = !aimed();
    once(aimed, () => {
      const closed = aimed().closest("details:not([open])");
      if (closed) closed.open = true;
      if (closed || late) aimed().scrollIntoView();
    });
  };
  window.addEventListener("hashchange", opened);
  opened();
  const printing = [];
  window.addEventListener("beforeprint", () => {
    for (const node of document.querySelectorAll("details:not([open])")) { node.open = true; printing.push(node); }
  });
  window.addEventListener("afterprint", () => { for (const node of printing.splice(0)) node.open = false; });

  const links = new Map([...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
  const watcher = new IntersectionObserver((seen) => {
    for (const entry of seen) {
      const link = links.get(entry.target.id);
      if (!link || !entry.isIntersecting) continue;
      for (const other of links.values()) { other.classList.remove("here"); other.removeAttribute("aria-current"); }
      link.classList.add("here");
      link.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  for (const section of document.querySelectorAll("main > section")) watcher.observe(section);

  /* ---- the replay of chosen worlds ---- */

  const replay = document.getElementById("replay");
  const setReplayUp = () => {
    const byId = (id) => document.getElementById(id);
    const [world, play, at, map, tally, says] = ["world", "play", "at", "map", "tally", "says"].map((part) => byId(`replay-${part}`));
    const drawn = (tag, attributes) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      return made;
    };
    for (const node of byId("ground").childNodes) {
      if (node.nodeName === "title") continue;
      const copy = node.cloneNode(true);
      if (copy.classList && copy.classList.contains("road-label")) continue;
      map.append(copy);
    }
    map.setAttribute("viewBox", byId("ground").getAttribute("viewBox"));
    const layer = drawn("g", {});
    map.append(layer);
    const position = (force) => {
      const from = machine.places[force.place];
      const to = machine.places[force.towards] || from;
      if (!from) return null;
      return [from[0] + (to[0] - from[0]) * force.along, from[1] + (to[1] - from[1]) * force.along];
    };
    const mixed = (before, after, share) => {
      const next = new Map(after.forces.map((force) => [force.force, force]));
      return before.forces.map((force) => {
        const then = next.get(force.force) || force;
        const a = position(force);
        const b = position(then) || a;
        if (!a) return null;
        return { id: force.force, x: a[0] + (b[0] - a[0]) * share, y: a[1] + (b[1] - a[1]) * share, strength: force.strength };
      }).filter(Boolean);
    };
    const spread = (forces) => {
      const stacked = new Map();
      for (const force of forces) {
        const key = `${Math.round(force.x / 14)}:${Math.round(force.y / 14)}`;
        const height = stacked.get(key) || 0;
        stacked.set(key, height + 1);
        force.y -= 18 + 22 * height;
      }
      return forces;
    };
    const render = () => {
      const frames = machine.replays[Number(world.value)].frames;
      const last = frames[frames.length - 1].day;
      const day = (last * Number(at.value)) / 1000;
      let i = 0;
      while (i + 1 < frames.length && frames[i + 1].day <= day) i += 1;
      const before = frames[i];
      const after = frames[Math.min(i + 1, frames.length - 1)];
      const length = after.day - before.day;
      const forces = spread(mixed(before, after, length > 0 ? (day - before.day) / length : 0));
      layer.replaceChildren(...forces.flatMap((force) => {
        const side = machine.forces[force.id] || { side: 0, name: force.id };
        const box = drawn("rect", { class: `force fill-${side.side}`, x: force.x - 9, y: force.y - 7, width: 18, height: 13, rx: 2 });
        const right = force.x > 420;
        const text = drawn("text", { x: force.x + (right ? -13 : 13), y: force.y + 4, "text-anchor": right ? "end" : "start" });
        text.textContent = `${side.name}: ${Math.round(force.strength)}`;
        return [box, text];
      }));
      for (const text of layer.querySelectorAll("text")) {
        const { x, width } = text.getBBox();
        const beyond = Math.max(x + width - 636, 4 - x, 0);
        const [name, strength] = text.textContent.split(/(?=: \d+$)/);
        const fits = Math.floor(name.length - (beyond * text.textContent.length) / width) - 2;
        if (beyond) text.textContent = `${name.slice(0, Math.max(fits, 3))}…${strength}`;
      }
      const held = new Map(before.control);
      for (const node of map.querySelectorAll("[data-place]")) {
        const side = machine.sides[held.get(node.dataset.place)];
        const flag = node.classList.contains("flag") ? " flag" : "";
        node.setAttribute("class", `place${flag}${side === undefined ? "" : ` held-${side.side}`}`);
      }
      tally.replaceChildren(...before.losses.map(([side, lost]) => {
        const known = machine.sides[side];
        return element("li", `${known ? known.name : side}: ${Math.round(lost)} lost`);
      }));
      const happened = frames.slice(0, i + 1).reverse().find((frame) => frame.event);
      const clock = Math.floor((day % 1) * 24);
      const words = `Day ${Math.floor(day) + 1}, ${String(clock).padStart(2, "0")}:00. ${happened ? happened.event : ""}`;
      says.textContent = words;
      at.setAttribute("aria-valuetext", words);
    };
    let timer = 0;
    const stop = () => { clearInterval(timer); timer = 0; play.textContent = "Play"; };
    play.addEventListener("click", () => {
      if (timer) { stop(); return; }
      if (Number(at.value) >= 1000) at.value = "0";
      play.textContent = "Pause";
      timer = setInterval(() => {
        at.value = String(Math.min(1000, Number(at.value) + 4));
        render();
        if (Number(at.value) >= 1000) stop();
      }, 40);
    });
    at.addEventListener("input", render);
    world.addEventListener("change", () => { at.value = "0"; render(); });
    render();
  };
  if (replay && machine.replays.length > 0) setReplayUp();
})();
