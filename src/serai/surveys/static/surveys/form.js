// The browser's half of a questionnaire: it runs a section's logic and saves what is typed.
// What it gets (logic, state), the marks it looks for in the page: docs/methods/xforms-browser.md.
(() => {
  "use strict";
  const DAY = 86400000, MOST_ENTRIES = 5000, PAUSE = 1500, LONGEST = 60000;
  const BAD = { days: NaN, text: "Invalid Date" };
  const NUMBER = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;
  const CLOCK = "(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?(Z|[-+]\\d\\d(?::?\\d\\d)?)?";
  const DATE = new RegExp(`^\\s*(\\d{4})-(\\d\\d?)-(\\d\\d?)(?:T${CLOCK})?\\s*$`);
  const TIME = new RegExp(`^\\s*${CLOCK}\\s*$`);

  // ---- Values: number, text, truth, list of nodes, or a moment { days, text }; one that is
  // `counted` is a date's number, which is written as whole days.
  const isList = Array.isArray;
  const isText = (value) => typeof value === "string";
  const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
  const words = (text) => text.split(/\s+/).filter(Boolean);
  const pad = (number, width = 2) => String(number).padStart(width, "0");
  const isThere = (node) => node.relevant;
  const string = (node) => node.kids.length ? node.kids.filter(isThere).map(string).join("") : node.text;
  const flat = (value) => value.counted ? value.days : value;
  const truth = (value) => isList(value) ? value.length > 0
    : value.text ? !isNaN(value.days) && flat(value) !== 0 : Boolean(value);
  const text = (value) => isList(value) ? (value.length ? string(value[0]) : "")
    : Number.isNaN(value) ? "" : value.text || String(value);
  const each = (value) => isList(value) ? value.map(string) : [value];

  // ---- Dates, read and written in the form's time zone as serai.calc.xforms.values does.
  const calendar = (zone) => {
    const parts = new Intl.DateTimeFormat("en-US", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric",
      hour: "numeric", minute: "numeric", second: "numeric" });
    const ahead = (ms) => {
      const at = {};
      for (const part of parts.formatToParts(ms)) at[part.type] = Number(part.value);
      return Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second) - Math.floor(ms / 1000) * 1000;
    };
    // An hour that comes twice is the first of the two; one that is left out counts as before.
    const instant = (local) => {
      const before = ahead(local - DAY), after = ahead(local + DAY);
      return ahead(local - before) !== before && ahead(local - after) === after ? local - after : local - before;
    };
    const minutes = (offset) => {
      if (offset === "Z") return 0;
      const hours = Number(offset.slice(1, 3)), rest = Number(offset.slice(3).replace(":", ""));
      return hours > 14 || rest > 59 ? NaN : (hours * 60 + rest) * (offset[0] === "-" ? -1 : 1);
    };
    const clock = ([hour, minute, second = "0", part = ""]) => hour > 23 || minute > 59 || second > 59 ? NaN
      : ((hour * 60 + +minute) * 60 + +second) * 1000 + +part.slice(0, 3).padEnd(3, "0");
    const days = (value) => {
      const found = DATE.exec(value);
      if (!found) return NaN;
      const [year, month, day, ...time] = found.slice(1);
      const date = new Date(Date.UTC(2000, month - 1, day));
      date.setUTCFullYear(year, month - 1, day);
      if (date.getUTCDate() !== +day || date.getUTCMonth() !== month - 1 || +year < 1) return NaN;
      if (!time[0]) return instant(+date) / DAY;
      const ms = +date + clock(time);
      return (time[4] ? ms - minutes(time[4]) * 60000 : isNaN(ms) ? NaN : instant(ms)) / DAY;
    };
    const local = (count) => {
      const ms = Math.round(count * DAY), offset = Math.abs(ms) < 8e15 ? ahead(ms) : NaN, date = new Date(ms + offset);
      return date.getUTCFullYear() > 0 && date.getUTCFullYear() < 10000 ? { date, offset } : null;
    };
    const atDays = (count, withTime) => {
      const at = local(count);
      if (!at) return BAD;
      const written = at.date.toISOString(), offset = Math.floor(Math.abs(at.offset) / 60000);
      const isMidnight = at.date % DAY === 0 && !withTime;
      return { days: count, text: isMidnight ? written.slice(0, 10)
        : `${written.slice(0, -1)}${at.offset < 0 ? "-" : "+"}${pad(Math.floor(offset / 60))}:${pad(offset % 60)}` };
    };
    const share = (value, now) => {
      const found = TIME.exec(value);
      if (!found) return NaN;
      const ms = clock(found.slice(1));
      return (found[5] ? (ms - minutes(found[5]) * 60000 + ahead(now) + DAY) % DAY : ms) / DAY;
    };
    return { days, local, atDays, share };
  };

  // ---- Paths.
  const order = (top) => {
    let count = 0;
    const visit = (node) => { node.order = count++; node.kids.forEach(visit); };
    visit(top);
  };
  const inOrder = (nodes) => nodes.length < 2 ? nodes : [...new Set(nodes)].sort((a, b) => a.order - b.order);
  const child = (node) => node.kids.filter(isThere);
  const up = (node) => node.up ? [node.up] : [];
  const beside = (node, side) => up(node).flatMap(child).filter((one) => (one.order - node.order) * side > 0);
  const above = (node) => up(node).flatMap((one) => [one, ...above(one)]);
  const below = (node) => child(node).flatMap((one) => [one, ...below(one)]);
  const self = (node) => isThere(node) ? [node] : [];
  const AXES = {
    child, self, parent: up, ancestor: above, descendant: below,
    "ancestor-or-self": (node) => [node, ...above(node)],
    "descendant-or-self": (node) => [...self(node), ...self(node).flatMap(below)],
    "following-sibling": (node) => beside(node, 1),
    "preceding-sibling": (node) => beside(node, -1).reverse(),
  };
  const placeOf = (node) => up(node).flatMap((one) => one.kids).filter((one) => one.name === node.name).indexOf(node) + 1 || 1;

  // ---- One form: evaluate(tree, at), set(field, key, text), put(field, key, property, value).
  const open = (logic, state) => {
    const { days, local, atDays, share } = calendar(state.zone);
    const skew = state.now - Date.now();
    const now = () => Date.now() + skew;

    const number = (value) => {
      if (isList(value)) return value.length ? number(string(value[0])) : NaN;
      if (!isText(value)) return value.text ? value.days : Number(value);
      return NUMBER.test(value) ? Number(value) : /^\s*\d{4}-\d\d-\d\d(T|\s*$)/.test(value) ? days(value) : NaN;
    };
    const numbers = (values) => values.flatMap(each).map(number);
    const compare = (left, right, test) => each(left).some((one) => each(right).some((other) => test(one, other)));
    const ordered = (test) => ["v", (left, right) => compare(left, right, (one, other) => test(number(one), number(other)))];
    const equal = (test) => ["v", (left, right) => {
      if (typeof left === "boolean" || typeof right === "boolean") return test(truth(left), truth(right));
      return compare(left, right, (one, other) =>
        isText(one) && isText(other) ? test(one, other) : test(number(one), number(other)));
    }];
    const moment = (value) => {
      if (typeof value === "boolean") return BAD;
      if (value.text && !value.counted) return value;
      if (!isText(value) && !isList(value)) return atDays(number(value));
      const said = text(value), count = days(said), found = DATE.exec(said);
      if (isNaN(count)) return atDays(number(said));
      return found[4] ? atDays(count) : { days: count, text: [found[1], pad(+found[2]), pad(+found[3])].join("-") };
    };
    const isBlank = (value) => (isText(value) || isList(value)) && !text(value).trim();
    const date = (value) => isBlank(value) ? "" : moment(value);
    const formatted = (value, pattern) => {
      const at = isBlank(value) ? null : local(moment(value).days);
      if (!at) return "";
      const [, Y, m, d, H, M, S, part] = /(.*)-(..)-(..)T(..):(..):(..)\.(...)/.exec(at.date.toISOString());
      const letters = { Y, m, d, H, M, S, y: Y.slice(2), n: +m, e: +d, h: +H, 3: part, "%": "%",
        b: state.months[m - 1], a: state.weekdays[(at.date.getUTCDay() + 6) % 7] };
      return pattern.replace(/%(.?)/gs, (whole, letter) => letter in letters ? letters[letter] : whole);
    };
    const shift = (value, places) => {
      const [digits, exponent = 0] = String(value).split("e");
      return Number(`${digits}e${+exponent + places}`);
    };
    // On the digits as written, or 1.005 would go down for its binary remainder.
    const round = (value, places = 0) => !isFinite(value) ? value : Math.abs(places) <= 300
      ? Math.sign(value) * shift(Math.round(shift(Math.abs(value), Math.trunc(places))), -Math.trunc(places)) : NaN;
    const cut = (value, from, to) => [...value].filter((_, place) => place + 1 >= from && place + 1 < to).join("");
    const half = (value) => isFinite(value) ? Math.floor(value + 0.5) : value;
    const slice = (value, from, to) => [...value].slice(from || 0, to === undefined ? to : to || 0).join("");
    const truths = (value) => isList(value) ? value.map((node) => Boolean(string(node))) : [truth(value)];
    const within = (low, high, count) => (low === -1 || count >= low) && (high === -1 || count <= high);
    const weighed = (values) => sum(truths(values[0]).map((is, place) => {
      const weights = each(values[1]);
      return is && (!isList(values[1]) || place in weights) ? number(weights[place] === undefined ? weights[0] : weights[place]) : 0;
    }));
    const pull = (name, column, key, value) => {
      const rows = lists[name].kids[0].kids;
      const cell = (row, wanted) => row.kids.find((one) => one.name === wanted);
      const found = rows.find((row) => cell(row, key) && cell(row, key).text === value);
      return found && cell(found, column) ? cell(found, column).text : "";
    };
    const random = (letters, length) => Array.from({ length }, () => letters[Math.floor(Math.random() * letters.length)]).join("");
    const HEX = "0123456789abcdef", LETTERS = `${HEX}ghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ`;
    const math = Object.fromEntries(["floor", "abs", "log", "log10", "exp", "sqrt", "sin", "cos", "tan", "asin",
      "acos", "atan", "atan2", "pow"].map((name) => [name, ["n", Math[name]]]));

    // What each takes: a letter an argument (n number, s text, b truth, v any, x nodes), the last
    // one for all that follow. The server has counted them.
    const FUNCTIONS = {
      ...math, ceiling: ["n", Math.ceil], int: ["n", Math.trunc], exp10: ["n", (power) => Math.pow(10, power)],
      neg: ["n", (one) => -one], "+": ["n", (a, b) => a + b], "-": ["n", (a, b) => a - b], "*": ["n", (a, b) => a * b],
      div: ["n", (a, b) => a / b], mod: ["n", (a, b) => a % b],
      "=": equal((a, b) => a === b), "!=": equal((a, b) => a !== b),
      "<": ordered((a, b) => a < b), "<=": ordered((a, b) => a <= b),
      ">": ordered((a, b) => a > b), ">=": ordered((a, b) => a >= b),
      "|": ["x", (one, other) => inOrder([...one, ...other])],
      count: ["x", (nodes) => nodes.length],
      "count-non-empty": ["x", (nodes) => nodes.filter(string).length],
      name: ["x", (nodes) => nodes.length ? nodes[0].name : ""],
      "local-name": ["x", (nodes) => nodes.length ? nodes[0].name.split(":").pop() : ""],
      instance: ["s", (name) => [lists[name]]],
      pulldata: ["s", pull],
      number: ["v", (value) => {
        const count = number(value);
        const isDate = value.text || (isText(value) || isList(value)) && !isNaN(days(text(value)));
        return isDate ? { days: count, text: text(Math.floor(count)), counted: true } : count;
      }],
      sum: ["x", (nodes) => sum(numbers([nodes]))],
      round: ["n", round],
      pi: ["", () => Math.PI],
      random: ["", Math.random],
      min: ["v", (...values) => values.flat().length ? Math.min(...numbers(values)) : NaN],
      max: ["v", (...values) => values.flat().length ? Math.max(...numbers(values)) : NaN],
      string: ["s", (value) => value],
      concat: ["v", (...values) => values.flatMap(each).map(text).join("")],
      join: ["sv", (between, ...values) => values.flatMap(each).map(text).join(between)],
      "starts-with": ["s", (value, part) => value.startsWith(part)],
      "ends-with": ["s", (value, part) => value.endsWith(part)],
      contains: ["s", (value, part) => value.includes(part)],
      "substring-before": ["s", (value, part) => value.slice(0, Math.max(0, value.indexOf(part)))],
      "substring-after": ["s", (value, part) => value.includes(part) ? value.slice(value.indexOf(part) + part.length) : ""],
      substring: ["sn", (value, from, length) => cut(value, half(from), length === undefined ? Infinity : half(from) + half(length))],
      substr: ["sn", slice],
      "string-length": ["s", (value) => [...value].length],
      "normalize-space": ["s", (value) => value.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "")],
      translate: ["s", (value, from, to) => [...value].map((letter) => {
        const place = [...from].indexOf(letter);
        return place < 0 ? letter : [...to][place] || "";
      }).join("")],
      boolean: ["b", (value) => value],
      not: ["b", (value) => !value],
      true: ["", () => true],
      false: ["", () => false],
      "boolean-from-string": ["v", (value) => ["1", "true"].includes(text(value))],
      regex: ["s", (value, pattern) => new RegExp(pattern, pattern.includes("\\p{") ? "u" : "").test(value)],
      uuid: ["n", (length) => length === undefined
        ? [8, 4, 4, 4, 12].map((part) => random(HEX, part)).join("-").replace(/.(.{3})-.(.{3}-[^-]+)$/, "4$1-a$2")
        : random(LETTERS, length >= 0 && length <= 10000 ? Math.trunc(length) : 0)],
      date: ["v", date], "date-time": ["v", date],
      today: ["", () => moment(atDays(now() / DAY, true).text.slice(0, 10))],
      now: ["", () => atDays(now() / DAY, true)],
      "decimal-date-time": ["v", (value) => typeof value === "number" ? value : moment(value).days],
      "decimal-time": ["s", (value) => {
        const part = share(value, now()), at = local(days(value));
        return isNaN(part) && at ? (at.date % DAY + DAY) % DAY / DAY : part;
      }],
      "format-date": ["vs", formatted], "format-date-time": ["vs", formatted],
      selected: ["s", (value, one) => (words(value).length ? words(value) : [""]).includes(one.trim())],
      "selected-at": ["sn", (value, place) => words(value)[Math.trunc(place)] || ""],
      "count-selected": ["s", (value) => words(value).length],
      coalesce: ["s", (first, second) => first || second],
      checklist: ["nnv", (low, high, ...values) => within(low, high, values.flatMap(truths).filter(Boolean).length)],
      "weighted-checklist": ["nnv", (low, high, ...values) =>
        within(low, high, sum(values.map((_, place) => place % 2 ? 0 : weighed(values.slice(place)))))],
    };
    const INTO = { n: number, s: text, b: truth, v: (value) => value, x: (value) => {
      if (!isList(value)) throw new TypeError("A node-set is needed here.");
      return value;
    } };
    // These look at where they stand, or leave some operands alone.
    const SPECIAL = {
      and: (at, ...terms) => terms.every((term) => truth(evaluate(term, at))),
      or: (at, ...terms) => terms.some((term) => truth(evaluate(term, at))),
      if: (at, test, yes, no) => evaluate(truth(evaluate(test, at)) ? yes : no, at),
      once: (at, first) => string(at.node) || text(evaluate(first, at)),
      last: (at) => at.size,
      position: (at, nodes) => {
        if (nodes === undefined) return at.place;
        const found = INTO.x(evaluate(nodes, at));
        return found.length ? placeOf(found[0]) : NaN;
      },
      current: (at) => [at.current],
      $: (at, field, bound) => {
        let frame = at.frame;
        while (frame.depth > bound) frame = frame.up;
        return entriesOf(fields[field].chain.slice(bound), [frame]).map((one) => one.cells[field]).filter(isThere);
      },
      "/": (at, start, ...steps) => steps.reduce((nodes, step) => walk(nodes, step, at),
        start === 0 ? [at.root] : start === 1 ? [at.node] : INTO.x(evaluate(start, at))),
      "[": (at, start, ...tests) => keep(INTO.x(evaluate(start, at)), tests, at),
      "indexed-repeat": (at, target, ...pairs) => pairs.reduce((nodes, repeats, i) => {
        if (i % 2) return nodes;
        const place = number(evaluate(pairs[i + 1], at));
        const chosen = evaluate(repeats, at).filter((one) => placeOf(one) === place);
        return nodes.filter((node) => [node, ...above(node)].some((one) => chosen.includes(one)));
      }, evaluate(target, at)),
    };
    const evaluate = (tree, at) => {
      if (!isList(tree)) return tree;
      const [name, ...operands] = tree;
      if (name in SPECIAL) return SPECIAL[name](at, ...operands);
      const [takes, run] = FUNCTIONS[name];
      return run(...operands.map((one, i) => INTO[takes[Math.min(i, takes.length - 1)]](evaluate(one, at))));
    };
    const walk = (nodes, step, at) => {
      const [said, ...tests] = [].concat(step), [name, axis = "child"] = said.split("::").reverse();
      const fits = (node) => name === "node()" || node.name && (name === "*" || name === node.name);
      return inOrder(nodes.flatMap((node) => keep(AXES[axis](node).filter(fits), tests, at)));
    };
    const keep = (nodes, tests, at) => tests.reduce((left, test) => left.filter((node, i) => {
      const value = flat(evaluate(test, { ...at, node, place: i + 1, size: left.length }));
      return typeof value === "number" ? value === i + 1 : truth(value);
    }), nodes);

    // ---- Answers: a frame for the form and for each entry holds cells, which are nodes.
    const fields = [], lists = {}, frames = {}, changed = new Set();
    const top = { name: "", kids: [], relevant: true };
    const last = (chain) => chain[chain.length - 1];
    let isLoading = true;
    const entriesOf = (chain, from = [frames[""]]) =>
      chain.reduce((found, repeat) => found.flatMap((frame) => frame.entries[repeat]), from);
    const make = (repeat, outer, key) => {
      const frame = { repeat, up: outer, key, depth: outer ? outer.depth + 1 : 0, cells: {}, entries: {}, hidden: {} };
      for (const field of fields) {
        if (last(field.chain) === repeat) {
          const holder = frame.cells[field.parent] || (outer ? outer.cells[field.parent] : top);
          const { i, name, preset } = field;
          frame.cells[i] = { field, frame, name, text: preset, kids: [], up: holder, own: true, relevant: true };
          if (i !== repeat) holder.kids.push(frame.cells[i]);
        } else if (last(field.chain) === field.i && last(field.outer) === repeat) {
          frame.entries[field.i] = [];
          frame.hidden[field.i] = [];
        }
      }
      return frames[key] = frame;
    };
    const enter = (frame) => {
      const cell = frame.cells[frame.repeat], kids = cell.up.kids;
      frame.up.entries[frame.repeat].push(frame);
      kids.push(cell);
      kids.sort((a, b) => a.field.i - b.field.i);
      cell.gone = false;
      spread(cell);
      if (isLoading) return;
      for (const rule of rules) for (const one of entriesOf(rule.chain)) if (line(one).includes(frame)) rule.due.add(one);
      changed.add(cell);
    };
    const resize = (frame, repeat, wanted) => {
      const entries = frame.entries[repeat], hidden = frame.hidden[repeat];
      if (entries.length === wanted) return;
      while (entries.length > wanted) {
        const entry = entries.pop(), cell = entry.cells[repeat];
        hidden.unshift(entry);
        cell.up.kids.splice(cell.up.kids.indexOf(cell), 1);
        cell.gone = true;
        changed.add(cell);
      }
      while (entries.length < wanted) enter(hidden.shift() || make(repeat, frame, `${frame.key}+${repeat}.${entries.length}`));
      order(top);
      mark(repeat, frame);
    };

    // What is read in the own entry concerns those that share the entries around both.
    const line = (frame) => frame ? [...line(frame.up), frame] : [];
    const isNear = (frame, other) => {
      const left = line(frame), right = line(other), i = left.findIndex((one, place) => one !== right[place]);
      return i < 0 || !right[i] || left[i].repeat !== right[i].repeat;
    };
    const mark = (i, frame) => {
      if (isLoading) return;
      for (const rule of rules) {
        const isFar = rule.far.includes(i);
        if (isFar || rule.near.includes(i)) {
          for (const one of entriesOf(rule.chain)) if (isFar || isNear(one, frame)) rule.due.add(one);
        }
      }
    };
    const spread = (cell) => {
      const is = cell.own && cell.up.relevant;
      if (is === cell.relevant) return;
      cell.relevant = is;
      changed.add(cell);
      mark(cell.field.i, cell.frame);
      cell.kids.forEach(spread);
    };
    const put = (cell, property, value) => {
      if (property === "value") {
        if (cell.text === value || cell.kids.length) return;
        cell.text = value;
        mark(cell.field.i, cell.frame);
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
      if (type === "int" && NUMBER.test(said) && Math.abs(count) < 2 ** 63) return text(Math.trunc(count));
      if (type === "date" && said) {
        const at = local(isText(value) || isList(value) ? days(said) : count);
        if (at) return at.date.toISOString().slice(0, 10);
      }
      return type === "dateTime" && typeof value === "number" && said ? atDays(value).text : said;
    };
    const look = (tree, node, frame) => evaluate(tree, { node, current: node, frame, root: top, place: 1, size: 1 });
    const run = ({ field, property, tree }, frame) => {
      const isCount = property === "count";
      const cell = isCount ? { name: field.name, up: frame.cells[field.parent], kids: [], text: "", relevant: true }
        : frame.cells[field.i];
      let value = property === "choices" ? [] : "";
      // What cannot be evaluated gives nothing, as on the server.
      try { value = look(tree, cell, frame); } catch (fault) { /* the server names it when publishing */ }
      if (isCount) {
        const wanted = Math.max(0, Math.min(Math.trunc(number(value)), MOST_ENTRIES));
        if (!isNaN(wanted)) resize(frame, field.i, wanted);
      } else if (property === "calculate") put(cell, "value", written(value, field.type));
      else put(cell, property, property === "choices" ? value.map(string) : truth(value));
    };
    // Rules of one stage may read each other's results in other entries, so entries go first.
    const next = (stage) => {
      for (const frame of entriesOf(stage[0].chain)) {
        for (const rule of stage) if (rule.due.delete(frame)) return [rule, frame];
      }
      return null;
    };
    const settle = () => {
      for (const stage of stages) for (let one; (one = next(stage));) run(...one);
      const found = [...changed];
      changed.clear();
      return found;
    };
    const cellOf = (field, key) => frames[key] && frames[key].cells[field in byPath ? byPath[field] : field];
    const apply = (results) => {
      for (const [field, key, property, value] of results) {
        const i = field in byPath ? byPath[field] : field, cell = cellOf(i, key);
        if (property === "count" && frames[key]) resize(frames[key], i, value);
        else if (cell) put(cell, property, value);
      }
      return settle();
    };

    logic.fields.forEach(([name, parent, type, preset = ""], i) => {
      const { chain, path } = fields[parent] || { chain: [], path: "" };
      fields.push({ i, name, parent, type, preset, path: `${path}/${name.split(":").pop()}`, outer: chain,
        chain: type === "repeat" ? [...chain, i] : chain });
    });
    const byPath = Object.fromEntries(fields.map((field) => [field.path, field.i]));
    const checks = Object.fromEntries(logic.constraints);
    const stages = logic.stages.map((stage) => stage.map(([i, property, tree, near, far = []]) => (
      { field: fields[i], property, tree, near, far, chain: property === "count" ? fields[i].outer : fields[i].chain,
        due: new Set() })));
    const rules = stages.flat();
    for (const [name, [rootName, rowName, columns, rows]] of Object.entries(logic.lists || {})) {
      const node = (label, holder, said = "") => {
        const made = { name: label, up: holder, kids: [], text: said, relevant: true };
        if (holder) holder.kids.push(made);
        return made;
      };
      lists[name] = node("instance");
      const holder = node(rootName, lists[name]);
      for (const row of rows) {
        const made = node(rowName, holder);
        row.forEach((said, i) => said === null || node(columns[i], made, said));
      }
      order(lists[name]);
    }
    make(undefined, null, "");
    for (const [i, outer, key, isHidden] of state.entries) {
      const frame = make(i, frames[outer], key);
      if (isHidden) frame.up.hidden[i].push(frame);
      else enter(frame);
    }
    order(top);
    apply(state.results);
    // Answers and entries are as the server has worked them out; the rest of each cell is told again.
    for (const rule of rules) {
      rule.due = new Set(rule.property === "calculate" || rule.property === "count" ? [] : entriesOf(rule.chain));
    }
    settle();
    isLoading = false;

    const isLocked = (cell) => Boolean(cell.field) && (cell.readonly || isLocked(cell.up));
    const isBroken = (cell) => {
      const tree = checks[cell.field.i];
      try { return Boolean(cell.text) && tree !== undefined && !truth(look(tree, cell, cell.frame)); } catch (fault) { return true; }
    };
    const set = (field, key, value) => apply([[field, key, "value", value]]);
    return { evaluate, order, frames, cellOf, apply, set, isLocked, isBroken };
  };

  // ---- The page.
  const start = (form) => {
    const { logic, state } = JSON.parse(document.getElementById(form.dataset.logic).textContent);
    const engine = open(logic, state), blocks = {}, said = form.dataset;
    const part = (block, mark) => [...block.querySelectorAll(`[data-${mark}]`)].filter((one) => one.closest("[data-ref]") === block);
    const isChoice = (control) => /radio|checkbox/.test(control.type);
    const read = (block) => part(block, "answer").filter((one) => !isChoice(one) || one.checked).map((one) => one.value).join(" ");
    const write = (block, value) => {
      for (const one of part(block, "answer")) {
        if (isChoice(one)) one.checked = words(value).includes(one.value);
        else one.value = value;
      }
    };
    const cellAt = (ref) => engine.cellOf(...`${ref}@`.split("@"));
    // A number as typed in the person's language, as the engine reads it.
    const plain = (value, type) => type !== "int" && type !== "decimal" ? value
      : value.replace(/\s/g, "").replace(said.decimal || ".", ".");
    const tell = (block, message) => {
      for (const one of part(block, "issue")) one.textContent = message;
      for (const one of part(block, "answer")) one.setAttribute("aria-invalid", Boolean(message));
    };
    const announce = (message) => { form.querySelector("[data-announce]").textContent = message; };
    const show = (cells) => {
      let opened = 0;
      for (const cell of cells) {
        const { path, type } = cell.field, key = cell.frame.key, block = blocks[key ? `${path}@${key}` : path];
        const more = cell.gone === false && !block && form.querySelector(`[data-more="${path}"]`);
        if (more) more.hidden = false;
        if (!block) continue;
        const answers = part(block, "answer"), isHidden = !cell.relevant || Boolean(cell.gone), isLocked = engine.isLocked(cell);
        if (block.hidden && !isHidden && answers.length) opened += 1;
        block.hidden = isHidden;
        if (plain(read(block), type) !== cell.text) write(block, cell.text);
        for (const one of part(block, "value")) one.textContent = cell.text;
        for (const one of part(block, "required")) one.hidden = !cell.required;
        for (const one of answers) {
          one.setAttribute("aria-required", Boolean(cell.required));
          if (isChoice(one) || one.options) one.disabled = isLocked;
          else one.readOnly = isLocked;
        }
        if (cell.choices) {
          for (const one of part(block, "choice")) {
            one.hidden = !cell.choices.includes(one.dataset.choice) && !words(cell.text).includes(one.dataset.choice);
          }
        }
      }
      if (opened) announce(said.opened.replace("{n}", opened));
    };
    const take = (block) => {
      const cell = cellAt(block.dataset.ref);
      if (cell) show(engine.set(cell.field.i, cell.frame.key, plain(read(block), cell.field.type)));
      return cell;
    };

    // ---- The queue of what is not saved: an item a key, so that tabs do not overwrite each other.
    const prefix = `serai ${said.queue} `, paused = {};
    let store = {}, wait = PAUSE, timer = 0, isBusy = false;
    try { store = "own" in said ? localStorage : sessionStorage; } catch (fault) { /* switched off: memory will do */ }
    const items = () => Object.keys(store).filter((key) => key.startsWith(prefix)).sort().map((key) => JSON.parse(store[key]));
    const keep = (item) => {
      try { store[prefix + item.client_id] = JSON.stringify(item); } catch (fault) {
        store = { ...store, [prefix + item.client_id]: JSON.stringify(item) };
      }
    };
    const drop = (item) => { delete store[prefix + item.client_id]; };
    const base = (ref) => blocks[ref] && part(blocks[ref], "base")[0];
    const note = (ref, value) => {
      const waiting = items().filter((item) => item.ref === ref && !item.sent)[0];
      const id = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
      keep({ client_id: id, ref, base: base(ref) ? base(ref).value : "", ...waiting, value });
    };
    const rebase = (ref, id) => {
      if (base(ref)) base(ref).value = id;
      for (const item of items()) if (item.ref === ref) keep({ ...item, base: id });
    };
    const report = (message) => {
      const count = new Set(items().map((item) => item.ref)).size;
      form.querySelector("[data-unsent]").textContent = message || (count ? said.unsent.replace("{n}", count) : said.sent);
    };
    const later = (ms) => {
      clearTimeout(timer);
      timer = setTimeout(alone, ms);
    };
    const alone = () => navigator.locks ? navigator.locks.request(prefix, send) : send();

    const settled = (item, { status, base: id, why, theirs }) => {
      const block = blocks[item.ref];
      if (status === "conflict") {
        paused[item.client_id] = true;
        if (block) ask(block, item, theirs);
        return;
      }
      if (id !== undefined) rebase(item.ref, id);
      if (block && why) tell(block, why);
      // Other tabs learn from this last word which answer they have to build upon.
      keep({ ...item, base: id, isDone: true });
      drop(item);
    };
    const ask = (block, item, theirs) => {
      const box = form.querySelector("template[data-conflict]").content.firstElementChild.cloneNode(true);
      const chosen = part(block, "choice").filter((one) => words(item.value).includes(one.dataset.choice));
      const mine = chosen.length ? chosen.map((one) => one.textContent.trim()).join(", ") : item.value;
      for (const slot of box.querySelectorAll("[data-slot]")) slot.textContent = { mine, ...theirs }[slot.dataset.slot];
      box.addEventListener("click", ({ target }) => {
        if (!target.dataset.decide) return;
        const value = target.dataset.decide === "mine" ? read(block) : theirs.value;
        for (const one of items()) if (one.ref === item.ref) drop(one);
        rebase(item.ref, theirs.base);
        if (base(item.ref)) base(item.ref).value = theirs.base;
        if (target.dataset.decide === "mine") note(item.ref, value);
        write(block, value);
        take(block);
        box.remove();
        later(0);
      });
      block.append(box);
      announce(box.textContent);
    };
    const send = async () => {
      const all = items(), batch = all.filter((item) => !paused[item.client_id] && all.find((one) => one.ref === item.ref) === item);
      if (!batch.length || isBusy) return report();
      isBusy = true;
      for (const item of batch) keep({ ...item, sent: true });
      const body = JSON.stringify(batch);
      let message = "";
      try {
        const reply = await fetch(said.autosave, { method: "POST", redirect: "manual", keepalive: body.length < 6e4, body,
          headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } });
        if (reply.type === "opaqueredirect" || reply.status === 401 || reply.status === 403) message = said.signedOut;
        if (!reply.ok) throw new Error(reply.status);
        const { answers, results } = await reply.json();
        for (const one of answers) settled(batch.find((item) => item.client_id === one.client_id), one);
        show(engine.apply(results));
        wait = PAUSE;
      } catch (fault) {
        wait = Math.min(wait * 2, LONGEST);
      }
      isBusy = false;
      if (items().some((item) => !paused[item.client_id])) later(wait);
      return report(message);
    };

    for (const block of form.querySelectorAll("[data-ref]")) blocks[block.dataset.ref] = block;
    form.addEventListener("input", ({ target }) => {
      if (!("answer" in target.dataset)) return;
      const block = target.closest("[data-ref]");
      note(block.dataset.ref, read(block));
      later(wait);
    });
    form.addEventListener("change", ({ target }) => {
      if (!("answer" in target.dataset)) return;
      const block = target.closest("[data-ref]"), cell = take(block);
      const message = cell && engine.isBroken(cell) ? block.dataset.broken : "";
      tell(block, message);
      if (message) announce(message);
    });
    window.addEventListener("online", () => later(0));
    window.addEventListener("pagehide", send);
    document.addEventListener("visibilitychange", () => { if (items().length) later(0); });
    window.addEventListener("storage", ({ key, newValue }) => {
      if (!key || !key.startsWith(prefix)) return;
      const { isDone, ref, base: id } = JSON.parse(newValue) || {};
      if (isDone) rebase(ref, id);
      report();
    });
    for (const { ref, value } of items()) {
      if (blocks[ref]) {
        write(blocks[ref], value);
        take(blocks[ref]);
      }
    }
    if (items().length) later(0);
  };

  window.seraiForm = { open };
  for (const form of document.querySelectorAll("form[data-logic]")) start(form);
})();
