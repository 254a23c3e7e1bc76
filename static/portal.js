// The portal works without this file. It makes these things smoother: the phone's own Back, a change of language,
// leaving quickly, printing, copying. It keeps nothing: the history holds a count, never an answer.
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

  const check = () => document.getElementById("check");
  const settle = () => {
    scrollTo(0, 0);
    (document.getElementById("problems") || document.getElementById("main")).focus({ preventScroll: true });
  };

  // A change of language within the self-check: the browser would write a form that it sends itself to its disk
  // (to bring the page back after a crash), so the page is fetched and put in place instead.
  const speak = async (form, button) => {
    const sent = new URLSearchParams(new FormData(form, button));
    const answer = await fetch(button.formAction, { method: "POST", body: sent });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const name of ["lang", "dir"]) {
      document.documentElement.setAttribute(name, page.documentElement.getAttribute(name));
    }
    document.title = page.title;
    document.body.replaceWith(document.adoptNode(page.body));
    history.replaceState(history.state, "", button.formAction);
    window.htmx.process(document.body);
    settle();
  };
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button && button.classList.contains("native")) {
      event.preventDefault();
      event.stopPropagation();
      speak(event.target, button).catch(() => location.reload());
    }
  }, true);

  // The phone's Back goes one question back.
  const place = () => {
    const asked = check() && check().querySelector("[name=q]");
    return asked ? asked.value : "";
  };
  let depth = 0;
  let shown = place();
  let goingBack = false;
  if (history.state && history.state.depth) {
    history.go(-history.state.depth); // after a reload the check begins anew, and so does its history
  }
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
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail.ctx.target;
    if (target.id !== "main") {
      if (target.hasAttribute("tabindex")) target.focus({ preventScroll: true }); // the button that was pressed is gone
      return;
    }
    if (!check()) return;
    const now = place();
    if (goingBack) {
      goingBack = false;
    } else if (now !== shown) { // a mistake shows the same question again, and costs no press of Back
      depth += 1;
      history.pushState({ depth }, "");
    }
    shown = now;
    settle();
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
