import type { Page } from 'playwright-core';

/**
 * Two frames, as a change of theme or size begins its transitions in the first; then whatever ends by itself. An animation
 * that goes on for ever is part of how the page looks.
 */
const settled = `(async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise((shown) => requestAnimationFrame(shown));
  const moving = document
    .getAnimations()
    .filter(({ effect, playState }) => playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime));
  await Promise.allSettled(moving.map(({ finished }) => finished));
})()`;

/** Waits until a page has drawn what it was told and nothing on it is on its way to another place or colour. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(settled);
}
