// Draws the table of who speaks about whom.
"use strict";

(() => {
  const place = document.getElementById("network");
  if (!place || !window.cytoscape) return;
  const nodes = new Map();
  const edges = [];
  const node = (link, kind, count) => {
    const id = link.getAttribute("href");
    const known = nodes.get(id) ?? { id, label: link.textContent, kind, total: 0 };
    known.total += count;
    nodes.set(id, known);
    return id;
  };
  for (const row of document.querySelectorAll("tr[data-count]")) {
    const [from, to, statements] = row.querySelectorAll("a");
    const count = Number(row.dataset.count);
    const source = node(from, row.dataset.from, count);
    const target = node(to, row.dataset.to, count);
    edges.push({ id: `${source}>${target}`, source, target, count, address: statements.getAttribute("href") });
  }
  const most = Math.max(...edges.map(({ count }) => count));
  const largest = Math.max(...[...nodes.values()].map(({ total }) => total));
  const share = ({ total }) => Math.sqrt(total / largest);

  place.closest("figure").hidden = false;
  const kinds = ["person", "organisation", "authority", "outlet", "country", "place"];
  const sheet = getComputedStyle(document.documentElement);
  const colour = (name) => sheet.getPropertyValue(`--${name}`).trim();
  // Sizes are those on the screen, however near one looks.
  const look = (zoom) => [
    {
      selector: "node",
      style: {
        width: (node) => (8 + 26 * share(node.data())) / zoom,
        height: (node) => (8 + 26 * share(node.data())) / zoom,
        "background-color": colour("place"),
        "font-family": "system-ui, sans-serif",
        "font-size": (node) => (11 + 7 * share(node.data())) / zoom,
        color: colour("text"),
        "text-outline-color": colour("raised"),
        "text-outline-width": 2.5 / zoom,
        "text-valign": "bottom",
        "text-margin-y": 3 / zoom,
      },
    },
    ...kinds.map((kind) => ({ selector: `node[kind = "${kind}"]`, style: { "background-color": colour(kind) } })),
    { selector: "node.named, node.near", style: { label: "data(label)", "z-index": 2 } },
    {
      selector: "edge",
      style: {
        width: (edge) => (1 + 5 * Math.sqrt(edge.data("count") / most)) / zoom,
        "arrow-scale": 0.8,
        "line-color": colour("soft"),
        "line-opacity": 0.4,
        "curve-style": "bezier",
        "target-arrow-shape": "triangle",
        "target-arrow-color": colour("soft"),
      },
    },
    { selector: ".far", style: { opacity: 0.12 } },
    { selector: "edge.near", style: { "line-color": colour("accent"), "target-arrow-color": colour("accent"), "line-opacity": 0.9 } },
  ];

  // The same table gives the same picture: all begin on a spiral, the largest in the middle.
  const ordered = [...nodes.values()].sort((a, b) => b.total - a.total || a.id.localeCompare(b.id));
  const elements = ordered.map((data, rank) => {
    const [angle, radius] = [rank * 2.39996, 45 * Math.sqrt(rank)];
    return { data, position: { x: radius * Math.cos(angle) * 1.6, y: radius * Math.sin(angle) } };
  });
  const graph = cytoscape({
    container: place,
    elements: [...elements, ...edges.map((data) => ({ data }))],
    style: look(1),
    layout: { name: "preset" },
    userZoomingEnabled: false,
    boxSelectionEnabled: false,
  });
  // Of many, what hangs together with little else stands in the table only.
  const parts = graph.elements().components().sort((a, b) => b.length - a.length);
  if (nodes.size > 40) for (const part of parts.slice(1)) if (part.nodes().length < 5) part.remove();
  graph
    .layout({
      name: "cose", randomize: false, animate: false, fit: false, numIter: 2000, nodeRepulsion: () => 60000, nodeOverlap: 20,
      idealEdgeLength: () => 60, edgeElasticity: () => 60, gravity: 1.2, componentSpacing: 40,
    })
    .run();
  // As wide as the place for it.
  const box = graph.nodes().boundingBox({ includeLabels: false });
  const wider = Math.min(2.2, Math.max(1, graph.width() / graph.height() / (box.w / box.h)));
  graph.nodes().positions((node) => ({ x: node.position("x") * wider, y: node.position("y") }));

  // Names of the largest first, as far as they do not lie upon others.
  const name = () => {
    graph.style(look(graph.zoom()));
    const taken = [];
    const pen = document.createElement("canvas").getContext("2d");
    graph.batch(() => {
      for (const node of graph.nodes().sort((a, b) => b.data("total") - a.data("total"))) {
        const size = 11 + 7 * share(node.data());
        pen.font = `${size}px system-ui, sans-serif`;
        const { x, y } = node.renderedPosition();
        const [half, top] = [pen.measureText(node.data("label")).width / 2 + 3, y + node.renderedHeight() / 2];
        const label = { left: x - half, right: x + half, top, bottom: top + size * 1.25 };
        const fits = taken.every((o) => o.right < label.left || o.left > label.right || o.bottom < label.top || o.top > label.bottom);
        node.toggleClass("named", fits);
        if (fits) taken.push(label);
      }
    });
  };
  const whole = () => {
    graph.fit(undefined, 50);
    if (graph.zoom() > 1.6) graph.zoom({ level: 1.6, renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } });
    name();
  };
  whole();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  window.addEventListener("resize", whole);

  graph.on("tap", "node", ({ target }) => location.assign(target.id()));
  graph.on("tap", "edge", ({ target }) => location.assign(target.data("address")));
  graph.on("mouseover", "node, edge", ({ target }) => {
    const near = target.isNode() ? target.closedNeighborhood() : target.union(target.connectedNodes());
    graph.elements().not(near).addClass("far");
    near.edges().addClass("near");
    place.style.cursor = "pointer";
    place.title = target.isNode() ? target.data("label") : `${target.source().data("label")} → ${target.target().data("label")}: ${target.data("count")}`;
  });
  graph.on("mouseout", "node, edge", () => {
    graph.elements().removeClass("far near");
    place.style.cursor = "";
    place.removeAttribute("title");
  });
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      const factor = Number(button.dataset.zoom);
      if (factor === 0) return whole();
      const middle = { x: graph.width() / 2, y: graph.height() / 2 };
      graph.zoom({ level: graph.zoom() * factor, renderedPosition: middle });
      return name();
    });
  }
})();
