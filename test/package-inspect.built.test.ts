/** The bridge as users of the package get it: what `npm run build` made, and the page's files beside it. */
import { expect, it } from 'vitest';
import type * as Inspect from '../src/inspect/index.js';

it('is part of the built package, with its page', async () => {
  const entry = 'chipzen-agent/inspect';
  const { createInspectorBridge } = (await import(entry)) as typeof Inspect;
  const bridge = await createInspectorBridge();
  const files = ['', 'bridge.js', 'bridge.css'].map(async (name) => (await fetch(bridge.url + name)).status);
  expect(await Promise.all(files)).toEqual([200, 200, 200]);
  await bridge.close();
});
