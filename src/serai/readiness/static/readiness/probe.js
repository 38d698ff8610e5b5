// One connection test: echoes, download, upload by ndt7; then the form is sent with two receipts.
const root = document.getElementById("probe"), words = root.dataset;
const form = document.getElementById("probe-form"), said = document.getElementById("probe-said");
const go = document.getElementById("probe-go"), stop = document.getElementById("probe-stop");
const NDT7 = "net.measurementlab.ndt.v7", FIRST = 2 ** 13, LARGEST = 2 ** 20;
const most = Number(words.bytes), seconds = Number(words.seconds);
let isStopped = false, line = null;

const say = (text, facts = {}) => {
  said.textContent = text.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
};
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const open = (path, protocol) => {
  const socket = new WebSocket(`${words.url}${path}?ticket=${words.ticket}&counts=1`, protocol);
  socket.binaryType = "arraybuffer";
  return socket;
};
const opened = (socket) => new Promise((done, fail) => {
  const late = setTimeout(() => fail(Error("late")), 10000);
  socket.addEventListener("open", () => { clearTimeout(late); done(); });
  socket.addEventListener("error", () => { clearTimeout(late); fail(Error("closed")); });
});

// Echoes until told to end; each in ms.
const echoes = async (every, isOver) => {
  const found = [], sent = new Map(), socket = open("/echo", []);
  socket.addEventListener("message", ({ data }) => {
    if (sent.has(data)) found.push(Math.round((performance.now() - sent.get(data)) * 100) / 100);
  });
  await opened(socket);
  for (let n = 0; !isOver(n) && socket.readyState === 1; n += 1) {
    sent.set(String(n), performance.now());
    socket.send(String(n));
    await pause(every);
  }
  await pause(every);
  socket.close();
  return found;
};

const progress = (text, began, bytes) => {
  const s = (performance.now() - began) / 1000;
  if (s > 0.3) say(text, { s: s.toFixed(0), most: seconds, mbps: ((bytes * 8) / s / 1e6).toFixed(1) });
};

// Takes what the probe says besides bytes; the receipt ends the transfer.
const answers = (socket, way, on) => new Promise((done, fail) => {
  socket.addEventListener("close", () => fail(Error("closed")));
  socket.addEventListener("error", () => fail(Error("closed")));
  socket.addEventListener("message", ({ data }) => {
    if (typeof data !== "string") return on.bytes(data.byteLength);
    const told = JSON.parse(data);
    if (told.Queue) say(words.queue, { n: told.Queue });
    if (told.Refused) fail(Error(told.Refused));
    if (told.Go) on.go();
    if (told.Done !== undefined) on.done();
    if (told.AppInfo && way === "up") on.counted(told.AppInfo.NumBytes);
    if (told.Receipt) { done(told.Receipt); socket.close(); }
  });
});

const down = (socket) => {
  let began = 0, bytes = 0, told = 0;
  const tell = (isLatest) => socket.send(JSON.stringify({
    AppInfo: { ElapsedTime: Math.round((performance.now() - began) * 1000), NumBytes: bytes },
    Origin: "client", Test: "download", ...(isLatest ? { Latest: true } : {}),
  }));
  return answers(socket, "down", {
    bytes(size) {
      began ||= performance.now();
      bytes += size;
      if (performance.now() - told < 250) return;
      told = performance.now();
      tell(false);
      progress(words.down, began, bytes);
    },
    done: () => tell(true),
  });
};

const up = (socket) => {
  const random = new Uint8Array(LARGEST);
  for (let at = 0; at < LARGEST; at += 65536) crypto.getRandomValues(random.subarray(at, at + 65536));
  let began = 0, sent = 0, size = FIRST;
  const push = () => {
    // A few messages wait in the browser: enough to keep the line full, few enough to end soon.
    while (socket.readyState === 1 && !isStopped && sent < most && socket.bufferedAmount < 4 * size) {
      const piece = Math.min(size, most - sent);
      socket.send(random.subarray(0, piece));
      sent += piece;
      if (size < LARGEST && sent >= size * 16) size *= 2;
    }
    if (socket.readyState === 1 && !isStopped && sent < most) setTimeout(push, 0);
  };
  return answers(socket, "up", {
    go() { began = performance.now(); push(); },
    counted: (bytes) => progress(words.up, began, bytes),
  });
};

const transfer = async (path, run, loaded) => {
  let isOver = false;
  line = open(path, NDT7);
  const ended = run(line).finally(() => { isOver = true; });
  ended.catch(() => {});
  const echoing = echoes(250, () => isOver).then((found) => loaded.push(...found), () => {});
  await opened(line);
  const receipt = await ended;
  await echoing;
  return receipt;
};

const browser = () => {
  const found = navigator.userAgent.match(/(Edg|OPR|YaBrowser|Firefox|Chrome|Version)\/(\d+)/);
  return found ? found[0].replace("Version", "Safari") : "";
};

// Only who agreed to small packets loads what sends them; what fails there spoils nothing else.
const small = async () => {
  const { exchange } = await import(words.udp);
  const found = await exchange({ open, pause, say, words, isStopped: () => isStopped });
  form.packets.value = found.receipt;
  form.udp.value = found.udp;
};

const run = async () => {
  const loaded = [];
  go.hidden = true;
  stop.hidden = false;
  try {
    say(words.idle);
    form.idle.value = JSON.stringify(await echoes(100, (n) => n >= 20 || isStopped));
    if (!isStopped) form.down.value = await transfer("/ndt/v7/download", down, loaded);
    if (!isStopped) form.up.value = await transfer("/ndt/v7/upload", up, loaded);
  } catch (error) {
    if (!form.down.value) {
      stop.hidden = true;
      say(words[error.message] ?? words.closed);
      return;
    }
  }
  if (!form.down.value && !form.up.value) {
    stop.hidden = true;
    say(words.stopped);
    return;
  }
  if (words.udp && !isStopped) await small().catch(() => {});
  form.loaded.value = JSON.stringify(loaded);
  form.browser.value = browser();
  say(words.sending);
  form.submit();
};

go.addEventListener("click", run);
stop.addEventListener("click", () => {
  isStopped = true;
  if (line && line.readyState === 1) line.send('{"Stop":true}');
});
document.getElementById("probe-none").hidden = true;
root.hidden = false;
