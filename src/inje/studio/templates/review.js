"use strict";
(() => {
  const base = document.body.dataset.base;
  const $ = (id) => document.getElementById(id);
  let current = null;

  /* ---- parts of the page come from the server; each replaces the one of the same id ---- */

  const put = (html) => {
    const parsed = new DOMParser().parseFromString(`<!doctype html><body><ol>${html}</ol>`, "text/html");
    for (const fresh of [...parsed.querySelectorAll("[id]")].filter((node) => !node.parentElement.closest("[id]"))) {
      const old = $(fresh.id);
      if (!old) continue;
      const scrolled = old.scrollTop;
      old.replaceWith(fresh);
      fresh.scrollTop = scrolled;
    }
    sift();
    choose(current, false);
  };
  const send = async (address, body) => {
    const answer = await fetch(address, { method: "POST", body, headers: { "x-parts": "1" }, redirect: "error" });
    put(await answer.text());
    return answer.headers.get("x-done") === "yes";
  };
  const say = (words) => { $("said").textContent = words; };
  const failed = () => say("The studio does not answer: is inje still running?");

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.act");
    if (!form) return;
    event.preventDefault();
    const button = event.submitter;
    const address = (button && button.getAttribute("formaction")) || form.getAttribute("action");
    const card = form.closest(".claim");
    if (card) current = card.dataset.claim;
    send(address, new URLSearchParams(new FormData(form))).then((done) => {
      const dialog = form.closest("dialog");
      if (dialog && done) { dialog.close(); form.reset(); choose(last(), true); }
    }).catch(failed);
  });

  /* ---- the chosen claim ---- */

  const cards = () => [...document.querySelectorAll(".claim:not(.hidden-claim)")];
  const last = () => { const all = cards(); return all.length ? all[all.length - 1].dataset.claim : null; };
  const choose = (id, move) => {
    for (const node of document.querySelectorAll(".current")) node.classList.remove("current");
    const card = id && $(`c-${id}`);
    current = card ? id : null;
    if (!card) return;
    card.classList.add("current");
    for (const mark of document.querySelectorAll("#text .mark")) {
      if (mark.dataset.claims.split(" ").includes(id)) mark.classList.add("current");
    }
    if (!move) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    const mark = document.querySelector("#text .mark.current");
    if (mark) mark.scrollIntoView({ block: "nearest" });
  };
  const step = (by, wanted) => {
    const all = cards();
    let at = all.findIndex((card) => card.dataset.claim === current);
    for (at += by; at >= 0 && at < all.length; at += by) {
      if (!wanted || all[at].classList.contains(wanted)) { choose(all[at].dataset.claim, true); return; }
    }
  };
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("#text .mark");
    if (mark) {
      event.preventDefault();
      if (String(getSelection()) !== "") return;
      const ids = mark.dataset.claims.split(" ");
      choose(ids[(ids.indexOf(current) + 1) % ids.length], true);
      return;
    }
    const opener = event.target.closest("[data-form]");
    if (opener) { edit(opener); return; }
    const cancel = event.target.closest("[data-cancel]");
    if (cancel) { fetch(cancel.dataset.cancel).then((answer) => answer.text()).then(put).catch(failed); return; }
    const closer = event.target.closest("dialog button[value=close]");
    if (closer) { closer.closest("dialog").close(); return; }
    const card = event.target.closest(".claim");
    if (card && !event.target.closest("form")) choose(card.dataset.claim, true);
  });
  const edit = (opener) => {
    current = opener.closest(".claim").dataset.claim;
    fetch(opener.dataset.form).then((answer) => answer.text()).then((html) => {
      put(html);
      const field = $(`c-${current}`).querySelector("[name=about]");
      if (field) field.focus();
    }).catch(failed);
  };

  /* ---- selected words: places in the clean text ---- */

  const place = (node, offset) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[offset] || node;
    const piece = element.closest ? element.closest("[data-at]") : null;
    if (!piece) return null;
    const within = node.nodeType === Node.TEXT_NODE ? [...node.textContent.slice(0, offset)].length : 0;
    return Number(piece.dataset.at) + within;
  };
  const selected = () => {
    const chosen = getSelection();
    if (!chosen || chosen.isCollapsed || chosen.rangeCount === 0) return null;
    const range = chosen.getRangeAt(0);
    const start = place(range.startContainer, range.startOffset);
    const end = place(range.endContainer, range.endOffset);
    const article = (range.startContainer.parentElement || document.body).closest("[data-document]");
    if (start === null || end === null || start >= end || !article) return null;
    return { document: article.dataset.document, start, end, quote: String(chosen) };
  };
  const add = () => {
    const words = selected();
    if (!words) { say("Select the words of the text that make the claim, then press a."); return; }
    const dialog = $("adding");
    const form = dialog.querySelector("form");
    for (const name of ["document", "start", "end"]) form.elements[name].value = words[name];
    $("adding-quote").textContent = words.quote;
    dialog.showModal();
    form.elements.about.focus();
  };
  const split = () => {
    const words = selected();
    const card = current && $(`c-${current}`);
    if (!words || !card) { say("Choose a claim, select a part of its words, then press s."); return; }
    const revision = card.querySelector("[name=revision]").value;
    send(`${base}/claims/${current}/split`, new URLSearchParams({ ...words, revision })).then((done) => {
      if (done) choose(last(), true);
    }).catch(failed);
  };

  /* What selected words are for, also without a keyboard; a press must not lose the selection. */
  document.addEventListener("selectionchange", () => {
    $("picked").hidden = !selected();
    $("pick-split").hidden = !current;
  });
  for (const [id, deed] of [["pick-add", add], ["pick-split", split]]) {
    $(id).addEventListener("pointerdown", (event) => event.preventDefault());
    $(id).addEventListener("click", deed);
  }

  /* ---- keys ---- */

  const press = (key) => {
    const button = current && $(`c-${current}`).querySelector(`[data-key="${key}"]`);
    if (button) button.click();
    else say("Choose a claim first: j and k move through them.");
  };
  const keys = {
    j: () => step(1), k: () => step(-1), n: () => step(1, "is-drafted"),
    c: () => press("c"), r: () => press("r"), e: () => press("e"), o: () => press("o"),
    a: add, s: split,
    u: () => send(`${base}/undo`, new URLSearchParams()).catch(failed),
    U: () => send(`${base}/redo`, new URLSearchParams()).catch(failed),
    "/": () => $("find").focus(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, dialog");
    if (event.key === "Escape" && typing && !event.target.closest("dialog")) { event.target.blur(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const deed = keys[event.key];
    if (deed) { event.preventDefault(); deed(); }
  });

  /* ---- finding ---- */

  const sift = () => {
    const words = $("find").value.toLowerCase();
    const open = $("only-open").checked;
    for (const card of document.querySelectorAll(".claim")) {
      const shown = (!open || card.classList.contains("is-drafted")) && (!words || card.textContent.toLowerCase().includes(words));
      card.classList.toggle("hidden-claim", !shown);
    }
  };
  document.addEventListener("input", (event) => { if (event.target.id === "find" || event.target.id === "only-open") sift(); });
  document.addEventListener("change", (event) => { if (event.target.id === "only-open") sift(); });
})();
