/** Commands for challenges and the queue against the local platform. */
import { expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { startAgent } from '../../kit/agent.js';
import { makeFolder } from '../../kit/folder.js';
import { openPlatform } from '../../kit/platform.js';
import { shortGame } from '../../kit/short-game.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

const quickBot = {
  decide: ({ validActions }: { validActions: string[] }) => ({
    action: validActions.includes('check') ? 'check' : 'fold',
  }),
};

async function open() {
  const { sandbox } = await openPlatform({ ...shortGame, maxHands: 2 });
  const accounts = { alder: sandbox.addBot({ name: 'alder' }), birch: sandbox.addBot({ name: 'birch' }) };
  const homes = { alder: makeFolder(), birch: makeFolder() };
  type Name = keyof typeof accounts;
  return {
    async online(name: Name) {
      const started = startAgent(quickBot, accounts[name], {}, { env: { HOME: homes[name] } });
      await started.events.next('lobby.listening');
      return started;
    },
    async command(name: Name, ...args: string[]) {
      const { token, lobbyUrl } = accounts[name];
      const io = fakeIo({ HOME: homes[name], USERPROFILE: homes[name], CHIPZEN_EXTBOT_TOKEN: token });
      const code = await runCli([...args, '--url', lobbyUrl], io);
      return { code, out: io.out().join('\n'), err: io.err().join('\n') };
    },
  };
}

it('a challenge is listed on both sides, taken by name, and played', async () => {
  const { online, command } = await open();
  const alder = await online('alder');
  expect((await command('alder', 'opponents')).out).toBe(
    'Nobody can be challenged at the moment. A house bot comes at any time: chipzen-agent challenge house.',
  );
  const birch = await online('birch');
  expect((await command('alder', 'opponents')).out).toContain('birch');
  expect((await command('alder', 'challenges')).out).toBe('There are no challenges.');
  expect(await command('alder', 'accept', 'all')).toMatchObject({
    code: 1,
    err: 'There is no challenge to take.',
  });
  expect(await command('alder', 'challenge', 'birch')).toMatchObject({ code: 0 });
  expect((await command('alder', 'challenges')).out).toContain('to birch');
  expect((await command('birch', 'challenges')).out).toContain('from alder');
  // The first one may still come.
  expect(await command('alder', 'challenge', 'birch')).toMatchObject({ code: 1 });
  expect(await command('birch', 'accept', 'cedar')).toMatchObject({ code: 1 });
  expect(await command('birch', 'accept', 'ALDER', '--json')).toMatchObject({ code: 0 });
  expect(await alder.events.next('match.ended')).toMatchObject({ result: { outcome: 'completed' } });
  await birch.events.next('match.ended');
});

it('the place in the queue is told and given up, and there is none to give up twice', async () => {
  const { online, command } = await open();
  await online('alder');
  expect(await command('alder', 'queue', 'status')).toMatchObject({ code: 0 });
  expect((await command('alder', 'queue', 'status')).out).toContain('Not in the queue');
  expect(await command('alder', 'queue', 'leave')).toMatchObject({
    code: 0,
    out: 'The bot was not in the queue.',
  });
});

it('a token that is not taken ends with 3', async () => {
  const { command } = await open();
  for (const args of [['opponents'], ['challenges'], ['accept', 'all'], ['queue', 'status']])
    expect(await command('alder', ...args, '--token', 'cz_extbot_other')).toMatchObject({ code: 3 });
});
