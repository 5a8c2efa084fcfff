// Evaluated in a page before Tab is pressed for the first time: what can be clicked, and how it looks.
// Leaves `window.walk`, whose `stop()` tells of what has the focus, and `missed()` what never had it.
() => {
  const usual = "a[href], button, input, select, textarea, summary, [tabindex]";
  const isShown = (e) =>
    e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0 && !e.closest("[inert]");
  const isUsable = (e) => !e.disabled && e.type !== "hidden" && e.getAttribute("tabindex") !== "-1";
  const told = (e) => {
    const text = (e.getAttribute("aria-label") || e.textContent || "").trim().replace(/\s+/g, " ");
    return `${e.tagName.toLowerCase()} "${text.slice(0, 50)}"`;
  };
  const pointed = (e) => getComputedStyle(e).cursor === "pointer";
  const all = [...document.body.querySelectorAll("*")].filter(isShown);
  const focusable = all.filter((e) => e.matches(usual) && isUsable(e));
  const known = new Set(focusable);
  const isWithinKnown = (e) => e && (known.has(e) || isWithinKnown(e.parentElement));
  // What says by its pointer, its role or its handler that it can be clicked, and is not one of the usual.
  const others = all.filter(
    (e) =>
      !isWithinKnown(e) && !(e.tagName === "LABEL" && e.control) && !e.closest("label")?.control &&
      (e.hasAttribute("onclick") || e.matches("[role=button], [role=link], [role=tab]") ||
        (pointed(e) && !pointed(e.parentElement) && !focusable.some((f) => e.contains(f)))),
  );
  const look = (e) => {
    const s = getComputedStyle(e);
    return { outline: `${s.outlineStyle} ${s.outlineWidth} ${s.outlineColor}`, shadow: s.boxShadow };
  };
  const before = new Map(all.map((e) => [e, look(e)]));
  const numbers = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = numbers(colour).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const isClear = (colour) => numbers(colour).length === 4 && numbers(colour)[3] < 0.1;
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (!isClear(colour)) return colour;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? "rgb(18, 18, 18)" : "rgb(255, 255, 255)";
  };
  const isMarked = (e) => {
    const s = getComputedStyle(e);
    const was = before.get(e) || { outline: "", shadow: "none" };
    const isRinged =
      s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1 && !isClear(s.outlineColor) &&
      look(e).outline !== was.outline &&
      (s.outlineStyle === "auto" || contrast(s.outlineColor, ground(parseFloat(s.outlineOffset) < 0 ? e : e.parentElement)) >= 3);
    return isRinged || (s.boxShadow !== "none" && s.boxShadow !== was.shadow);
  };
  // Whether a person sees it: at least one of its points is in the window, with nothing over it.
  const isUncovered = (e) =>
    [...e.getClientRects()].some((r) =>
      [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].some(([x, y]) => {
        const at = document.elementFromPoint(r.left + r.width * x, r.top + r.height * y);
        return at && (e.contains(at) || at.contains(e));
      }),
    );
  const place = (r) => ({
    left: r.left + scrollX, right: r.right + scrollX, top: r.top + scrollY, bottom: r.bottom + scrollY,
  });
  // The menu or note around it; one that opens below its heading begins at that.
  const beside = (e) => {
    const around = e.closest("nav, aside");
    if (!around) return null;
    const heading = around.closest("details")?.querySelector("summary").getBoundingClientRect();
    const box = place(around.getBoundingClientRect());
    return heading ? { ...box, top: Math.min(box.top, place(heading).top) } : box;
  };
  const had = new Set();
  window.walk = {
    stop() {
      const e = document.activeElement;
      if (!e || e === document.body || e === document.documentElement || had.has(e)) return null;
      had.add(e);
      const boxes = [...e.getClientRects()];
      return {
        told: told(e), marked: isMarked(e), uncovered: isUncovered(e),
        beside: beside(e),
        first: place(boxes[0]), last: place(boxes[boxes.length - 1]),
      };
    },
    missed: () => [...focusable.filter((e) => !had.has(e)), ...others].map(told),
    count: focusable.length,
  };
  return focusable.length;
}
