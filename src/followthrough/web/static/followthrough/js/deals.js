/* A card on its way lies in its new lane while it asks what comes next; Esc puts it back. */
(() => {
  const on = (name, heard) => document.addEventListener(name, heard);
  const lane = (event) => held && event.target.closest(".lane");
  let held;

  on("dragstart", (event) => { held = event.target.closest?.(".deal"); });
  on("dragover", (event) => lane(event) && event.preventDefault());
  on("drop", (event) => {
    const there = lane(event);
    if (!there || there.contains(held)) return;
    event.preventDefault();
    htmx.ajax("GET", `${held.dataset.move}?to=${there.dataset.lane}`, { target: held, swap: "outerHTML" });
  });

  on("htmx:afterSettle", () => {
    document.querySelectorAll(".slot").forEach((slot) => {
      const card = document.getElementById(slot.dataset.of);
      if (card?.matches(".moving")) return;
      slot.replaceWith(card?.parentNode ?? "");
      card?.querySelector("a").focus();
    });
    document.querySelectorAll(".board .moving").forEach((card) => {
      const stack = document.querySelector(`[data-lane="${card.dataset.to}"] ol`);
      if (!stack || stack.contains(card)) return;
      const item = card.parentNode;
      const slot = item.cloneNode();
      slot.className = "slot";
      slot.dataset.of = card.id;
      slot.textContent = card.dataset.was;
      item.replaceWith(slot);
      stack.prepend(item);
      card.querySelector("[autofocus]").focus();
    });
  });

  on("keydown", (event) => event.key === "Escape" && event.target.closest(".deal")?.querySelector("[data-back]")?.click());
})();
