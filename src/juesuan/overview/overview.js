// Search, choose and sort the tables of the overview in the page itself. Nothing is fetched; without this
// script every row stands in the table. Runs again harmlessly when a notebook shows the cell again.
(() => {
  const names = new Intl.Collator("zh-CN", { numeric: true });
  const ranks = { f: 4, e: 3, w: 2, i: 1, o: 0, l: -1 };
  const number = (text) => parseFloat(text.replace(/[,%\s]/g, "").replace("−", "-"));
  // What a cell is ordered by; null goes last whichever way.
  const keys = {
    text: (cell) => cell.textContent.trim() || null,
    number: (cell) => { const n = number(cell.textContent); return Number.isNaN(n) ? null : n; },
    mark: (cell) => cell.className in ranks ? ranks[cell.className] * 1e6 + (number(cell.textContent.replace(/\D/g, "")) || 0) : null,
  };

  function ready(list) {
    const table = list.querySelector("table"), body = table.tBodies[0], find = list.querySelector(".ov-find");
    const rows = [...body.rows].map((row) => ({ row, text: row.textContent.toLowerCase(), name: row.cells[0].textContent.toLowerCase(), marks: row.dataset.k || "", part: row.dataset.p }));
    const box = find.querySelector("input"), state = find.querySelector(".ov-state"), more = list.querySelector(".ov-more");
    const chosen = (name) => find.querySelector(`select[data-name=${name}]`)?.value || "";
    const page = Number(list.dataset.page) || Infinity, spread = Number(list.dataset.spread) || 0, unit = list.dataset.unit;
    const style = list.appendChild(document.createElement("style"));
    let limit = page, order = rows;

    function show() {
      const words = box.value.toLowerCase().split(/\s+/).filter(Boolean), year = chosen("year"), mark = chosen("mark"), part = chosen("part");
      const marked = (year || mark) && new RegExp(`(^| )${year || "\\d+"}[${mark || "a-z"}]`);
      let fit = 0;
      for (const { row, text, name, marks, part: own } of order) {
        const fits = words.every((word) => (spread ? name : text).includes(word)) && (!marked || marked.test(marks)) && (!part || part === own);
        const later = fits && ++fit > limit;
        if (row.hidden !== (!fits || later)) row.hidden = !fits || later;
        if (row.classList.contains("later") !== later) row.classList.toggle("later", later);
      }
      const [all, some] = [rows.length.toLocaleString("en"), fit.toLocaleString("en")];
      const wanted = [box.value.trim(), ...[...find.querySelectorAll("select")].map((s) => s.value && s.selectedOptions[0].textContent)].filter(Boolean).join("，");
      state.textContent = wanted ? `符合“${wanted}”的 ${some} ${unit}，共 ${all} ${unit}` : `共 ${all} ${unit}`;
      if (fit > limit) state.insertAdjacentHTML("beforeend", `<span class="now">，显示前 ${limit}</span>`);
      more.hidden = fit <= limit;
    }

    // In the matrix a year is a pair of columns; the others step aside while one year is looked at.
    function columns() {
      const select = find.querySelector("select[data-name=year]"), at = select ? select.selectedIndex - 1 : -1;
      const id = (list.id = list.id || `ov-${Math.random().toString(36).slice(2)}`);
      const [first, last] = [2 + at * spread, 1 + (at + 1) * spread];
      const off = (row, from, to) => `#${id} ${row} > :nth-child(n+${from}):not(:nth-child(n+${to[0]}):nth-child(-n+${to[1]}))`;
      style.textContent = spread && at >= 0
        ? [off("tbody tr", 2, [first, last]), off("thead tr:first-child", 2, [at + 2, at + 2]), off("thead tr:nth-child(2)", 1, [first - 1, last - 1])].join(",") + "{display:none}"
        : "";
    }

    function sort(head, column) {
      const down = head.getAttribute("aria-sort") === "ascending" || (!head.hasAttribute("aria-sort") && head.dataset.sort === "mark");
      const key = keys[head.dataset.sort], text = head.dataset.sort === "text", way = down ? -1 : 1;
      const keyed = order.map((item) => [key(item.row.cells[column]), item]);
      keyed.sort(([a], [b]) => a === null || b === null ? (a === null) - (b === null) : way * (text ? names.compare(a, b) : a - b));
      order = keyed.map(([, item]) => item);
      table.querySelectorAll("[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      limit = page;
      show();
      body.append(...order.map(({ row }) => row));
    }

    const heads = [...table.tHead.rows].reverse();
    const second = heads.length > 1 ? 1 : 0;
    heads.forEach((line, i) => [...line.cells].forEach((head, at) => {
      if (!head.dataset.sort) return;
      // The name stays text of the cell: Chromium leaves buttons out of table heads that repeat on paper.
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-label", `按${head.dataset.of ? `${head.dataset.of} 年度` : ""}${head.textContent.trim()}排序`);
      head.append(button);
      head.addEventListener("click", () => sort(head, at + (i === 0 ? second : 0)));
    }));
    const again = () => { limit = page; columns(); show(); };
    box.addEventListener("input", again);
    find.querySelectorAll("select").forEach((select) => select.addEventListener("change", again));
    more.addEventListener("click", ({ target }) => {
      if (!target.dataset.more) return;
      limit = target.dataset.more === "all" ? Infinity : limit + page;
      show();
    });
    list.dataset.ready = "";
    // A handful of rows needs no search box.
    find.hidden = !spread && rows.length <= 10;
    show();
  }

  const start = () => document.querySelectorAll(".ov-list:not([data-ready])").forEach(ready);
  start();
  // Tables further down the page than this script.
  document.addEventListener("DOMContentLoaded", start);
})();
