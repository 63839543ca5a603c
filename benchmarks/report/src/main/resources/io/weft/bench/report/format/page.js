"use strict";

// Draws the charts from the data beside it, with the library that is packed into this page.
(async () => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("charts").textContent);
  const PRINT_WIDTH = 660;
  const NARROW = 600;

  async function unpackLibrary() {
    const packed = atob(document.getElementById("plotly").textContent.trim());
    const bytes = new Uint8Array(packed.length);
    for (let i = 0; i < packed.length; i++) {
      bytes[i] = packed.charCodeAt(i);
    }
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.head.append(script);
  }

  function axis(of) {
    const result = {
      title: { text: of.title, standoff: 10 },
      automargin: true,
      fixedrange: true,
      showline: true,
      linecolor: "#444",
      gridcolor: "#ddd",
      ticks: "outside",
      zeroline: false,
    };
    if (of.scale === "category") {
      result.tickvals = of.labels.map((label, index) => index);
      result.ticktext = of.labels;
      result.range = [-0.5, of.labels.length - 0.5];
      return result;
    }
    result.type = of.scale;
    if (of.high > 0) {
      result.range = of.scale === "log" ? [Math.log10(of.low), Math.log10(of.high)] : [of.low, of.high];
    }
    if (of.ticks.length > 0) {
      result.tickvals = of.ticks;
      result.ticktext = of.labels;
    }
    return result;
  }

  function placeName(chart, value) {
    const of = chart.horizontal;
    if (of.scale === "category") {
      return of.labels[value];
    }
    const units = ["B", "KiB", "MiB", "GiB"];
    let unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return Number(value.toPrecision(3)) + " " + units[unit];
  }

  function number(value) {
    return value >= 1000 ? Math.round(value).toLocaleString("en") : value.toPrecision(4);
  }

  function valueText(series, index) {
    const text = number(series.y[index]);
    return series.low.length === 0 ? text : `${text} (${number(series.low[index])} to ${number(series.high[index])})`;
  }

  function band(series) {
    return {
      x: series.x.concat(series.x.slice().reverse()),
      y: series.high.concat(series.low.slice().reverse()),
      mode: "lines",
      line: { width: 0 },
      fill: "toself",
      fillcolor: series.style.colour + "38",
      hoverinfo: "skip",
      showlegend: false,
      legendgroup: series.name,
    };
  }

  function curve(chart, series) {
    return {
      name: series.name,
      legendgroup: series.name,
      x: series.x,
      y: series.y,
      mode: "lines+markers",
      cliponaxis: false,
      line: { color: series.style.colour, dash: series.style.dash, width: 2 },
      marker: { color: series.style.colour, symbol: series.style.symbol, size: 8, line: { width: 1.5 } },
      text: series.x.map((x, index) => `${series.name}<br>${placeName(chart, x)}: ${valueText(series, index)}`),
      hoverinfo: "text",
    };
  }

  // Beside words the value runs along the horizontal axis, and networks stand one above the other.
  function dots(chart, series, index) {
    const shift = ((chart.series.length - 1) / 2 - index) * 0.24;
    return {
      name: series.name,
      x: series.y,
      y: series.x.map((row) => row + shift),
      mode: "markers",
      marker: { color: series.style.colour, symbol: series.style.symbol, size: 10 },
      error_x: {
        type: "data",
        symmetric: false,
        array: series.high.map((high, i) => high - series.y[i]),
        arrayminus: series.low.map((low, i) => series.y[i] - low),
        color: series.style.colour,
      },
      text: series.x.map((row, i) => `${chart.vertical.labels[row]}, ${series.name}: ${valueText(series, i)}`),
      hoverinfo: "text",
    };
  }

  function traces(chart) {
    if (chart.kind === "dots") {
      return chart.series.map((series, index) => dots(chart, series, index));
    }
    const bands = chart.series.filter((series) => series.low.length > 1).map(band);
    return bands.concat(chart.series.map((series) => curve(chart, series)));
  }

  function reference(chart) {
    if (chart.reference === 0) {
      return [];
    }
    const line = { color: "#000", width: 1, dash: "longdash" };
    return chart.kind === "dots"
      ? [{ type: "line", yref: "paper", y0: 0, y1: 1, x0: chart.reference, x1: chart.reference, line }]
      : [{ type: "line", xref: "paper", x0: 0, x1: 1, y0: chart.reference, y1: chart.reference, line }];
  }

  function layout(chart) {
    const rows = chart.kind === "dots" ? chart.vertical.labels.length : 0;
    const horizontal = axis(chart.horizontal);
    if (rows === 0 && root.clientWidth < NARROW) {
      // Sizes turned this way end below their ticks; the other way the last leaves the screen.
      horizontal.tickangle = -45;
    }
    return {
      height: rows === 0 ? 380 : 110 + rows * 34,
      margin: { l: 24, r: 24, t: 8, b: 24 },
      font: { family: "system-ui, sans-serif", size: 13, color: "#222" },
      paper_bgcolor: "#fff",
      plot_bgcolor: "#fff",
      dragmode: false,
      hovermode: "closest",
      showlegend: chart.series.length > 1,
      legend: { orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom" },
      xaxis: horizontal,
      yaxis: axis(chart.vertical),
      shapes: reference(chart),
    };
  }

  function apologise(error) {
    root.dataset.charts = "failed";
    console.error(error);
    for (const figure of document.querySelectorAll("figure")) {
      figure.querySelector(".chart").textContent = "This browser cannot draw the chart; the table has its numbers.";
      figure.querySelector("details").open = true;
    }
  }

  try {
    if (data.length > 0) {
      await unpackLibrary();
    }
    for (const chart of data) {
      await Plotly.newPlot(chart.id, traces(chart), layout(chart), { displayModeBar: false, responsive: true });
      // The page stays usable meanwhile.
      await new Promise((resolve) => setTimeout(resolve));
    }
    root.dataset.charts = "drawn";
  } catch (error) {
    apologise(error);
    return;
  }

  // Paper has a width of its own.
  window.addEventListener("beforeprint", () => {
    data.forEach((chart) => Plotly.relayout(chart.id, { width: PRINT_WIDTH }));
  });
  window.addEventListener("afterprint", () => {
    data.forEach((chart) => Plotly.relayout(chart.id, { width: null, autosize: true }));
  });
})();
