/*
 * Passkeys: a form with data-passkey asks the device and sends its answer. "create" makes one and "get" asks for
 * one, each with what stands in the form's JSON; "sign-in" asks the server first what to ask the device.
 * Where the browser cannot, the forms stay hidden and the page's other ways remain.
 */
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function known(list = []) {
  return list.map((each) => ({ ...each, id: bytes(each.id) }));
}

/* A key that the device can find by itself, opened by its owner, wherever the device can do that. */
function toCreate({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "preferred",
        requireResidentKey: false,
        userVerification: "preferred",
      },
    },
  };
}

function toGet({ publicKey }) {
  return {
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  };
}

/* As text that the server reads. */
function answer(credential) {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) {
      said[name] = text(response[name]);
    }
  }
  if (response.getTransports) {
    said.transports = response.getTransports();
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: said,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(form) {
  if (form.dataset.passkey !== "sign-in") {
    return JSON.parse(form.querySelector("script").textContent);
  }
  const asked = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await asked.json()).request_options;
}

async function ask(form) {
  const asked = await options(form);
  const found =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create(toCreate(asked))
      : await navigator.credentials.get(toGet(asked));
  form.elements.credential.value = JSON.stringify(answer(found));
  form.submit();
}

function prepare(form) {
  const button = form.querySelector("[data-passkey-button]");
  const line = form.querySelector("[data-passkey-said]");
  button.addEventListener("click", async () => {
    line.textContent = "";
    button.disabled = true;
    try {
      await ask(form);
    } catch {
      line.textContent = line.dataset.failed;
    } finally {
      button.disabled = false;
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.click();
  });
  form.hidden = false;
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("[data-passkey]").forEach(prepare);
  document.querySelectorAll("[data-passkey-missing]").forEach((line) => line.remove());
}
