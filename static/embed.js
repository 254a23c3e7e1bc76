// In a frame of the kommun's own site: the page around is told how high this is, larger or smaller, and nothing else.
(() => {
  "use strict";
  if (window.parent === window) return;
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    const header = document.querySelector("[data-frame]");
    if (!header || height === told) return;
    told = height;
    // Only the sites that the kommun has named hear it: a message to another is thrown away by the browser.
    for (const site of header.dataset.frame.split(" ")) parent.postMessage({ insatsportalen: { height } }, site);
  };
  new ResizeObserver(tell).observe(document.documentElement);
  tell();
})();
