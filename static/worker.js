// Runs only where somebody has pressed "Spara i telefonen". It keeps the start, the page of what is kept and one list of
// hers, with what they need to be shown, and gives them back where there is no net. Every other page, and every form,
// goes past it. It never asks by itself: a page that is kept is made anew when she opens it with a net.
"use strict";
const KEPT = "kept";
const base = new URL(registration.scope).pathname;
const isList = (url) => url.pathname === `${base}my-list`;
const mayKeep = (url) => url.origin === location.origin
  && (url.pathname === base || url.pathname === `${base}saved` || isList(url));
const stored = (url) => caches.open(KEPT).then((cache) => cache.match(url, { ignoreVary: true }));

const put = async (url, answer) => {
  const cache = await caches.open(KEPT);
  const found = (await answer.clone().text()).matchAll(/(?:href|src)="([^"#]*\/static\/[^"#]+)/g);
  const parts = new Set([...found].map(([, address]) => new URL(address, location.origin).href));
  for (const part of parts) {
    if (!(await cache.match(part, { ignoreVary: true }))) await cache.add(part);
  }
  if (isList(url)) { // one list, the last that she chose
    for (const old of await cache.keys()) {
      if (isList(new URL(old.url))) await cache.delete(old);
    }
  }
  await cache.put(url.href, answer);
};
const keep = async (addresses) => {
  for (const url of addresses.map((address) => new URL(address, location.origin)).filter(mayKeep)) {
    const answer = await fetch(url.href, { credentials: "omit", cache: "no-store" });
    if (!answer.ok) throw new Error(`${answer.status}`);
    await put(url, answer);
  }
};
const forget = async () => {
  await caches.delete(KEPT);
  await registration.unregister();
};
const opened = async (event, url) => {
  try {
    const answer = await fetch(event.request);
    if (answer.ok && (await stored(url.href))) event.waitUntil(put(url, answer.clone()));
    return answer;
  } catch (error) {
    const known = await stored(url.href);
    if (known) return known;
    throw error;
  }
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  const [port] = event.ports;
  const done = event.data.forget ? forget() : keep(event.data.keep);
  event.waitUntil(done.then(() => port && port.postMessage(true), () => port && port.postMessage(false)));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  url.hash = "";
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.includes("/static/")) {
    event.respondWith(stored(url.href).then((known) => known || fetch(request)));
  } else if (request.mode === "navigate" && mayKeep(url)) {
    event.respondWith(opened(event, url));
  }
});
