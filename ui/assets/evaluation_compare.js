// The last run of each gold file, kept by this browser alone: of each question what came of
// it, never its text. Two runs are compared question by question.
window.aseqaEvaluation = (() => {
  "use strict";
  const PREFIX = "aseqa.evaluation.";
  const RESAMPLES = 1000;
  const KEPT = 12; // files; the oldest run goes first

  // Mulberry32: the same draws each time, so that the same two runs give the same intervals.
  function drawing(seed) {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

  function quantile(sorted, share) {
    const place = (sorted.length - 1) * share;
    const low = Math.floor(place);
    const high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
  }

  // The mean of paired differences with its percentile interval: questions are drawn, each
  // with what both runs have of it (Efron, Tibshirani, 1993).
  function pairedInterval(differences) {
    if (!differences.length) return null;
    const draw = drawing(differences.length);
    const means = Array.from({ length: RESAMPLES }, () => {
      let sum = 0;
      for (let n = 0; n < differences.length; n += 1) {
        sum += differences[Math.floor(draw() * differences.length)];
      }
      return sum / differences.length;
    }).sort((a, b) => a - b);
    return { value: mean(differences), low: quantile(means, 0.025), high: quantile(means, 0.975) };
  }

  const isGood = (outcome) => outcome === "right" || outcome === "abstained";

  function outline(found) {
    return {
      when: new Date().toISOString(),
      index: found.summary.index,
      figures: Object.fromEntries(found.measures.map(({ name, value }) => [name, value])),
      questions: Object.fromEntries(found.results.map(({ id, outcome, measures }) => [id, { outcome, measures }])),
    };
  }

  function stored(key) {
    try {
      const held = JSON.parse(localStorage.getItem(PREFIX + key));
      return held && held.figures && held.questions && held.when ? held : null;
    } catch {
      return null; // not ours, or no storage at all
    }
  }

  // Tells whether the browser keeps it.
  function store(key, found) {
    try {
      makeRoom(key);
      localStorage.setItem(PREFIX + key, JSON.stringify(outline(found)));
      return true;
    } catch {
      return false;
    }
  }

  function makeRoom(key) {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX) && name !== PREFIX + key);
    const when = (name) => stored(name.slice(PREFIX.length))?.when ?? "";
    names.sort((a, b) => when(a).localeCompare(when(b)));
    for (const name of names.slice(0, Math.max(0, names.length - KEPT + 1))) localStorage.removeItem(name);
  }

  function forget(key) {
    try {
      localStorage.removeItem(PREFIX + key);
    } catch {
      // nothing was kept
    }
  }

  // What changed from the run kept to this one; null where none is kept.
  function compared(before, found) {
    if (!before) return null;
    const paired = found.results.filter(({ id }) => Object.hasOwn(before.questions, id));
    const was = ({ id }) => before.questions[id];
    const differences = (name) =>
      paired
        .filter((one) => name in one.measures && name in was(one).measures)
        .map((one) => one.measures[name] - was(one).measures[name]);
    const measures = found.measures.map(({ name, value }) => {
      const old = before.figures[name] ?? null;
      const paired = pairedInterval(differences(name));
      if (paired) return [name, { before: old, ...paired }];
      const gap = old === null || value === null ? null : value - old;
      return [name, { before: old, value: gap, low: null, high: null }];
    });
    return {
      when: before.when,
      index: before.index,
      measures: Object.fromEntries(measures),
      won: paired.filter((one) => isGood(one.outcome) && !isGood(was(one).outcome)),
      lost: paired.filter((one) => !isGood(one.outcome) && isGood(was(one).outcome)),
    };
  }

  return { stored, store, forget, compared, isGood, pairedInterval };
})();
