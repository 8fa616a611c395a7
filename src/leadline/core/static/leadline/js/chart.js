// <ll-chart>: draws the table inside it, so that who sees no picture reads the same figures; saves PNG and SVG.
const colour = (name) => {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return rgb(found);
};
// The library knows no oklch(): a canvas tells what a colour is in sRGB.
const rgb = (css) => {
  const paint = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
  paint.fillStyle = css;
  paint.fillRect(0, 0, 1, 1);
  return `rgb(${[...paint.getImageData(0, 0, 1, 1).data].slice(0, 3).join(",")})`;
};
let loading;
const library = (src) => (loading ??= new Promise((ready, failed) => {
  document.head.append(Object.assign(document.createElement("script"), { src, onload: () => ready(window.echarts), onerror: failed }));
}));

class Chart extends HTMLElement {
  async connectedCallback() {
    this.addEventListener("click", (event) => this.save(event.target.closest("[data-save]")?.dataset.save));
    const echarts = await library(this.dataset.script);
    if (!this.isConnected) return;
    this.plot = echarts.init(this.querySelector(".chart-plot"), null, { renderer: "canvas" });
    this.plot.setOption(this.option());
    new ResizeObserver(() => this.plot.resize()).observe(this);
  }

  disconnectedCallback() { this.plot?.dispose(); }

  option() {
    const heads = [...this.querySelectorAll("thead th")].slice(1);
    const rows = [...this.querySelectorAll("tbody tr")];
    const [text, quiet, line, ...palette] = ["--text", "--quiet", "--line", "--accent", "--good", "--warn", "--bad"].map(colour);
    const unit = heads[0].dataset.unit; // one axis, so one unit: the others stand in the table
    const drawn = heads.map((head, place) => [head, place]).filter(([head]) => head.dataset.unit === unit).slice(0, 4);
    const value = (row, place) => { const plain = row.cells[place + 1].dataset.value; return plain && !plain.includes(";") ? Number(plain.split(" ").pop()) : null; };
    return {
      animation: !matchMedia("(prefers-reduced-motion: reduce)").matches, color: palette, textStyle: { color: text, fontFamily: getComputedStyle(this).fontFamily },
      grid: { left: 8, right: 12, top: drawn.length > 1 ? 34 : 14, bottom: 8, containLabel: true },
      legend: { show: drawn.length > 1, top: 0, textStyle: { color: text } }, tooltip: { trigger: "axis", renderMode: "richText" },
      xAxis: { type: "category", data: rows.map((row) => row.cells[0].textContent.trim()), axisLabel: { color: quiet, hideOverlap: true }, axisLine: { lineStyle: { color: line } } },
      yAxis: { type: "value", minInterval: unit === "count" ? 1 : 0, axisLabel: { color: quiet, formatter: (n) => unit === "ratio" ? `${Math.round(n * 100)} %` : n.toLocaleString(document.documentElement.lang) }, splitLine: { lineStyle: { color: line } } },
      series: drawn.map(([head, place]) => ({ name: head.textContent.trim(), type: this.dataset.kind, barMaxWidth: 36, smooth: false, data: rows.map((row) => value(row, place)) })),
    };
  }

  save(form) {
    if (!form || !this.plot) return;
    const link = Object.assign(document.createElement("a"), { download: `${this.dataset.name}.${form}` });
    const size = { width: this.plot.getWidth(), height: this.plot.getHeight() };
    if (form === "png") link.href = this.plot.getDataURL({ pixelRatio: 2, backgroundColor: colour("--surface") });
    else {
      const drawing = window.echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
      drawing.setOption({ ...this.option(), animation: false });
      link.href = URL.createObjectURL(new Blob([drawing.renderToSVGString()], { type: "image/svg+xml" }));
      drawing.dispose();
    }
    link.click();
  }
}
customElements.define("ll-chart", Chart);
