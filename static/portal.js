// The portal works without this file. It makes these things smoother: the phone's own Back, a change of language,
// leaving quickly, printing, copying, reading aloud. It keeps nothing: the history holds a count, never an answer.
(() => {
  "use strict";
  document.documentElement.classList.add("has-script");

  // A device without the letters of the page shows the same empty box for all of them: then our own font is fetched.
  const drawn = (letters) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 40 });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.font = `24px ${getComputedStyle(document.documentElement).fontFamily}`;
    pen.fillText(letters, 4, 30);
    return pen.getImageData(0, 0, 40, 40).data.join();
  };
  if (/[\u1200-\u137f]/.test(document.title) && drawn("ሀ") === drawn("ኵ")) {
    document.documentElement.classList.add("needs-letters");
  }

  // What she has chosen to keep in the phone is kept by worker.js; nothing is before she presses, and leaving takes it away.
  const workers = navigator.serviceWorker;
  const forget = async () => {
    if (!workers) return;
    if (workers.controller) workers.controller.postMessage({ forget: true }); // it goes on when this page is gone
    const known = await workers.getRegistrations();
    if (known.length) await Promise.all([caches.delete("kept"), ...known.map((one) => one.unregister())]);
  };
  const keep = async ({ keep: base, worker }) => {
    const registered = await workers.register(worker, { scope: base });
    const coming = registered.installing || registered.waiting;
    const active = registered.active || await new Promise((done) => {
      coming.addEventListener("statechange", () => coming.state === "activated" && done(coming));
    });
    const { port1, port2 } = new MessageChannel();
    const answered = new Promise((done) => { port1.onmessage = (event) => done(event.data); });
    active.postMessage({ keep: [base, `${base}saved`, location.href] }, [port2]);
    if (!(await answered)) throw new Error("not kept");
  };
  const tellKept = (what) => {
    for (const line of document.querySelectorAll("[data-told]")) line.hidden = line.dataset.told !== what;
  };
  const lookForKept = async () => {
    const link = document.querySelector("[data-list]");
    if (!link || !workers || !(await workers.getRegistrations()).length) return;
    tellKept("kept");
    const lists = (await (await caches.open("kept")).keys()).filter((one) => one.url.includes("/my-list?"));
    link.hidden = !lists.length;
    if (lists.length) link.href = lists[0].url;
  };
  lookForKept();
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-keep], [data-forget]");
    if (!button) return;
    if (!workers) return tellKept("never");
    const isKeeping = button.matches("[data-keep]");
    try {
      await (isKeeping ? keep(button.dataset) : forget());
      tellKept(isKeeping ? "kept" : "forgotten");
    } catch {
      tellKept("failed");
    }
  });

  // Leave quickly: the page is emptied at once and replaced in the history, so that Back does not lead here.
  document.addEventListener("click", (event) => {
    const leave = event.target.closest(".leave");
    if (leave) {
      event.preventDefault();
      typedNow(false);
      forget().catch(() => {});
      waiting = null;
      document.body.replaceChildren();
      document.title = "";
      // In a frame of the kommun's own site the page around it is left too, unless that site's sandbox holds us.
      try { top.location.replace(leave.href); } catch { location.replace(leave.href); }
    }
  });

  const check = () => document.getElementById("check");
  const settle = () => {
    scrollTo(0, 0);
    (["problems", "ticked", "main"].map((id) => document.getElementById(id)).find(Boolean)).focus({ preventScroll: true });
  };

  // A change of language within the self-check, and every form about a place in a group: the browser would write a form
  // that it sends itself to its disk (to bring the page back after a crash), so the page is fetched and put in place.
  const put = (page) => {
    for (const name of ["lang", "dir"]) {
      document.documentElement.setAttribute(name, page.documentElement.getAttribute(name));
    }
    document.title = page.title;
    for (const link of page.querySelectorAll("link[rel=stylesheet]")) { // a form may have a second one of its own
      const known = document.querySelector(`link[href="${link.getAttribute("href")}"]`);
      if (!known) document.head.append(document.adoptNode(link));
    }
    document.body.replaceWith(document.adoptNode(page.body));
    window.htmx.process(document.body);
    if (!document.querySelector("#check.apply, .sign-up")) typedNow(false); // what was typed was sent
  };
  // Nothing came back: what was typed stays where it is, and the page says that it was not sent, each time anew.
  const sayFailed = (form) => {
    let says = form && form.querySelector("[data-failed]");
    if (!says) {
      says = document.querySelector("[data-failed]");
      if (!says) return;
      if (form) form.append(says = says.cloneNode(true)); // where she looks: beside the button that she pressed
    }
    says.hidden = true;
    requestAnimationFrame(() => {
      says.hidden = false;
      says.scrollIntoView({ block: "center" });
    });
  };
  document.addEventListener("htmx:error", (event) => sayFailed(event.target.closest && event.target.closest("form")));

  // What is typed into a form of several fields is gone with a reload, or a pull at the top of the page.
  const isKept = ".apply, .sign-up, .sheet";
  let isTyped = false;
  const typedNow = (is) => {
    isTyped = is;
    document.documentElement.style.overscrollBehaviorY = is ? "contain" : "";
  };
  document.addEventListener("input", (event) => event.target.closest(isKept) && typedNow(true));
  addEventListener("submit", (event) => event.defaultPrevented || typedNow(false));
  addEventListener("beforeunload", (event) => {
    if (isTyped && document.querySelector(isKept)) event.preventDefault();
  });

  const speak = async (form, button) => {
    const typed = new FormData(form, button);
    const sent = form.enctype === "multipart/form-data" ? typed : new URLSearchParams(typed); // a file needs the first
    const address = button.hasAttribute("formaction") ? button.formAction : form.action;
    const signal = AbortSignal.timeout(form.enctype === "multipart/form-data" ? 180000 : 60000);
    const answer = await fetch(address, { method: "POST", body: sent, signal });
    if (!(answer.headers.get("content-type") || "").startsWith("text/html")) throw new TypeError("no page");
    put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    // After a sign-up the address is that of my place: to load it anew asks for the code, and sends nothing twice.
    const place = document.querySelector("[data-address]");
    history.replaceState(history.state, "", place ? place.dataset.address : answer.url);
    if (check()) arrived();
    leadBack();
    settle();
    offerReading();
  };

  // A result waits here, in memory only, while what it leads to is looked at: those pages are fetched and put in its
  // place, and Back, or the button of the result that is put on each of them, brings it back as it was.
  let waiting = null;
  let steps = 0; // so that a page which comes late, when somebody has gone on, is not put over what she looks at now
  const leadBack = () => {
    const main = document.getElementById("main");
    if (!waiting || !main) return;
    const way = waiting.way.cloneNode(true);
    way.hidden = false;
    for (const name of ["lang", "dir"]) way.setAttribute(name, waiting[name]);
    main.prepend(way);
  };
  const look = async (address, isNew) => {
    const step = steps += 1;
    const answer = await fetch(address);
    const text = await answer.text();
    if (step !== steps) return;
    if (!(answer.headers.get("content-type") || "").startsWith("text/html")) return location.assign(address);
    const way = document.getElementById("to-result");
    if (!waiting) {
      const { lang, dir } = document.documentElement;
      waiting = { body: document.body, title: document.title, lang, dir, way, depth, at: scrollY };
    }
    put(new DOMParser().parseFromString(text, "text/html"));
    if (isNew) {
      depth += 1;
      history.pushState({ depth, away: true }, "", answer.url);
    }
    leadBack();
    settle();
    offerReading();
  };
  const bringBack = () => {
    const { body, title, lang, dir, at } = waiting;
    steps += 1;
    depth = waiting.depth;
    waiting = null;
    Object.assign(document.documentElement, { lang, dir });
    document.title = title;
    document.body.replaceWith(body);
    shown = place();
    scrollTo(0, at);
  };
  const isLookedAt = (address) => {
    const to = new URL(address, location.href);
    return to.origin === location.origin && !/\/(self-check|apply|my-application|staff|api)(\/|$)/.test(to.pathname);
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-result]") && waiting) return history.go(waiting.depth - depth);
    const link = event.target.closest("a[href]");
    const isOther = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented;
    if (!link || isOther || (!waiting && !document.getElementById("to-result"))) return;
    const leads = link.matches(".leave, [download], [href^='#']") || (link.target && !link.matches("[data-look]"));
    if (leads || !isLookedAt(link.href)) return;
    event.preventDefault();
    look(link.href, true).catch(() => location.assign(link.href));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "get" || (!waiting && !document.getElementById("to-result")) || !isLookedAt(form.action)) return;
    event.preventDefault();
    look(`${form.action}?${new URLSearchParams(new FormData(form, event.submitter))}`, true).catch(() => form.submit());
  });
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button && button.classList.contains("native")) {
      event.preventDefault();
      event.stopPropagation();
      speak(event.target, button).catch(() => sayFailed(event.target));
    }
  }, true);

  // A mail leads to my place with its code after the #, which no server sees; it is moved into the field, off the address.
  const field = document.querySelector("[data-code]");
  if (field && location.hash.length > 1) {
    field.value = location.hash.slice(1);
    try { field.value = decodeURIComponent(field.value); } catch { /* a lone % stands for itself */ }
    history.replaceState(history.state, "", location.pathname);
  }

  // Where one answer is all, a tap on it goes on. Arrow keys and Space only choose (their click counts no press, and
  // nobody who looks for the right one by key may be led on), and neither does the second tap of two quick ones.
  let going = 0;
  document.addEventListener("click", (event) => {
    const option = event.target.closest("[data-on] label");
    if (!option || event.detail !== 1) return;
    clearTimeout(going); // the label's click is followed by one of its field
    going = setTimeout(() => option.isConnected && option.control.checked && document.getElementById("next").click());
  });

  // The phone's Back goes one question back.
  const place = () => {
    const asked = check() && check().querySelector("[name=q]");
    return asked ? asked.value : "";
  };
  let depth = 0;
  let shown = place();
  let goingBack = false;
  if (history.state && history.state.depth && !history.state.away) {
    history.go(-history.state.depth); // after a reload the check begins anew, and so does its history
  }
  const arrived = () => {
    const now = place();
    if (goingBack) {
      goingBack = false;
    } else if (now !== shown) { // a mistake shows the same question again, and costs no press of Back
      depth += 1;
      history.pushState({ depth }, "");
    }
    shown = now;
  };
  document.addEventListener("click", (event) => {
    const back = event.target.closest("button[name=back]");
    if (back && !goingBack && depth > 0 && event.isTrusted) {
      event.preventDefault();
      history.back();
    }
  });
  addEventListener("popstate", (event) => {
    // An older entry may hold the address of another language; what is loaded anew must be what is shown.
    if (check() && !waiting) history.replaceState(event.state, "", check().getAttribute("action"));
    const wanted = event.state && event.state.depth ? event.state.depth : 0;
    if (waiting && event.state && event.state.away) { // from one page that is looked at to another
      depth = wanted;
      return look(location.href, false).catch(() => location.reload());
    }
    if (waiting) bringBack();
    const back = document.querySelector("button[name=back]");
    if (wanted > depth) {
      history.back();
    } else if (wanted < depth && check() && back) {
      goingBack = true;
      depth = wanted;
      back.click();
    } else if (wanted < depth && document.querySelector("[data-back]")) {
      document.querySelector("[data-back]").click(); // the first step of an application leads out of its form
    }
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail.ctx.target;
    const status = document.getElementById("told"); // after a search how many were found is said, not the whole list
    if (status) status.textContent = [...target.querySelectorAll("[data-told]")].map((told) => told.textContent).join(" ");
    if (target.id !== "main") {
      if (target.hasAttribute("tabindex")) target.focus({ preventScroll: true }); // the button that was pressed is gone
      return;
    }
    if (!check()) return;
    arrived();
    settle();
    offerReading();
  });

  // Reading aloud, only with a voice that lives on the device: others send the text to somebody else.
  const speech = window.speechSynthesis;
  const voiceFor = (lang) => speech.getVoices().find((voice) =>
    voice.localService && voice.lang.replace("_", "-").toLowerCase().split("-")[0] === lang.split("-")[0].toLowerCase());
  const offerReading = () => {
    for (const button of document.querySelectorAll("[data-read], [data-say]")) {
      button.hidden = !speech || !voiceFor(button.matches("[data-say]") ? "sv" : document.documentElement.lang);
    }
    for (const button of document.querySelectorAll("[data-share]")) button.hidden = !navigator.share;
  };
  // What to say to whoever answers, in Swedish and slowly.
  const sayAloud = (button) => {
    if (speech.speaking) return speech.cancel();
    const voice = voiceFor("sv");
    for (const words of button.closest(".say, main").querySelectorAll("q[lang=sv], .large[lang=sv]")) {
      speech.speak(Object.assign(new SpeechSynthesisUtterance(words.innerText), { voice, lang: voice.lang, rate: 0.8 }));
    }
  };
  const readAloud = () => {
    if (speech.speaking) return speech.cancel();
    for (const part of document.querySelectorAll("main :is(h1, h2, h3, h4, p, li, dt, dd, legend, .options label)")) {
      if (part.closest(".hidden, [hidden], details:not([open]) > :not(summary)") || part.querySelector("p, li, h1, label")) continue;
      const lang = (part.closest("[lang]") || document.documentElement).lang;
      const voice = voiceFor(lang);
      if (!voice || !part.innerText.trim()) continue;
      const said = Object.assign(new SpeechSynthesisUtterance(part.innerText), { voice, lang: voice.lang });
      speech.speak(said);
    }
  };
  if (speech) speech.addEventListener("voiceschanged", offerReading);
  offerReading();
  addEventListener("pagehide", () => speech && speech.cancel());

  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-print]")) print();
    if (event.target.closest("[data-read]")) readAloud();
    const say = event.target.closest("[data-say]");
    if (say) sayAloud(say);
    const share = event.target.closest("[data-share]");
    if (share) navigator.share({ text: share.dataset.share }).catch(() => {}); // she thought better of it
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      await navigator.clipboard.writeText(copy.dataset.copy || location.href);
      copy.parentElement.querySelector("[role=status]").textContent = copy.dataset.done;
    }
  });
})();
