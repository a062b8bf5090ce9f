// What a plot of figures is drawn from: the marks that the server wrote, and the shapes of voices.
// A conversation shown again from the browser's own store may hold anything, so all is checked.
window.aqPlotData = (() => {
  "use strict";
  const MAX_MARKS = 200;

  // ---- a shape of its own for each voice, so that colour is never alone in telling them ----

  const corners = (radius, angles) => angles.map((turn) => {
    const angle = (turn / 180) * Math.PI;
    return [radius * Math.sin(angle), -radius * Math.cos(angle)];
  });

  // A closed shape through points, as a symbol of the library's.
  const shape = (points) => ({
    draw(context, size) {
      const unit = Math.sqrt(size);
      points.forEach(([x, y], i) => (i ? context.lineTo(x * unit, y * unit) : context.moveTo(x * unit, y * unit)));
      context.closePath();
    },
  });
  const round = {
    draw(context, size) {
      const radius = Math.sqrt(size / Math.PI);
      context.moveTo(radius, 0);
      context.arc(0, 0, radius, 0, 2 * Math.PI);
    },
  };
  const cross = [
    [-0.2, -0.7], [0.2, -0.7], [0.2, -0.2], [0.7, -0.2], [0.7, 0.2], [0.2, 0.2],
    [0.2, 0.7], [-0.2, 0.7], [-0.2, 0.2], [-0.7, 0.2], [-0.7, -0.2], [-0.2, -0.2],
  ];
  const turned = (points) => points.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]);
  const star = Array.from({ length: 10 }, (_, i) => corners(i % 2 ? 0.34 : 0.86, [36 * i])[0]);
  const SHAPES = new Map([
    ["gouvernement", round],
    ["parlementaire", shape([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]])],
    ["inspection", shape(corners(0.74, [0, 90, 180, 270]))],
    ["justice", shape(corners(0.82, [0, 120, 240]))],
    ["collectivite", shape(corners(0.66, [0, 72, 144, 216, 288]))],
    ["syndicat", shape(corners(0.82, [60, 180, 300]))],
    ["association", shape(star)],
    ["presse", shape(turned(cross))],
    ["loi", shape(corners(0.64, [30, 90, 150, 210, 270, 330]))],
    ["statistique", shape([[-0.3, -0.78], [0.3, -0.78], [0.3, 0.78], [-0.3, 0.78]])],
    ["autre", shape(cross)],
  ]);

  // ---- what the server wrote, checked ----

  const isText = (value) => typeof value === "string" && value.length <= 2000;
  const isEnd = (value) => value === null || Number.isFinite(value);
  const timeOf = (day) => (/^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : NaN);

  function read(figure) {
    try {
      const plot = JSON.parse(figure.dataset.plot);
      const texts = [plot.title, plot.locale, plot.x, plot.y, plot.hint, plot.hollow].every(isText);
      const voices = plot.voices.every(([voice, label]) => SHAPES.has(voice) && isText(label));
      const marks = plot.marks.length <= MAX_MARKS && plot.marks.every(isMark);
      return texts && voices && marks ? { ...plot, marks: plot.marks.map(dated) } : null;
    } catch {
      return null; // no JSON, or of another form
    }
  }

  function isMark(mark) {
    return (
      Number.isFinite(mark.value) && isEnd(mark.low) && isEnd(mark.high) && Number.isFinite(timeOf(mark.day)) &&
      SHAPES.has(mark.voice) && [mark.told, mark.document, mark.span].every(isText) &&
      Number.isInteger(mark.start) && Number.isInteger(mark.end)
    );
  }

  function dated(mark) {
    const [day, first, last] = [mark.day, mark.first, mark.last].map((one) => new Date(timeOf(one ?? "")));
    const within = mark.low !== null && mark.high !== null && mark.low < mark.high;
    return { ...mark, day, first, last, within, lasting: last - first > 0 };
  }

  return { SHAPES, round, read };
})();
