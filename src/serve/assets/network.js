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
  for (const known of nodes.values()) {
    known.size = 12 + 40 * Math.sqrt(known.total / largest);
    known.font = 10 + 9 * Math.sqrt(known.total / largest);
  }
  for (const edge of edges) edge.width = 1 + 6 * Math.sqrt(edge.count / most);

  place.closest("figure").hidden = false;
  const look = () => {
    const sheet = getComputedStyle(document.documentElement);
    const colour = (name) => sheet.getPropertyValue(`--${name}`).trim();
    const kinds = ["person", "organisation", "authority", "outlet", "country", "place"];
    return [
      {
        selector: "node",
        style: {
          label: "data(label)", width: "data(size)", height: "data(size)", "font-size": "data(font)",
          "font-family": "system-ui, sans-serif", "background-color": colour("place"), color: colour("text"),
          "text-outline-color": colour("raised"), "text-outline-width": 2.5, "text-valign": "bottom", "text-margin-y": 3,
          "min-zoomed-font-size": 7, "text-wrap": "wrap", "text-max-width": "110px",
        },
      },
      ...kinds.map((kind) => ({ selector: `node[kind = "${kind}"]`, style: { "background-color": colour(kind) } })),
      {
        selector: "edge",
        style: {
          width: "data(width)", "line-color": colour("soft"), "line-opacity": 0.45, "curve-style": "bezier",
          "target-arrow-shape": "triangle", "target-arrow-color": colour("soft"), "arrow-scale": 0.8,
        },
      },
      { selector: ".far", style: { opacity: 0.12 } },
      { selector: "edge.near", style: { "line-color": colour("accent"), "target-arrow-color": colour("accent"), "line-opacity": 0.9 } },
    ];
  };

  // The same table gives the same picture: all begin on a spiral, the largest in the middle.
  const ordered = [...nodes.values()].sort((a, b) => b.total - a.total || a.id.localeCompare(b.id));
  const elements = ordered.map((data, rank) => {
    const [angle, radius] = [rank * 2.39996, 45 * Math.sqrt(rank)];
    return { data, position: { x: radius * Math.cos(angle) * 1.6, y: radius * Math.sin(angle) } };
  });
  const graph = cytoscape({
    container: place,
    elements: [...elements, ...edges.map((data) => ({ data }))],
    style: look(),
    layout: {
      name: "cose", randomize: false, animate: false, fit: true, padding: 30, numIter: 1500, nodeRepulsion: () => 40000,
      idealEdgeLength: () => 70, edgeElasticity: () => 80, gravity: 0.6, nodeOverlap: 16, componentSpacing: 60, nodeDimensionsIncludeLabels: true,
    },
    userZoomingEnabled: false,
    boxSelectionEnabled: false,
    maxZoom: 3,
    minZoom: 0.1,
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(look()));

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
      if (factor === 0) return graph.fit(undefined, 30);
      const middle = { x: graph.width() / 2, y: graph.height() / 2 };
      return graph.zoom({ level: graph.zoom() * factor, renderedPosition: middle });
    });
  }
  window.addEventListener("resize", () => graph.fit(undefined, 30));
})();
