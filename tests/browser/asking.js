// What is new on a page: axe is asked about that only, for it says the same again of what it has looked at. What counts
// as the same is told at each kind.
Object.assign(window.looking, (() => {
  const { axeFinds, cut, each, isShown, isWord, measured, openAll, scrolling } = window.looking;
  const known = { structures: new Set(), words: new Set(), looks: new Set() };
  const isNew = (kind, key) => !known[kind].has(key) && Boolean(known[kind].add(key));

  // Attributes that hold a text or an address: of these only whether there is anything in them is of the structure.
  const SAID = new RegExp("^(aria-(label|description|roledescription|valuetext|placeholder)|alt|title|placeholder|value"
    + "|content|label|summary|href|src|action|formaction|data-.*)$");
  const LANGUAGE = /^(lang|dir|hreflang)$/;
  const WORDS = "…";
  const FLOWING = "p, li, dd, dt, td, th, h1, h2, h3, h4, a, b, strong, em, q, label, legend, span, button, summary, "
    + "caption, div, bdi, small, time";
  const MARK = /^data-(colour|size)-known$/;

  // A page without what it says: its elements with their attributes, whether each is shown, and where there are words.
  // A mark that only tells a word's language or direction is none of the structure, nor is the order of a list's items,
  // of which one is the language of the page.
  const structure = (one = document.documentElement) => {
    const attributes = [...one.attributes].filter(({ name }) => !LANGUAGE.test(name) && !MARK.test(name)).map(
      ({ name, value }) => `${name}=${SAID.test(name) && !value.startsWith("#") ? Boolean(value.trim()) : value}`);
    const inside = [...one.childNodes].map((child) => {
      if (child.nodeType === Node.ELEMENT_NODE) return structure(child);
      return child.nodeType === Node.TEXT_NODE && child.data.trim() ? WORDS : "";
    }).filter((part, place, all) => part && (part !== WORDS || all[place - 1] !== WORDS));
    const isMark = one.matches("span, bdi") && attributes.length === 0 && one.parentElement.matches(FLOWING);
    if (isMark && isShown(one) && inside.join("") === WORDS) return WORDS;
    if (one.matches("ul, ol") && !one.querySelector("h1, h2, h3, h4, h5, h6")) inside.sort();
    return `<${one.localName} ${isShown(one)} ${attributes.join(" ")}>${inside.join("")}</>`;
  };

  // Whatever else a rule about words reads: each language that is named, each name that an attribute gives beside the
  // words it stands at, each title of a table, and the names of all landmarks of the page together.
  const worded = () => {
    const told = (one) => ["lang", "xml:lang", "aria-label", "aria-labelledby", "aria-roledescription", "alt", "title",
      "summary", "accesskey", "http-equiv", "content"].map((name) => one.getAttribute(name) ?? "").join("|");
    const found = [...document.querySelectorAll("[lang], [*|lang]")].map((one) => `lang ${told(one)}`);
    const named = "[aria-label], [aria-labelledby], [aria-roledescription], [alt], [title], [accesskey], [http-equiv]";
    for (const one of document.querySelectorAll(`${named}, meta[name=viewport], table, iframe`)) {
      const near = one.closest("a, button, p, li, td, th"), beside = [one, ...(one.labels ?? []), near, one.caption];
      found.push([one.localName, told(one), ...beside.map((other) => other?.textContent.trim())].join("|"));
    }
    const marks = [...document.querySelectorAll("header, footer, nav, main, aside, section, form, search, [role]")];
    const by = (one) => (one.getAttribute("aria-labelledby") ?? "").split(" ").map(
      (id) => document.getElementById(id)?.textContent);
    found.push(marks.map((one) => `${one.localName} ${one.getAttribute("role")} ${told(one)} ${by(one)}`).join("\n"));
    return found;
  };

  const CLEAR = "rgba(0, 0, 0, 0)", NO_VEIL = "1 none normal";

  // How an element's text is drawn, what it paints behind that, itself and before and after it, and whether that covers
  // all that lies below; how what it holds is veiled; whether it cuts.
  const drawnWith = (one) => {
    const own = getComputedStyle(one);
    const grounds = [own, getComputedStyle(one, "::before"), getComputedStyle(one, "::after")].map((part) =>
      [part.content, part.backgroundColor, part.backgroundImage, part.backgroundClip].join(" "));
    const paints = own.backgroundColor !== CLEAR || own.backgroundImage !== "none"
      || one.matches("img, svg, canvas, video, iframe, object");
    return {
      text: [own.color, own.fontSize, own.fontWeight, own.fontStyle, own.textShadow, own.webkitTextStroke,
        own.textDecorationLine, own.borderBottomStyle, own.outlineStyle].join(" "),
      ground: grounds.join(", "),
      covers: own.backgroundColor.startsWith("rgb("),
      veil: [own.opacity, own.filter, own.mixBlendMode].join(" "),
      paints,
      cuts: own.overflow !== "visible",
    };
  };

  const lies = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
    && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  const meet = (one, other) => one.left < other.right && other.left < one.right
    && one.top < other.bottom && other.top < one.bottom;

  const around = ({ left, top, right, bottom }) =>
    ({ left: left - 24, top: top - 24, right: right + 24, bottom: bottom + 24 });

  // How large a box is, and where others are, seen from it, in whole pixels.
  const placed = (box, others) => [
    [box.width, box.height].map(Math.round),
    ...others.map(({ name, box: { left, top, width, height } }) =>
      `${name} ${[left - box.left, top - box.top, width, height].map(Math.round)}`),
  ].join("; ");

  // The text of an element's own, and the boxes of its lines.
  const ownText = (one) => {
    const texts = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const range = document.createRange();
    const boxes = texts.flatMap((text) => {
      range.selectNodeContents(text);
      return [...range.getClientRects()];
    });
    return [texts.map((text) => text.data.trim()).join(""), boxes];
  };

  // How each element is drawn: its text, what that stands on down to what covers all below, and the veils over it; and
  // what paints or cuts.
  const drawn = () => {
    const looks = new Map(), painters = [];
    for (const one of document.querySelectorAll("html, body, body *")) {
      const { text, ground, covers, veil, paints, cuts } = drawnWith(one), held = looks.get(one.parentElement);
      const look = {
        text,
        ground: covers || !held ? ground : `${ground} on ${held.ground}`,
        veils: veil === NO_VEIL ? held?.veils : `${veil}, ${held?.veils}`,
      };
      looks.set(one, look);
      if ((paints || cuts) && one !== document.documentElement && one !== document.body) {
        painters.push({ one, name: `${one.localName} ${ground}`, box: one.getBoundingClientRect(), paints });
      }
    }
    return { looks, painters };
  };

  const markAllBut = (mark, looks, asked) => {
    for (const one of looks.keys()) one.toggleAttribute(mark, !asked.has(one));
    return asked.size > 0;
  };

  // Mark each element but those whose text is drawn as none was: in another way, on something else, under another veil,
  // beyond what it stands on, or where something else lies. Return whether there is any.
  const markColours = ({ looks, painters }, where) => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    const whole = { left: -scrollX, top: -scrollY, right: scrollWidth - scrollX, bottom: scrollHeight - scrollY };
    const isAsked = ([one, look]) => {
      if (!isShown(one)) return false;
      const isField = one.matches("input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea");
      const [said, boxes] = isField ? [`a ${one.value}`, [one.getBoundingClientRect()]] : ownText(one);
      if (!said) return false;
      const isInLine = one.parentElement.textContent.trim() !== one.textContent.trim();
      const isHeard = one.closest(".hidden") !== null; // only for those who listen
      const isOff = one.closest(":disabled, [aria-disabled=true]") || one.closest("label")?.control?.disabled;
      const key = [where, look.text, look.ground, look.veils, isInLine && looks.get(one.parentElement).text, Boolean(isOff),
        said.length > 1, /[\p{L}\p{N}]/u.test(said), isHeard];
      for (const box of isHeard ? [] : boxes) {
        const others = painters.filter((other) =>
          (other.one.contains(one) ? !lies(box, other.box) : other.paints && meet(box, other.box)));
        if (others.length || !lies(box, whole)) key.push(placed(box, others));
      }
      return isNew("looks", key.join("\n"));
    };
    return markAllBut("data-colour-known", looks, new Set([...looks].filter(isAsked).map(([one]) => one)));
  };

  // Mark each element but what can be pressed and is small, or meets another; unless it was so before, of the same size
  // and with the same around it. Return whether there is any.
  const markSizes = ({ looks }, where) => {
    const targets = [...looks.keys()].filter((one) => one.matches(
      "a, area, button, input, select, textarea, summary, option, iframe, audio, video, [role], [contenteditable]",
    ) && isShown(one)).map((one) =>
      ({ one, name: `${one.localName} ${isWord(one)}`, box: one.getBoundingClientRect() }));
    const isAsked = ({ one, name, box }) => {
      const near = targets.filter((other) => other.one !== one && meet(around(box), other.box));
      if (Math.min(box.width, box.height) >= 24 && !near.some((other) => meet(box, other.box))) return false;
      return isNew("looks", `${where} ${name} ${placed(box, near)}`);
    };
    return markAllBut("data-size-known", looks, new Set(targets.filter(isAsked).map(({ one }) => one)));
  };

  // Look at each page on the screen as it is. Axe is asked what may have another answer than before: by the rules about
  // structure where that is new, about words where one is; and by those that measure, in a language that is measured,
  // where something is drawn in a new way, is small, or scrolls. What is drawn alike is so on one screen and in the
  // letters of one language: `where` names both.
  const audit = async ({ structural, worded: wordings, coloured, sized, scrolled, where }) => each(async () => {
    openAll();
    const said = [...cut(), ...measured()], rules = [];
    if (isNew("structures", structure())) rules.push(...structural);
    if (worded().filter((one) => isNew("words", one)).length) rules.push(...wordings);
    if (where) {
      const how = drawn();
      if (markColours(how, where)) rules.push(...coloured);
      if (markSizes(how, where)) rules.push(...sized);
      if (scrolling().length) rules.push(...scrolled);
    }
    return rules.length ? [...said, ...(await axeFinds(rules))] : said;
  });

  // The same, with every rule.
  const auditAll = async ({ tags }) => each(async () => {
    openAll();
    return [...cut(), ...measured(), ...(await axeFinds(tags))];
  });

  axe.configure({ rules: [
    { id: "color-contrast", selector: "*:not([data-colour-known])" },
    { id: "target-size", selector: "*:not([data-size-known])" },
  ] });
  return { audit, auditAll };
})());
