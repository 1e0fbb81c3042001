/** For `page.evaluate`: what reaches over the edge of its panel, where nothing cuts it off or scrolls. */
export const escapees = `(() => {
  const found = [];
  for (const panel of document.querySelectorAll('header, .panel, .tile, .plate')) {
    const box = panel.getBoundingClientRect();
    for (const part of panel.querySelectorAll('*')) {
      const { left, right, top, bottom, width } = part.getBoundingClientRect();
      const isMeant = part.closest('dialog, .sr, .plate .button') !== null;
      if (width === 0 || isMeant || isCut(part, panel)) continue;
      const isOver = left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1;
      if (isOver) found.push(panel.className + ' > ' + part.tagName + '.' + part.className + ' ' + part.textContent.slice(0, 40));
    }
  }
  return found;
  function isCut(part, panel) {
    for (let around = part.parentElement; around !== panel; around = around.parentElement) {
      if (getComputedStyle(around).overflowX !== 'visible') return true;
    }
    return false;
  }
})()`;
