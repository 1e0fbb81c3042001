/** The bridge as users of the package get it: what `npm run build` made, and the page's files beside it. */
import { expect, it } from 'vitest';
import type * as Inspect from '../src/inspect/index.js';

it('is part of the built package, with its page', async () => {
  const entry = 'chipzen-agent/inspect';
  const { createInspectorBridge } = (await import(entry)) as typeof Inspect;
  const bridge = await createInspectorBridge();
  const statusOf = async (name: string) => (await fetch(bridge.url + name)).status;
  const page = await (await fetch(bridge.url)).text();
  const files = [...page.matchAll(/(?:href|src)="([^"#:]+)"/g)].map(([, name = '']) => name);
  expect(files).toContain('main.js');
  const scripts = await (await fetch(`${bridge.url}main.js`)).text();
  files.push(...[...scripts.matchAll(/from '\.\/([^']+)'/g)].map(([, name = '']) => name));
  expect(await Promise.all(files.map(statusOf))).toEqual(files.map(() => 200));
  await bridge.close();
});
