/* A chart is drawn from the table beneath it: its rows, its heads with data-colour, its links; a row may have its own.
   Bars, or with data-chart="line" a line through what stands from day to day. */
"use strict";

function readTable(table) {
  const heads = Array.from(table.tHead.rows[0].cells);
  const rows = Array.from(table.tBodies[0].rows);
  const series = heads.map((head, column) => ({ head, column })).filter((one) => one.head.dataset.colour);
  return { names: rows.map((row) => row.cells[0].textContent.trim()), rows, series };
}

function figureOf(cell) {
  const counted = cell.querySelector("[data-n]") || cell;
  const told = cell.dataset.value ?? counted.dataset.n ?? cell.textContent;
  return Number(told.replace(/[^0-9.-]/g, "")) || 0;
}

function options(table, { names, rows, series }, width) {
  const css = getComputedStyle(table);
  const colour = (name) => css.getPropertyValue(name).trim();
  const line = table.dataset.chart === "line";
  const words = { color: colour("--ink-2"), fontFamily: css.fontFamily, fontSize: 12 };
  return {
    animation: false,
    grid: { left: 4, right: 4, top: 14, bottom: 4, containLabel: true },
    xAxis: { type: "category", data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: colour("--line") } }, axisLabel: line ? words : { ...words, interval: 0, width: (width - 50) / names.length - 2, overflow: "break" } },
    yAxis: { type: "value", scale: line, minInterval: 1, splitLine: { lineStyle: { color: colour("--hair") } }, axisLabel: words },
    series: series.map(({ head, column }) => ({
      ...(line ? { type: "line", step: "end" } : { type: "bar", stack: "all", barMaxWidth: 28 }), name: named(head),
      itemStyle: { color: colour(head.dataset.colour) },
      data: rows.map((row) => ({
        value: figureOf(row.cells[column]),
        itemStyle: row.dataset.colour ? { color: colour(row.dataset.colour) } : undefined,
      })),
    })),
  };
}

function named(head) {
  return head.dataset.told || head.textContent.trim();
}

function legend(series) {
  const list = document.createElement("ul");
  list.className = "legend";
  series.forEach(({ head }) => {
    const item = document.createElement("li");
    item.style.setProperty("--colour", `var(${head.dataset.colour})`);
    item.textContent = named(head);
    list.append(item);
  });
  return list;
}

function draw(table) {
  const read = readTable(table);
  const fold = table.closest("details.drawn");
  const place = document.createElement("div");
  place.className = "chart";
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", table.getAttribute("aria-label") || "");
  (fold || table.closest(".scroll") || table).before(legend(read.series), place);
  if (fold) fold.open = false;
  const chart = window.echarts.init(place);
  const paint = () => { chart.setOption(options(table, read, place.clientWidth)); chart.resize(); };
  paint();
  chart.on("click", ({ seriesIndex, dataIndex }) => {
    const door = read.rows[dataIndex].cells[read.series[seriesIndex].column].querySelector("a");
    if (door) window.location.assign(door.href);
  });
  new ResizeObserver(paint).observe(place);
  ["(prefers-color-scheme: dark)", "print"].forEach((media) => window.matchMedia(media).addEventListener("change", paint));
}

if (window.echarts) document.querySelectorAll("table[data-chart]").forEach(draw);
