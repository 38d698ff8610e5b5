// docs/methods/xforms-browser.md
const DAY = 86400000, MOST_ENTRIES = 5000, PAUSE = 1500, LONGEST = 60000;
const BAD = { days: NaN, text: "Invalid Date" };
const NUMBER = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;
const CLOCK = "((?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d+)?)?)(Z|[-+](?:0\\d|1[0-4])(?::?[0-5]\\d)?)?";
const TIME = new RegExp(`^\\s*${CLOCK}\\s*$`);
const DATE = new RegExp(`^\\s*(?!0000)(\\d{4})-(\\d\\d?)-(\\d\\d?)(?:T${CLOCK})?\\s*$`);

// Values: number, text, truth, nodes, moment { days, text, counted }.
const isList = Array.isArray;
const isText = (value) => typeof value === "string";
const words = (value) => value.trim().split(/\s+/);
const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
const isThere = (node) => node.relevant;
const child = (node) => node.kids.filter(isThere);
const string = (node) => node.kids.length ? child(node).map(string).join("") : node.text;
const truth = (value) => isList(value) ? value.length > 0 : value.text ? !isNaN(value.days) : Boolean(value);
const text = (value) => isList(value) ? value.slice(0, 1).map(string).join("") : Number.isNaN(value) ? "" : value.text || String(value);
const each = (value) => isList(value) ? value.map(string) : [value];

const order = (top) => {
  let count = 0;
  const visit = (node) => { node.order = count++; node.kids.forEach(visit); };
  visit(top);
};
const inOrder = (nodes) => nodes.length < 2 ? nodes : [...new Set(nodes)].sort((a, b) => a.order - b.order);
const parent = (node) => node.up ? [node.up] : [];
const self = (node) => [node].filter(isThere);
const above = (node) => parent(node).flatMap((one) => [one, ...above(one)]);
const below = (node) => child(node).flatMap((one) => [one, ...below(one)]);
const AXES = {
  child, self, parent, ancestor: above, descendant: below,
  "descendant-or-self": (node) => self(node).flatMap((one) => [one, ...below(one)]),
  "preceding-sibling": (node) => parent(node).flatMap(child).filter((one) => one.order < node.order).reverse(),
};
const placeOf = (node) => parent(node).flatMap((one) => one.kids).filter((one) => one.name === node.name).indexOf(node) + 1 || 1;

