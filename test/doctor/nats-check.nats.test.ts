import { expect, it } from 'vitest';
import { startNatsServer } from '../io/hosting/remote/nats-server.js';
import { afterTest } from '../kit/after-test.js';
import { freePort } from '../kit/free-port.js';
import { examineWith, toldBy } from './examination.js';

const elsewhere = {
  lookup: async () => [],
  connect: async () => undefined,
  askServer: () => new Promise<never>(() => undefined),
};
const limits = { serverMs: 50 };

it('looks at the NATS server that leads to workers, without the password', async () => {
  const server = await startNatsServer('--user', 'me', '--pass', 'geheim');
  afterTest(() => server.stop());
  const at = server.url.slice('nats://'.length);
  const well = await examineWith({ nats: `nats://me:geheim@${at}`, limits }, elsewhere);
  expect(toldBy(well, 'nats')).toEqual([
    expect.stringMatching(
      /^ok: nats:\/\/127\.0\.0\.1:\d+ takes this connection, in \d+ ms; messages of up to 1024 KiB\.$/,
    ),
  ]);
  const refused = await examineWith({ nats: `nats://me:falsch@${at}`, limits }, elsewhere);
  expect(toldBy(refused, 'nats')).toEqual([
    expect.stringMatching(/^problem: The NATS server .* cannot be reached: /),
  ]);
  const gone = await examineWith(
    { nats: `nats://me:falsch@127.0.0.1:${await freePort()}`, limits },
    elsewhere,
  );
  expect(toldBy(gone, 'nats')).toEqual([expect.stringMatching(/cannot be reached: connection refused/)]);
  expect(JSON.stringify([well, refused, gone])).not.toMatch(/geheim|falsch/);
});
