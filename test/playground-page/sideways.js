// Runs in the browser: the elements that stick out of the page's width, or whose content is cut off at the side.
// oxlint-disable-next-line no-unused-expressions
(() => {
  const width = document.documentElement.clientWidth;
  const isHidden = (element) =>
    element.closest(".hidden, .skip") !== null || getComputedStyle(element).clipPath !== "none";
  const scrollsSideways = (element) => {
    for (
      let above = element.parentElement;
      above !== null && above !== document.body;
      above = above.parentElement
    )
      if (["auto", "scroll"].includes(getComputedStyle(above).overflowX)) return true;
    return false;
  };
  return [...document.querySelectorAll("body *")]
    .filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      if (own === 0 || isHidden(element)) return false;
      const isCut =
        getComputedStyle(element).overflowX === "hidden" && element.scrollWidth > element.clientWidth + 1;
      return isCut || ((right > width + 1 || left < -1) && !scrollsSideways(element));
    })
    .map((element) => {
      const { left, right } = element.getBoundingClientRect();
      return `${element.tagName}.${element.className} from ${Math.round(left)} to ${Math.round(right)}`;
    });
})();