const open = (logic, state) => {
  const skew = state.now - Date.now(), clock = () => atDays((Date.now() + skew) / DAY, true);
  const ahead = (ms) => Date.parse(`${new Date(ms).toLocaleString("sv", { timeZone: state.zone }).replace(" ", "T")}Z`)
    - Math.floor(ms / 1000) * 1000;
  const instant = (local) => {
    const before = ahead(local - DAY), after = ahead(local + DAY);
    return local - (ahead(local - before) !== before && ahead(local - after) === after ? after : before);
  };
  const iso = (ms) => isNaN(ms) ? "" : new Date(ms).toISOString();
  const pad = (number) => String(number).padStart(2, "0");
  const parse = (day, clock, offset = "Z") => Date.parse(`${day}T${clock}${offset.replace(/^(...):?(..)?$/, (_, hour, rest = "00") => `${hour}:${rest}`)}`);
  const dayOf = ([, year, month, day]) => `${year}-${pad(month)}-${pad(day)}`;
  const days = (value) => {
    const found = DATE.exec(value);
    if (!found || iso(Date.parse(dayOf(found))).slice(0, 10) !== dayOf(found)) return NaN;
    const ms = parse(dayOf(found), found[4] || "00:00", found[5]);
    return (found[5] ? ms : instant(ms)) / DAY;
  };
  const local = (count) => {
    const utc = Math.round(count * DAY), offset = ahead(utc), ms = Math.abs(offset) < DAY ? utc + offset : NaN;
    return { ms, offset, said: iso(ms) };
  };
  const atDays = (count, withTime) => {
    const { ms, offset, said } = local(count), minutes = Math.floor(Math.abs(offset) / 60000);
    if (!said) return BAD;
    return { days: count, text: ms % DAY || withTime
      ? `${said.slice(0, -1)}${offset < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}` : said.slice(0, 10) };
  };
  const share = (ms) => (ms % DAY + DAY) % DAY / DAY;

  const number = (value) => {
    if (isList(value)) return number(text(value));
    if (!isText(value)) return value.text ? value.days : Number(value);
    return NUMBER.test(value) ? Number(value) : /^\s*\d{4}-\d\d-\d\d(T|\s*$)/.test(value) ? days(value) : NaN;
  };
  const numbers = (values) => values.flatMap(each).map(number);
  const most = (pick) => ["v", (...values) => values.flat().length ? pick(...numbers(values)) : NaN];
  const compare = (left, right, test) => each(left).some((one) => each(right).some((other) => test(one, other)));
  const ordered = (test) => ["v", (left, right) => compare(left, right, (one, other) => test(number(one), number(other)))];
  const equal = (test) => ["v", (left, right) => typeof left === "boolean" || typeof right === "boolean"
    ? test(truth(left), truth(right)) : compare(left, right, (one, other) =>
      isText(one) && isText(other) ? test(one, other) : test(number(one), number(other)))];
  const isSaid = (value) => isText(value) || isList(value);
  const moment = (value) => {
    if (typeof value === "boolean") return BAD;
    if (value.text && !value.counted) return value;
    const found = isSaid(value) && DATE.exec(text(value)), count = found ? days(text(value)) : number(value);
    return found && !found[4] && count === count ? { days: count, text: dayOf(found) } : atDays(count);
  };
  const isBlank = (value) => isSaid(value) && !text(value).trim();
  const formatted = (value, pattern) => {
    const { ms, said } = local(isBlank(value) ? NaN : moment(value).days), [Y, m, d, H, M, S, part] = said.split(/\D/);
    const letters = { Y, m, d, H, M, S, y: Y.slice(2), n: +m, e: +d, h: +H, 3: part, "%": "%",
      b: state.months[m - 1], a: state.weekdays[new Date(ms).getUTCDay()] };
    return said && pattern.replace(/%(.?)/gs, (whole, letter) => letter in letters ? letters[letter] : whole);
  };
  const shift = (value, places) => {
    const [digits, exponent = 0] = String(value).split("e");
    return Number(`${digits}e${+exponent + Math.trunc(places)}`);
  };
  const half = (value) => isFinite(value) ? Math.floor(value + 0.5) : value;
  const truths = (value) => isList(value) ? value.map((node) => string(node) !== "") : [truth(value)];
  const weighed = ([value, weight, ...rest]) => {
    if (weight === undefined) return 0;
    const weights = isList(weight) ? numbers([weight]) : null;
    return sum(truths(value).map((is, i) => !is ? 0 : weights ? weights[i] || 0 : number(weight))) + weighed(rest);
  };
  // A letter an argument: n number, s text, v any; the last for the rest.
  const FUNCTIONS = {
    "+": ["n", (a, b) => a + b], "-": ["n", (a, b) => a - b], "*": ["n", (a, b) => a * b],
    div: ["n", (a, b) => a / b], mod: ["n", (a, b) => a % b],
    "=": equal((a, b) => a === b), "!=": equal((a, b) => a !== b),
    "<": ordered((a, b) => a < b), "<=": ordered((a, b) => a <= b),
    "|": ["v", (a, b) => inOrder([...a, ...b])],
    count: ["v", (nodes) => nodes.length],
    sum: ["v", (nodes) => sum(numbers([nodes]))],
    min: most(Math.min), max: most(Math.max),
    position: ["v", (nodes) => nodes.length ? placeOf(nodes[0]) : NaN],
    instance: ["s", (name) => [lists[name]]],
    number: ["v", (value) => {
      const count = number(value), isDate = value.text || isSaid(value) && !isNaN(days(text(value)));
      return isDate ? { days: count, text: text(Math.floor(count)), counted: true } : count;
    }],
    round: ["n", (value, places = 0) => isFinite(value)
      ? Math.sign(value) * shift(Math.round(shift(Math.abs(value), places)), -places) : value],
    join: ["sv", (between, ...values) => values.flatMap(each).map(text).join(between)],
    "substring-before": ["s", (value, part) => value.slice(0, Math.max(0, value.indexOf(part)))],
    "substring-after": ["s", (value, part) => value.includes(part) ? value.slice(value.indexOf(part) + part.length) : ""],
    substring: ["sn", (value, from, length) => [...value].filter((_, i) => i + 1 >= half(from)
      && (length === undefined || i + 1 < half(from) + half(length))).join("")],
    substr: ["sn", (value, from, to = Infinity) => [...value].slice(from || 0, to || 0).join("")],
    "string-length": ["s", (value) => [...value].length],
    "normalize-space": ["s", (value) => value.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "")],
    translate: ["s", (value, from, to) => [...value].map((letter) => {
      const i = [...from].indexOf(letter);
      return i < 0 ? letter : [...to][i] || "";
    }).join("")],
    regex: ["s", (value, pattern) => new RegExp(pattern, pattern.includes("\\p{") ? "u" : "").test(value)],
    date: ["v", (value) => isBlank(value) ? "" : moment(value)],
    today: ["", () => moment(clock().text.slice(0, 10))],
    now: ["", clock],
    "decimal-time": ["s", (value) => {
      const [found, time, offset] = TIME.exec(value) || [];
      return share(!found ? local(days(value)).ms : parse("1970-01-01", time, offset) + (offset ? ahead(Date.now() + skew) : 0));
    }],
    "format-date": ["vs", formatted],
    selected: ["s", (value, one) => words(value).includes(one.trim())],
    "selected-at": ["sn", (value, i) => words(value)[Math.trunc(i)] || ""],
    "count-selected": ["s", (value) => value.trim() ? words(value).length : 0],
    coalesce: ["s", (first, second) => first || second],
    "weighted-checklist": ["nnv", (low, high, ...values) => {
      const count = weighed(values);
      return (low === -1 || count >= low) && (high === -1 || count <= high);
    }],
  };
  const INTO = { n: number, s: text, v: (value) => value };
  const SPECIAL = {
    and: (at, ...terms) => terms.every((term) => truth(evaluate(term, at))),
    or: (at, ...terms) => terms.some((term) => truth(evaluate(term, at))),
    if: (at, test, yes, no) => evaluate(truth(evaluate(test, at)) ? yes : no, at),
    last: (at) => at.size,
    place: (at) => at.place,
    current: (at) => [at.current],
    $: ({ frame }, i, ups) => {
      for (; ups; ups--) frame = frame.up;
      const { chain } = fields[i];
      return entriesOf(chain.slice(chain.indexOf(frame.repeat) + 1), frame).map((one) => one.cells[i]).filter(isThere);
    },
    "/": (at, start, ...steps) => steps.reduce((nodes, step) => {
      const [said, ...tests] = [].concat(step), [name, axis = "child"] = said.split("::").reverse();
      const fits = (node) => name === "node()" || node.name && (name === "*" || name === node.name);
      return inOrder(nodes.flatMap((node) => keep(AXES[axis](node).filter(fits), tests, at)));
    }, start === 0 ? [at.root] : start === 1 ? [at.node] : evaluate(start, at)),
    "[": (at, start, ...tests) => keep(evaluate(start, at), tests, at),
  };
  const keep = (nodes, tests, at) => tests.reduce((left, test) => left.filter((node, i) => {
    const value = evaluate(test, { ...at, node, place: i + 1, size: left.length });
    return typeof value === "number" ? value === i + 1 : truth(value);
  }), nodes);
  const evaluate = (tree, at) => {
    if (!isList(tree)) return tree;
    const [name, ...operands] = tree;
    if (name in SPECIAL) return SPECIAL[name](at, ...operands);
    const [takes, run] = FUNCTIONS[name] || (name in Math ? ["n", Math[name]] : ["s", (value, part) => value[name](part)]);
    return run(...operands.map((one, i) => INTO[takes[Math.min(i, takes.length - 1)]](evaluate(one, at))));
  };

  const fields = [], byPath = {}, lists = {}, frames = {}, changed = new Set();
  const top = { name: "", kids: [], relevant: true };
  const last = (chain) => chain[chain.length - 1];
  const entriesOf = (chain, from) => chain.reduce((found, repeat) => found.flatMap((frame) => frame.entries[repeat]), [from]);
  const make = (repeat, around, key) => {
    const frame = frames[key] = { repeat, up: around, key, cells: [], entries: fields.map(() => []) };
    for (const field of fields.filter(({ chain }) => last(chain) === repeat)) {
      const { i, name, preset } = field, up = frame.cells[field.parent] || around.cells[field.parent];
      up.kids.push(frame.cells[i] = { field, frame, name, text: preset, up, kids: [], own: true, relevant: true });
      up.kids.sort((a, b) => a.field.i - b.field.i);
    }
    around.entries[repeat].push(frame);
    order(top);
    return frame.cells[repeat];
  };
  const mark = (i) => { for (const stage of stages) if ([...stage.chain, ...stage.reads].includes(i)) stage.isDue = true; };
  const spread = (cell) => {
    const is = cell.own && !cell.gone && cell.up.relevant;
    if (is === cell.relevant) return;
    cell.relevant = is;
    changed.add(cell);
    mark(cell.field.i);
    cell.kids.forEach(spread);
  };
  const resize = (frame, repeat, wanted) => {
    const entries = frame.entries[repeat];
    while (entries.length < wanted) changed.add(make(repeat, frame, `${frame.key}+${repeat}.${entries.length}`));
    entries.forEach((entry, i) => {
      entry.cells[repeat].gone = i >= wanted;
      spread(entry.cells[repeat]);
    });
    mark(repeat);
  };
  const put = (cell, property, value) => {
    if (property === "value") {
      if (cell.text === value || cell.kids.length) return;
      cell.text = value;
      mark(cell.field.i);
    } else if (property === "relevant") {
      cell.own = value;
      spread(cell);
    } else {
      cell[property] = value;
      below(cell).forEach((one) => changed.add(one));
    }
    changed.add(cell);
  };
  const written = (value, type) => {
    const said = text(value), count = number(value);
    if (type === "int" && NUMBER.test(said)) return text(Math.trunc(count));
    if (type === "dateTime" && typeof value === "number" && said) return atDays(value).text;
    const day = type === "date" && said && local(isSaid(value) ? days(said) : count).said.slice(0, 10);
    return day || said;
  };
  const look = (tree, node, frame) => evaluate(tree, { node, current: node, frame, root: top, place: 1, size: 1 });
  const run = (frame, [i, property, tree]) => {
    const field = fields[i], isCount = property === "count";
    const cell = isCount ? { name: field.name, up: frame.cells[field.parent], kids: [], text: "", relevant: true } : frame.cells[i];
    let value = property === "choices" ? [] : "";
    try { value = look(tree, cell, frame); } catch { /* gives nothing, as on the server */ }
    if (isCount) {
      if (!isNaN(number(value))) resize(frame, i, Math.trunc(Math.min(number(value), MOST_ENTRIES)));
    } else put(cell, property, property === "value" ? written(value, field.type)
      : property === "choices" ? value.map(string) : truth(value));
  };
  const settle = () => {
    for (const stage of stages) {
      const inside = entriesOf(stage.chain, frames[""]);
      for (let left = inside.length; stage.isDue && left; left--) {
        stage.isDue = false;
        for (const frame of inside) for (const rule of stage.rules) run(frame, rule);
      }
    }
    const found = [...changed];
    changed.clear();
    return found;
  };
  const cellOf = (path, key) => frames[key] && frames[key].cells[byPath[path]];
  const apply = (results) => {
    for (const [path, key, property, value] of results) {
      const cell = cellOf(path, key);
      if (cell) put(cell, property, value);
      else if (frames[key]) resize(frames[key], byPath[path], value);
    }
    return settle();
  };

  for (const [name, parent, type, preset = ""] of logic.fields) {
    const { chain, path } = fields[parent] || { chain: [], path: "" }, i = fields.length;
    fields.push({ i, name, parent, type, preset, path: `${path}/${name}`, chain: type === "repeat" ? [...chain, i] : chain });
    byPath[fields[i].path] = i;
  }
  const stages = logic.stages.map(([chain, reads, ...rules]) => ({ chain, reads, rules }));
  const node = ([name, inner], up) => {
    const made = { name, up, relevant: true, kids: [], text: String(inner) };
    if (isList(inner)) made.kids = inner.map((one) => node(one, made));
    return made;
  };
  for (const [name, inner] of logic.lists || []) order(lists[name] = node(["", inner]));
  make(undefined, { cells: { "-1": top }, entries: { undefined: [] } }, "");
  for (const [i, around, key, isGone] of state.entries) make(i, frames[around], key).gone = isGone;
  for (const [i, key, property, value] of state.results) put(frames[key].cells[i], property, value);
  for (const { chain, rules } of stages) {
    for (const frame of entriesOf(chain, frames[""])) {
      for (const rule of rules) if (rule[1] !== "value" && rule[1] !== "count") run(frame, rule);
    }
  }
  for (const stage of stages) stage.isDue = false;
  changed.clear();

  const isLocked = (cell) => [cell, ...above(cell)].some((one) => one.readonly);
  return { evaluate, order, frames, cellOf, apply, isLocked };
};

