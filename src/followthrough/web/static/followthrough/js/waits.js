/* At the door: whether something that was typed without network still waits in this browser. */
for (const it of document.querySelectorAll("[data-waits]")) it.hidden = !Object.entries(localStorage).some(([name, value]) => name.startsWith("kept:") && value !== "[]");
