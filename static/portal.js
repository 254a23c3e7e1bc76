// The portal works without this file. It makes four things smoother: the phone's own Back, leaving quickly, printing, copying.
(() => {
  "use strict";
  document.documentElement.classList.add("has-script");

  // Leave quickly: the page is emptied at once and replaced in the history, so that Back does not lead here.
  document.addEventListener("click", (event) => {
    const leave = event.target.closest(".leave");
    if (leave) {
      event.preventDefault();
      document.body.replaceChildren();
      document.title = "";
      location.replace(leave.href);
    }
  });

  // A change of language loads a whole page (its lang and dir belong to <html>): htmx must not take that submit.
  document.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.classList.contains("native")) event.stopPropagation();
  }, true);

  // The phone's Back goes one question back. The history holds only a count, never an answer.
  let depth = 0;
  let goingBack = false;
  const check = () => document.getElementById("check");
  document.addEventListener("click", (event) => {
    const back = event.target.closest("button[name=back]");
    if (back && !goingBack && depth > 0 && event.isTrusted) {
      event.preventDefault();
      history.back();
    }
  });
  addEventListener("popstate", (event) => {
    const wanted = event.state && event.state.depth ? event.state.depth : 0;
    const back = document.querySelector("button[name=back]");
    if (wanted > depth) {
      history.back();
    } else if (wanted < depth && check() && back) {
      goingBack = true;
      depth = wanted;
      back.click();
    }
  });
  document.addEventListener("htmx:after:swap", () => {
    const form = check();
    if (!form) return;
    if (goingBack) {
      goingBack = false;
    } else {
      depth += 1;
      history.pushState({ depth }, "");
    }
    scrollTo(0, 0);
    (document.getElementById("problems") || document.getElementById("main")).focus({ preventScroll: true });
  });

  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-print]")) print();
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      await navigator.clipboard.writeText(location.href);
      copy.parentElement.querySelector("[role=status]").textContent = copy.dataset.done;
    }
  });
})();
