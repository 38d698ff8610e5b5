// Small packets over UDP, as a voice sends them: a data channel without order and repeats.
const COUNT = 500, EVERY = 20, SIZE = 172, WAIT = 2000, LONGEST = 12000;
const missing = { receipt: "", udp: "missing" };

const gathered = (peer, pause) => Promise.race([pause(3000), new Promise((done) => {
  peer.addEventListener("icegatheringstatechange", () => {
    if (peer.iceGatheringState === "complete") done();
  });
})]);

const send = async (channel, { pause, say, words, isStopped }) => {
  const began = performance.now(), sent = [];
  const now = () => Math.round((performance.now() - began) * 10) / 10;
  channel.addEventListener("message", ({ data }) => {
    const view = new DataView(data), one = sent[view.getUint16(0)];
    // The number that came back proves the answer to the probe.
    if (one && one[1] === null) one.splice(1, 2, Math.max(0, now() - one[0]), view.getUint16(2));
  });
  for (let n = 0; n < COUNT && !isStopped() && now() < LONGEST; n += 1) {
    await pause(n * EVERY - now());
    if (channel.readyState !== "open") break;
    const view = new DataView(new ArrayBuffer(SIZE));
    view.setUint16(0, n);
    sent.push([now(), null, null]);
    channel.send(view);
    if (n % 50 === 49) say(words.packets, { n: n + 1 });
  }
  await pause(WAIT);
  return sent;
};

export const exchange = async (page) => {
  // Switched off, it would look like a firewall; so would a browser that may not use UDP.
  if (!window.RTCPeerConnection) return missing;
  const peer = new RTCPeerConnection();
  let socket = null, watch = 0;
  try {
    const channel = peer.createDataChannel("packets", { ordered: false, maxRetransmits: 0 });
    channel.binaryType = "arraybuffer";
    await peer.setLocalDescription(await peer.createOffer());
    await gathered(peer, page.pause);
    const lines = peer.localDescription.sdp.split("\r\n");
    if (!lines.some((line) => /^a=candidate:\S+ 1 udp /i.test(line))) return missing;
    // Where we are stays here: the probe learns it from the packets themselves.
    const offer = lines.filter((line) => !/^a=(candidate|end-of)/.test(line)).join("\r\n");
    socket = page.open("/udp", []);
    watch = setInterval(() => {
      if (page.isStopped() && channel.readyState !== "open") socket.close();
    }, 200);
    const receipt = await new Promise((done, fail) => {
      const say = (told) => socket.send(JSON.stringify(told));
      socket.addEventListener("open", () => say({ Offer: offer }));
      socket.addEventListener("error", fail);
      socket.addEventListener("close", fail);
      socket.addEventListener("message", ({ data }) => {
        const told = JSON.parse(data);
        if (told.Queue) page.say(page.words.queue, { n: told.Queue });
        if (told.Answer) peer.setRemoteDescription({ type: "answer", sdp: told.Answer }).catch(fail);
        if (told.Receipt) done(told.Receipt);
      });
      channel.addEventListener("open", async () => say({ Packets: await send(channel, page) }));
    });
    return { receipt, udp: "" };
  } finally {
    clearInterval(watch);
    if (socket) socket.close();
    peer.close();
  }
};
