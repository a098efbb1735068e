/*
 * The notice that there are more answers than people goes as soon as so many are counted. Without it the notice
 * stands until the page is opened again.
 */
const notice = document.querySelector("[data-outnumbered]");
const came = document.querySelector("[data-figure=came] .count__number");
const said = document.querySelector("[data-said]");

function look() {
  if (Number(came.value) >= Number(notice.dataset.outnumbered)) {
    notice.hidden = true;
  }
}

if (notice && came && said) {
  new MutationObserver(look).observe(said, { childList: true, characterData: true, subtree: true });
}
