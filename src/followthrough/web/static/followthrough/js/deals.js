/* A card on its way lies in its new lane while it asks what comes next; Esc puts it back. */
(() => {
  if (window.dealsAreHeard) return;
  window.dealsAreHeard = true;
  const lane = (event) => event.target.closest?.(".lane");
  let held;

  const mark = (on) => document.querySelectorAll(".lane").forEach((it) => it.classList.toggle("over", it === on));
  document.addEventListener("dragstart", (event) => { held = event.target.closest?.(".deal"); });
  document.addEventListener("dragend", () => { held = mark(); });
  document.addEventListener("dragover", (event) => {
    if (!held || !lane(event)) return;
    event.preventDefault();
    mark(lane(event));
  });
  document.addEventListener("drop", (event) => {
    if (!held || !lane(event)) return;
    event.preventDefault();
    const to = lane(event).dataset.lane;
    if (held.closest(".lane").dataset.lane === to) return;
    htmx.ajax("GET", `${held.dataset.move}?to=${encodeURIComponent(to)}`, { target: held, swap: "outerHTML" });
  });

  document.addEventListener("htmx:afterSettle", () => {
    document.querySelectorAll(".slot").forEach((slot) => {
      const item = document.getElementById(slot.dataset.of)?.closest("li");
      if (!item?.querySelector(".moving")) slot.replaceWith(item ?? "");
    });
    document.querySelectorAll(".board .moving:not([data-lies])").forEach((card) => {
      card.dataset.lies = "";
      const there = document.querySelector(`.lane[data-lane="${CSS.escape(card.dataset.to)}"] ol`);
      const item = card.closest("li");
      if (there && !there.contains(item) && !document.querySelector(`.slot[data-of="${card.id}"]`)) {
        const slot = document.createElement("li");
        slot.className = "slot";
        slot.dataset.of = card.id;
        slot.textContent = card.dataset.was;
        item.replaceWith(slot);
        there.prepend(item);
      }
      (card.querySelector("[name=when]") ?? card.querySelector("[name=reason]:checked, [name=reason]"))?.focus();
    });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.target.closest?.(".deal")?.querySelector("[data-back]")?.click();
  });
})();
