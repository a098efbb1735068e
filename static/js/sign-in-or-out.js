/*
 * Registers in this phone, when somebody signs in or out. Out: stored registers go; numbers that are not sent yet
 * stay, and the page says so. In: where such numbers wait, the way leads to the page that sends them.
 */
const { registers } = self;
const OPEN_FOR = 28 * 24 * 60 * 60 * 1000;
const out = document.querySelector("[data-signs-out]");

/* While their registers are open: later they are only to be written down. */
async function areWaiting() {
  const { waiting } = await registers.look("queue");
  return waiting.some((one) => !one.why && Date.now() - (one.at ?? 0) < OPEN_FOR);
}

if (out) {
  const words = document.querySelector("[data-numbers-wait]");
  areWaiting().then((are) => (words.hidden = !are));
  out.addEventListener("submit", (event) => {
    event.preventDefault();
    registers.signOut().finally(() => out.submit());
  });
}

/* The forms of signing in, by password and by passkey. */
function leadToRegisters() {
  for (const form of document.querySelectorAll(`form[action^="/accounts/"][method="post"]`)) {
    if (!form.elements.next) {
      const next = document.createElement("input");
      Object.assign(next, { type: "hidden", name: "next", value: "/organise/registers/" });
      form.append(next);
    }
  }
}

if (!out) {
  areWaiting().then((are) => are && leadToRegisters());
}
