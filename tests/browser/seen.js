// What can be seen wrong on a page, besides what axe finds. Evaluated in the page; returns plain data.
() => {
  const root = document.documentElement;
  const width = root.clientWidth;
  const all = [...document.body.querySelectorAll("*")];

  const isShown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const told = (e) => {
    const name = e.id ? `#${e.id}` : e.getAttribute("class") ? `.${e.getAttribute("class").split(" ")[0]}` : "";
    const text = (e.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `${e.tagName.toLowerCase()}${name}${text ? ` "${text}"` : ""}`;
  };
  const styles = new Map();
  const style = (e) => styles.get(e) ?? styles.set(e, getComputedStyle(e)).get(e);
  const within = new Map();
  // Whether something around it takes what is too wide: by scrolling, or by cutting it off.
  const isContained = (e) => {
    const p = e.parentElement;
    if (!p || p === document.body || p === root) return false;
    if (!within.has(p)) within.set(p, style(p).overflowX !== "visible" || isContained(p));
    return within.get(p);
  };
  const hasText = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const isForEarsOnly = (e) =>
    style(e).clipPath === "inset(50%)" || style(e).clip !== "auto" || (e.clientWidth <= 2 && e.clientHeight <= 2);

  // Wider than the window: the page scrolls sideways, or something lies beyond its edge.
  const sideways = [];
  if (root.scrollWidth > width) sideways.push(`the page is ${root.scrollWidth} px wide in ${width}`);
  // Cut off: text in a box that neither grows nor scrolls.
  const cut = [];
  const small = [];
  const unnamed = [];
  for (const e of all) {
    if (!isShown(e)) continue;
    const box = e.getBoundingClientRect();
    if (box.width && (box.right > width + 1 || (box.left < -1 && box.right > 0)) && !isContained(e))
      if (hasText(e) || e.matches("img, svg, table, input, button, pre")) sideways.push(told(e));
    const s = style(e);
    const keepsX = ["hidden", "clip"].includes(s.overflowX);
    const keepsY = ["hidden", "clip"].includes(s.overflowY);
    if ((keepsX || keepsY) && !isForEarsOnly(e) && e.textContent.trim() && !e.closest("svg"))
      if ((keepsX && e.scrollWidth > e.clientWidth + 1) || (keepsY && e.scrollHeight > e.clientHeight + 1))
        cut.push(told(e));
    if (hasText(e) && !e.matches("script, style, noscript, title, desc")) {
      const scale = e.ownerSVGElement ? Math.hypot(e.getScreenCTM().a, e.getScreenCTM().b) : 1;
      const size = parseFloat(s.fontSize) * scale;
      if (size < 10.99) small.push(`${told(e)}: ${size.toFixed(1)} px`);
    }
    if (e.tagName === "IMG" && !(e.getAttribute("alt") || "").trim() && !e.closest("[aria-hidden=true]"))
      unnamed.push(told(e) + (e.getAttribute("src") || "").slice(0, 60));
    if (e.tagName === "svg" && !e.parentElement.closest("svg") && !e.closest("[aria-hidden=true]")) {
      const labels = (e.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id));
      const title = [...e.children].find((c) => c.tagName === "title");
      const name = e.getAttribute("aria-label") || labels.map((l) => l?.textContent || "").join(" ") || title?.textContent || "";
      if (e.getAttribute("role") !== "img" || !name.trim()) unnamed.push(told(e));
    }
  }
  const meta = document.querySelector("meta[name=description]");
  const icon = document.querySelector("link[rel~=icon]");
  const footers = [...document.querySelectorAll("footer, [role=contentinfo]")].filter((f) => !f.closest("main, article"));
  return {
    sideways, cut, small, unnamed,
    headings: all.filter((e) => e.tagName === "H1" && isShown(e)).map((e) => e.textContent.trim()),
    title: document.title.trim(),
    description: (meta?.content || "").trim(),
    icon: icon?.href || "",
    footer: footers.map((f) => f.innerText).join("\n"),
    size: parseFloat(style(document.querySelector("main p") || document.body).fontSize),
  };
}
