// What the browser tests see of pages. It lives in a document that knows axe; other pages are put into that document,
// one after another, without their scripts. The code is warm then, and no page costs a navigation or another screen.
window.looking = (() => {
  const brought = [];

  const keep = (text, status) => {
    const { documentElement } = new DOMParser().parseFromString(text, "text/html");
    brought.push({ root: document.adoptNode(documentElement), status });
  };

  // Fetch pages, each with an address and fields or null; return the status and the language of each.
  const bring = async (asked) => {
    brought.length = 0;
    for (const [address, fields] of asked) {
      const body = fields && new URLSearchParams(fields);
      const response = await fetch(address, { method: body ? "POST" : "GET", body });
      keep(await response.text(), response.status);
    }
    return brought.map(({ status, root }) => [status, root.lang]);
  };

  // Take pages as text, as scripts have left them.
  const take = (texts) => {
    brought.length = 0;
    for (const text of texts) keep(text, 200);
  };

  const put = async (root) => {
    document.replaceChild(root, document.documentElement);
    const sheets = [...document.querySelectorAll("link[rel=stylesheet]")].filter((link) => !link.sheet);
    await Promise.all(sheets.map((link) => new Promise((done, failed) => {
      Object.assign(link, { onload: done, onerror: failed });
    })));
  };

  // Put each page in place and return what a look at it finds.
  const each = async (look) => {
    const found = [];
    for (const one of brought) {
      await put(one.root);
      found.push(await look(one));
    }
    return found;
  };

  const openAll = () => {
    for (const found of document.querySelectorAll("details")) found.open = true;
  };

  const isShown = (one) => one.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true });

  // What hangs out of the screen, and what a box cuts. The skip link stands outside on purpose, .hidden is for who can
  // listen, the browser draws the options of a menu, and a table may be scrolled in a box of its own (WCAG 1.4.10).
  const cut = () => {
    const found = [], across = document.documentElement.scrollWidth;
    if (across > innerWidth) found.push(`the page is ${across} px wide`);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (texts.nextNode()) {
      const text = texts.currentNode, holder = text.parentElement;
      if (!text.data.trim() || holder.closest(".skip, .hidden, option, [tabindex='0'][role=region]")) continue;
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) {
        if (box.width && (box.left < -1 || box.right > innerWidth + 1)) found.push(`outside: ${text.data}`);
      }
      for (let box = holder; box !== document.documentElement; box = box.parentElement) {
        const hides = getComputedStyle(box).overflow !== "visible";
        if (hides && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)) {
          found.push(`cut: ${text.data}`);
        }
      }
    }
    return found;
  };

  // What holds more than it shows, and scrolls.
  const scrolling = () => [...document.querySelectorAll("body, body *")].filter((one) =>
    (one.scrollWidth > one.clientWidth + 13 || one.scrollHeight > one.clientHeight + 13)
      && /auto|scroll/.test(getComputedStyle(one).overflow));

  // Whether an element is a word in a line of others.
  const isWord = (one) => {
    const line = getComputedStyle(one).display === "inline" && one.closest("p, li, dd, td, h2, h3, h4, label");
    return Boolean(line) && line.textContent.trim() !== one.textContent.trim();
  };

  // What axe's rules that measure look for, without the rest that axe prepares: a target under 24 px, no word in a line
  // of others, whose circle of 24 px meets another target or its circle (WCAG 2.5.8), and what scrolls without the
  // keyboard (2.1.1).
  const measured = () => {
    const found = [], targets = [];
    for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
      const box = one.getBoundingClientRect();
      if (one.type === "hidden" || !isShown(one) || one.closest(".skip") || one.matches("[role=region]")) continue;
      const label = one.closest("label")?.getBoundingClientRect();
      targets.push({ one, isWord: isWord(one), isSmall: Math.min(box.width, box.height) < 23.5, box: label ?? box });
    }
    const from = (box, x, y) => Math.hypot(
      Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
    for (const { one, isWord, isSmall, box } of targets) {
      if (isWord || !isSmall || Math.min(box.width, box.height) >= 23.5) continue;
      const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
      for (const other of targets) {
        if (other.one === one || other.one.contains(one) || one.contains(other.one)) continue;
        const away = Math.hypot((other.box.left + other.box.right) / 2 - x, (other.box.top + other.box.bottom) / 2 - y);
        if (from(other.box, x, y) < 11.5 || (other.isSmall && away < 23.5)) {
          found.push(`small and near another: ${one.outerHTML}`);
          break;
        }
      }
    }
    for (const one of scrolling()) {
      const isReached = one.matches("textarea, select, [tabindex='0']");
      if (!isReached && !one.querySelector("a, button, input, select")) found.push(`scrolls, but not by keyboard: ${one.outerHTML}`);
    }
    return found;
  };

  // What axe finds, by those rules or by the rules with those tags.
  const axeFinds = async (runOnly) => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"], runOnly });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
      `${id}: ${html}: ${failureSummary}`));
  };

  return { brought, bring, take, each, openAll, isShown, cut, scrolling, isWord, measured, axeFinds };
})();
