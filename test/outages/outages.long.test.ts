import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Account, describeLoss, verdictOn } from './account.js';
import { runOutages } from './campaign.js';
import { planOutages } from './plan.js';
import { sumOf } from './table.js';

const folder = fileURLToPath(new URL('../../', import.meta.url));
const outages = 40;

it('no match is lost whose seat the platform still holds, whatever is out and however', async () => {
  const accounts: Account[] = [];
  await runOutages({
    seed: 'long',
    plan: planOutages('long', outages),
    folder,
    bots: 20,
    signal: AbortSignal.timeout(270_000),
    onAccounts: (through) => accounts.push(...through),
  });
  expect(accounts.filter((account) => verdictOn(account) === 'lost').map(describeLoss)).toEqual([]);
  expect(sumOf(accounts)).toMatchObject({ outages, lost: 0 });
});
