// 价格走势: the step line that the platform drew, drawn on as offers come.
const WIDTH = 640, HEIGHT = 200, EDGE = 8, MOST = 600;

// The same path as `charts.step_line`.
export function path(points, until) {
  const times = points.map(([at]) => at), units = points.map(([, one]) => one);
  const first = times[0], span = Math.max(until - first, 1), low = Math.min(...units), high = Math.max(...units);
  const x = (at) => EDGE + (at - first) / span * (WIDTH - 2 * EDGE);
  const y = (one) => HEIGHT - EDGE - (high === low ? 0 : (one - low) / (high - low)) * (HEIGHT - 2 * EDGE);
  const said = (number) => number.toFixed(1);
  let drawn = `M${said(x(first))} ${said(y(units[0]))}`;
  for (let i = 1; i < points.length; i += 1) drawn += `H${said(x(times[i]))}V${said(y(units[i]))}`;
  return `${drawn}H${said(x(until))}`;
}

export function chart(figure) {
  const line = figure.querySelector("[data-line]"), words = figure.querySelector("[data-scale-words]");
  let points = JSON.parse(figure.dataset.points), waiting = 0;
  function draw() {
    waiting = 0;
    if (!points.length) return;
    line.setAttribute("d", path(points, points.at(-1)[0]));
  }
  return {
    add(fresh) {
      const counted = fresh.filter(({ amount }) => amount?.measure === figure.dataset.measure);
      for (const { at, amount } of counted) points.push([Date.parse(at), amount.units]);
      if (points.length > MOST) points = points.filter((_, i) => i === 0 || i > points.length - 100 || i % 2);
      const last = counted.at(-1);
      if (last && words) words.textContent = `，最近 ${last.amount.text}`;
      if (!waiting) waiting = setTimeout(draw, 200);
    },
    set(lines) { points = []; this.add(lines); },
  };
}
