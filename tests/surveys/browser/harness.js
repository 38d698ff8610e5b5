// Lets a test hand documents and forms to the script and see what it makes of them.
window.harness = (() => {
  const build = (said, up, byPath) => {
    const isText = "text" in said;
    const node = { name: said.name || "", text: said.text || "", kids: [], up, relevant: true, path: said.path };
    byPath[said.path] = node;
    if (!isText) node.kids = said.kids.map((kid) => build(kid, node, byPath));
    return node;
  };
  const shown = (value) => Array.isArray(value) ? { nodes: value.map((node) => node.path) }
    : typeof value === "object" ? { text: value.text } : value;
  const expressions = ({ zone, now, document, cases }) => {
    const names = { months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
      weekdays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] };
    const engine = seraiForm.open({ fields: [["data", -1, "string"]], stages: [] },
      { zone, now, entries: [], results: [], ...names });
    const byPath = {}, top = build(document, null, byPath);
    engine.order(top);
    return cases.map(({ tree, context, root }) => {
      const node = byPath[context];
      try {
        return shown(engine.evaluate(tree, { node, current: node, root: byPath[root], place: 1, size: 1 }));
      } catch (fault) { return { raised: String(fault) }; }
    });
  };

  // A form: what it shows of each cell, by path and by the places of the entries around.
  let engine;
  const opened = ({ logic, state }) => { engine = seraiForm.open(logic, state); return snapshot(); };
  // Entries that a count brings have keys of their own here, so a cell is found by its places.
  const changed = ({ path, place, text, results }) => {
    const frame = frames(engine.frames[""]).find((one) => String(placeOf(one)) === String(place)
      && Object.values(one.cells).some((cell) => cell.field.path === path));
    engine.apply([[path, frame.key, "value", text]]);
    engine.apply(results);
    return snapshot();
  };
  const placeOf = (frame) => frame.key ? [...placeOf(frame.up), frame.up.entries[frame.repeat].indexOf(frame)] : [];
  const isThere = (frame) => !frame.cells[frame.repeat].gone;
  const frames = (frame) => [frame, ...Object.values(frame.entries).flatMap((some) => some.filter(isThere).flatMap(frames))];
  const snapshot = () => frames(engine.frames[""]).flatMap((frame) => Object.values(frame.cells).map((cell) => [
    cell.field.i, placeOf(frame), cell.kids.length ? "" : cell.text, cell.relevant, engine.isLocked(cell),
    Boolean(cell.required), cell.relevant && cell.text !== "" && cell.constraint === false, cell.choices || null]));
  return { expressions, opened, changed };
})();