const start = (form) => {
  const said = form.dataset, { logic, state } = JSON.parse(document.getElementById(said.logic).textContent);
  const engine = open(logic, state), blocks = {}, paused = {};
  const part = (block, mark) => [...block.querySelectorAll(`[data-${mark}]`)].filter((one) => one.closest("[data-ref]") === block);
  const isChoice = ({ type }) => type === "radio" || type === "checkbox";
  const read = (block) => part(block, "answer").filter((one) => !isChoice(one) || one.checked).map((one) => one.value).join(" ").trim();
  const write = (block, value) => part(block, "answer").forEach((one, i, all) => {
    if (isChoice(one)) one.checked = words(value).includes(one.value);
    else one.value = all.length > 1 ? words(value)[i] || "" : value;
  });
  const plain = (value, type) => type === "int" || type === "decimal" ? value.replace(/\s/g, "").replace(said.decimal, ".") : value;
  const tell = (block, message) => {
    for (const one of part(block, "issue")) one.textContent = message;
    for (const one of part(block, "answer")) one.setAttribute("aria-invalid", message !== "");
  };
  const announce = (message) => { form.querySelector("[data-announce]").textContent = message; };
  const show = (cells) => {
    let opened = 0;
    for (const cell of cells) {
      const { path, type } = cell.field, { key } = cell.frame, block = blocks[key ? `${path}@${key}` : path];
      if (!block) {
        for (const one of form.querySelectorAll(`[data-more="${path}"]`)) one.hidden = false;
        continue;
      }
      const answers = part(block, "answer"), isLocked = engine.isLocked(cell);
      if (block.hidden && cell.relevant && answers.length) opened += 1;
      block.hidden = !cell.relevant;
      if (plain(read(block), type) !== cell.text) write(block, cell.text);
      for (const one of part(block, "value")) one.textContent = cell.text;
      for (const one of part(block, "required")) one.hidden = !cell.required;
      for (const one of answers) {
        one.setAttribute("aria-required", Boolean(cell.required));
        one[isChoice(one) || one.options ? "disabled" : "readOnly"] = isLocked;
      }
      for (const one of cell.choices ? part(block, "choice") : []) {
        one.hidden = ![...cell.choices, ...words(cell.text)].includes(one.dataset.choice);
      }
    }
    if (opened) announce(said.opened.replace("{n}", opened));
  };
  const take = (block) => {
    const [path, key = ""] = block.dataset.ref.split("@"), cell = engine.cellOf(path, key);
    if (cell) show(engine.apply([[path, key, "value", plain(read(block), cell.field.type)]]));
    return cell;
  };

  const prefix = `serai ${said.queue} `;
  let store = "own" in said ? localStorage : sessionStorage, wait = PAUSE, timer = 0, isBusy = false;
  const kept = () => Object.keys(store).filter((key) => key.startsWith(prefix)).sort().map((key) => JSON.parse(store[key]));
  const items = () => kept().filter(({ isSaved }) => !isSaved);
  const isDue = ({ client_id, why }) => !why && !paused[client_id];
  const itemsOf = (ref) => items().filter((item) => item.ref === ref);
  const keep = (item) => {
    const key = prefix + item.client_id, kept = JSON.stringify(item);
    try { store[key] = kept; } catch { store = { ...store, [key]: kept }; }
  };
  const drop = (item) => delete store[prefix + item.client_id];
  const basesOf = (ref) => blocks[ref] ? part(blocks[ref], "base") : [];
  const rebase = (ref, id) => {
    for (const one of basesOf(ref)) one.value = id;
    for (const item of itemsOf(ref)) keep({ ...item, base: id });
  };
  const note = (ref, value) => {
    for (const item of itemsOf(ref)) if (item.why) drop(item);
    keep({
      client_id: Date.now().toString(36) + Math.random().toString(36), ref, base: basesOf(ref).map((one) => one.value)[0],
      ...itemsOf(ref).find((item) => !item.sent), value });
  };
  const report = (message) => {
    const count = new Set(items().map(({ ref }) => ref)).size;
    form.querySelector("[data-status]").textContent = message || (count ? said.unsent.replace("{n}", count) : said.sent);
  };
  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(() => navigator.locks ? navigator.locks.request(prefix, send) : send(), ms);
  };
  const ask = (block, { ref, value }, theirs) => {
    const worded = (said) => part(block, "choice").filter((one) => words(said).includes(one.dataset.choice))
      .map((one) => one.textContent.trim()).join(", ") || said;
    const texts = { ...theirs, mine: worded(value), value: worded(theirs.value) };
    const box = form.querySelector("[data-conflict]").content.firstElementChild.cloneNode(true);
    for (const slot of box.querySelectorAll("[data-slot]")) slot.textContent = texts[slot.dataset.slot];
    box.addEventListener("click", ({ target: { dataset: { decide } } }) => {
      if (!decide) return;
      itemsOf(ref).forEach(drop);
      rebase(ref, theirs.base);
      if (decide === "mine") note(ref, read(block));
      else write(block, theirs.value);
      take(block);
      box.remove();
      later(0);
    });
    block.append(box);
    announce(box.textContent);
  };
  const settle = (item, { status, base, why, theirs }) => {
    const block = blocks[item.ref];
    if (status === "conflict") {
      paused[item.client_id] = true;
      if (block) ask(block, item, theirs);
    } else if (/k|f/.test(status)) keep({ ...item, why }); // locked, refused
    else {
      keep({ ...item, base, isSaved: true });
      setTimeout(drop, LONGEST, item);
      if (base) rebase(item.ref, base);
    }
    if (block && why) tell(block, why);
  };
  const send = async () => {
    const batch = items().filter((item, i, all) => isDue(item) && all.findIndex(({ ref }) => ref === item.ref) === i);
    if (isBusy || !batch.length) return;
    isBusy = true;
    for (const item of batch) keep({ ...item, sent: true });
    const body = JSON.stringify(batch);
    let message = "";
    try {
      const reply = await fetch(said.autosave, { method: "POST", redirect: "manual", keepalive: body.length < 60000, body,
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } });
      if (!reply.ok) throw reply;
      const { answers, results } = await reply.json();
      for (const one of answers) settle(batch.find((item) => item.client_id === one.client_id), one);
      show(engine.apply(results));
      wait = PAUSE;
    } catch (fault) {
      wait = Math.min(wait * 2, LONGEST);
      if (fault.type === "opaqueredirect" || /40[13]/.test(fault.status)) message = said.signedOut;
    }
    isBusy = false;
    if (items().some(isDue)) later(wait);
    report(message);
  };

  const onAnswer = (event, act) => form.addEventListener(event, ({ target }) => {
    if ("answer" in target.dataset) act(target.closest("[data-ref]"));
  });
  onAnswer("input", (block) => {
    take(block);
    if (!said.autosave) return;
    note(block.dataset.ref, read(block));
    report(" ");
    later(wait);
  });
  const fault = (block) => {
    const { text = "", constraint } = take(block) || {}, { broken, fits, unfit } = block.dataset;
    return text && (text.search(fits) ? unfit : constraint === false ? broken : "");
  };
  onAnswer("change", (block) => setTimeout(() => {
    const message = fault(block);
    tell(block, message);
    if (message) announce(message);
  }, 300));
  addEventListener("online", () => later(0));
  addEventListener("focus", () => later(0));
  addEventListener("pagehide", send);
  addEventListener("storage", ({ key, newValue }) => {
    const { ref, base, isSaved } = newValue && key.startsWith(prefix) ? JSON.parse(newValue) : {};
    if (isSaved) rebase(ref, base);
    report();
  });
  for (const block of form.querySelectorAll("[data-ref]")) blocks[block.dataset.ref] = block;
  for (const item of kept()) {
    const { ref, value, why, base, isSaved } = item, block = blocks[ref];
    if (block && (!isSaved || basesOf(ref).some((one) => base > +one.value))) {
      write(block, value);
      tell(block, why || fault(block));
      if (isSaved) rebase(ref, base);
    }
    if (isSaved) drop(item);
    later(0);
  }
};

window.seraiForm = { open };
for (const form of document.querySelectorAll("[data-logic]")) start(form);
