// Says once that this page stands before somebody's eyes. Nothing else is told, and nobody else.
{
  const tell = () => {
    if (document.visibilityState !== "visible") return;
    document.removeEventListener("visibilitychange", wait);
    fetch(`${location.pathname}seen/`, { method: "POST", keepalive: true });
  };
  const wait = () => setTimeout(tell, 1000);
  document.addEventListener("visibilitychange", wait);
  wait();
}
