// Put into every page of a preview: reloads it when it has changed, and says how things stand.
(() => {
  const number = document.currentScript.dataset.number;
  const here = decodeURIComponent(location.pathname).replace(/^\/html\//, "");
  const most = 4; // so many pages are named

  const strip = document.createElement("div");
  strip.setAttribute("role", "status");
  strip.id = "preview-strip";
  const style = document.createElement("style");
  style.textContent = `
    #preview-strip { position: fixed; right: 0; bottom: 0; max-width: 100%; box-sizing: border-box;
      padding: .35rem .8rem; background: #1f2328; color: #fff; font: .85rem/1.4 system-ui, sans-serif;
      border-top-left-radius: .4rem; z-index: 99 }
    #preview-strip a { color: #fff }
    @media print { #preview-strip { display: none } }`;
  document.head.append(style);
  document.body.append(strip);

  const say = (text, pages = []) => {
    const links = pages.slice(0, most).map(({ path, title }) => {
      const link = document.createElement("a");
      link.href = `/html/${path}`;
      link.textContent = title;
      return link;
    });
    const left = pages.length - links.length;
    strip.replaceChildren(text);
    links.forEach((link, place) => strip.append(place ? ", " : " ", link));
    if (left > 0) strip.append(` and ${left} more`);
  };

  const events = new EventSource(`/_preview/events?since=${number}`);
  events.onmessage = (event) => {
    const told = JSON.parse(event.data);
    if (told.isOther || told.changed.includes(here)) location.reload();
    else if (told.isMaking) say("Preview: making the pages …");
    else if (told.isFault) say("Preview: something has to be mended.");
    else if (told.last.length) say("Preview: up to date. Last changed:", told.last);
    else say("Preview: up to date.");
  };
  events.onerror = () => say("Preview: it has ended. Start it again to go on.");
  addEventListener("pagehide", () => events.close());
})();
