/* <form data-push="our key">: a press asks the browser for notices, and tells the server what it answered. */
document.addEventListener("submit", async (event) => {
  const form = event.target, applicationServerKey = form.dataset.push, worker = navigator.serviceWorker;
  if (!applicationServerKey || !worker) return;
  event.preventDefault();
  try {
    form.told.value = JSON.stringify(await (await worker.ready).pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
  } catch (error) {
    form.told.value = error.name;
  }
  form.submit();
});
