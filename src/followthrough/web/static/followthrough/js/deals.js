/* A card on its way lies in its new lane while it asks what comes next; Esc puts it back. */
(() => {
  const on = (name, heard) => document.addEventListener(name, heard);
  const lane = (event) => held && event.target.closest(".lane");
  let held;
  const mark = (here) => document.querySelectorAll(".lane").forEach((it) => it.classList.toggle("over", it === here));

  on("dragstart", (event) => { held = event.target.closest(".deal"); });
  on("dragend", () => { held = mark(); });
  on("dragover", (event) => {
    if (!lane(event)) return;
    event.preventDefault();
    mark(lane(event));
  });
  on("drop", (event) => {
    const there = lane(event);
    if (!there || there.contains(held)) return;
    event.preventDefault();
    htmx.ajax("GET", `${held.dataset.move}?to=${there.dataset.lane}`, { target: held, swap: "outerHTML" });
  });

  on("htmx:afterSettle", () => {
    for (const slot of document.querySelectorAll(".slot")) {
      const item = document.getElementById(slot.dataset.of)?.parentNode;
      if (item?.querySelector(".moving")) continue;
      slot.replaceWith(item ?? "");
      item?.querySelector("a").focus();
    }
    for (const card of document.querySelectorAll(".board .moving")) {
      const stack = document.querySelector(`[data-lane="${card.dataset.to}"] ol`);
      if (!stack || stack.contains(card)) continue;
      const slot = document.createElement("li");
      slot.className = "slot";
      slot.dataset.of = card.id;
      slot.textContent = card.dataset.was;
      card.parentNode.replaceWith(slot);
      stack.prepend(document.createElement("li"));
      stack.firstChild.append(card);
      card.querySelector("[autofocus]").focus();
    }
  });

  on("keydown", (event) => event.key === "Escape" && event.target.closest(".deal")?.querySelector("[data-back]")?.click());
})();
