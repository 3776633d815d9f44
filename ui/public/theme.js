// Runs before the first paint, so that the page never shows in the wrong theme.
(() => {
  let stored = null;
  try {
    stored = localStorage.getItem('retrylab.theme');
  } catch {
    // Storage may be off; the system's choice is used then.
  }
  const light = matchMedia('(prefers-color-scheme: light)').matches;
  document.documentElement.dataset.theme =
    stored === 'dark' || stored === 'light' ? stored : light ? 'light' : 'dark';
})();
