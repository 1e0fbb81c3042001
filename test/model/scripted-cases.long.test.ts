/** Every event with every payload in every state of the charts, as their models say; on scripted ports and a virtual clock. */
import { expect, it } from 'vitest';
import { lobbyModel } from '../../src/testing/lobby-model.js';
import { matchModel } from '../../src/testing/match-model.js';
import type { Model } from '../../src/testing/model.js';
import { casePaths, edgePaths } from '../../src/testing/paths.js';
import { playPath } from '../../src/testing/play-path.js';
import { seasonModel } from '../../src/testing/season-model.js';

it.each<[name: string, model: Model]>([
  ['lobby', lobbyModel()],
  ['match', matchModel()],
  ['season', seasonModel()],
])('the %s machine does as its model says with every event and payload in every state', (_name, model) => {
  const everything = casePaths(model);
  for (const path of everything) playPath(model, path);
  expect(everything.length).toBeGreaterThan(2 * edgePaths(model).length);
});
