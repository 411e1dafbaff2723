/* The browser knows where it stands; whoever signs up may choose another zone. */
document.addEventListener("DOMContentLoaded", () => {
  const choice = document.querySelector("select[name=zone]:not([data-chosen])");
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (choice && [...choice.options].some((option) => option.value === here)) choice.value = here;
});
