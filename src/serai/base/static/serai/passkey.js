// Passkeys: the one thing here that needs a script. Forms wear data-passkey="get|create".
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(
    atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

  const readOptions = (options) => {
    const key = options.publicKey;
    key.challenge = bytes(key.challenge);
    if (key.user) key.user.id = bytes(key.user.id);
    for (const list of ["excludeCredentials", "allowCredentials"]) {
      if (key[list]) key[list] = key[list].map((known) => ({ ...known, id: bytes(known.id) }));
    }
    return { publicKey: key };
  };

  const writeCredential = (made) => {
    const response = { clientDataJSON: text(made.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[part]) response[part] = text(made.response[part]);
    }
    if (made.response.getTransports) response.transports = made.response.getTransports();
    return JSON.stringify({
      type: made.type, id: made.id, rawId: text(made.rawId), response,
      clientExtensionResults: made.getClientExtensionResults(),
    });
  };

  const ask = async (form) => {
    const body = new URLSearchParams({
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
      purpose: form.dataset.passkey === "create" ? "add" : "",
    });
    const answer = await fetch(form.dataset.options, { method: "POST", body });
    if (!answer.ok) throw new Error(answer.status);
    const options = readOptions(await answer.json());
    const made = await navigator.credentials[form.dataset.passkey](options);
    form.elements.credential.value = writeCredential(made);
    form.submit();
  };

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    const own = document.getElementById("id_own_computer");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (own && own.checked && !form.elements.own_computer) {
        const kept = document.createElement("input");
        kept.type = "hidden"; kept.name = "own_computer"; kept.value = "on";
        form.append(kept);
      }
      const said = form.querySelector("[data-passkey-said]");
      ask(form).catch(() => { said.textContent = form.dataset.failed; });
    });
  }
})();
