/*
 * "Leave this page now": empties the page at once and takes its place in the history, so that "back" does not
 * lead to it. Without script the same link leads to the same address.
 */
for (const link of document.querySelectorAll("[data-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const { href } = link;
    document.title = location.host;
    document.body.replaceChildren();
    location.replace(href);
  });
}
