/** Bots at workers, with a real NATS server, real processes and the local platform. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { World } from '../../../../src/agent/world.js';
import { connectBus } from '../../../../src/io/hosting/remote/bus.js';
import type { Agent, AgentOptions } from '../../../../src/io/settings/agent-options.js';
import type { AgentEvent } from '../../../../src/protocol/events.js';
import type { Sandbox, SandboxOptions } from '../../../../src/sandbox/index.js';
import { afterTest } from '../../../kit/after-test.js';
import { startAgent, watchEvents } from '../../../kit/agent.js';
import { createTestClock, type TestClock } from '../../../kit/clock.js';
import { makeFolder } from '../../../kit/folder.js';
import { openPlatform } from '../../../kit/platform.js';
import { type NatsServer, startNatsServer } from './nats-server.js';
import { startWorker, type WorkerProcess } from './worker-process.js';

let server: NatsServer;
let dir: string;
let sandbox: Sandbox;
let me: { botId: string; token: string; lobbyUrl: string };
let events: ReturnType<typeof watchEvents>;
let agent: Agent | null;
let workers: WorkerProcess[];

beforeAll(async () => {
  server = await startNatsServer();
});
afterAll(async () => {
  await server.stop();
});

beforeEach(async () => {
  dir = makeFolder();
  await playHands(4);
  events = watchEvents();
  agent = null;
  workers = [];
});
afterEach(async () => {
  await agent?.stop({ graceMs: 0 });
  for (const { child } of workers) child.kill('SIGKILL');
  await Promise.all(workers.map(({ ended }) => ended));
});

/** Opens a platform whose matches are of so many hands: of 20 where something is to happen in them. */
async function playHands(maxHands: number, options: SandboxOptions = {}): Promise<void> {
  ({ sandbox } = await openPlatform({ seed: 'workers', maxHands, ...options }));
  me = sandbox.addBot({ name: 'me' });
}

/** Notes, of all bots together, line by line. */
const notes = (): string[] => readFileSync(join(dir, 'notes'), 'utf8').trim().split('\n');

function botFile(body: string): string {
  appendFileSync(join(dir, 'notes'), '');
  const path = join(dir, 'bot.mjs');
  writeFileSync(
    path,
    `import { existsSync, appendFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
const workerPid = isMainThread ? process.ppid : process.pid;
const dir = ${JSON.stringify(dir)};
const once = (name) => {
  if (existsSync(dir + '/' + name)) return false;
  writeFileSync(dir + '/' + name, '');
  return true;
};
const note = (text) => appendFileSync(dir + '/notes', text + '\\n');
const passive = ({ validActions }) => ({ action: validActions.includes('check') ? 'check' : 'call' });
export default class {
  turns = 0;
  ${body}
};
`,
  );
  return path;
}

async function work(body: string, ...args: string[]): Promise<WorkerProcess> {
  const worker = await startWorker(botFile(body), server.url, args);
  workers.push(worker);
  return worker;
}

function start(options: AgentOptions = {}, world: Partial<World> = {}) {
  const started = startAgent(
    { nats: server.url },
    me,
    { maxMatches: 1, onEvent: events.onEvent, ...options },
    world,
  );
  agent = started.agent;
  return started.done;
}

/**
 * Such a platform on a clock that stands still while this process does: no turn is lost to a busy machine. It is a third as
 * fast as those of the workers, so that they are in time on one, too. Returns what an agent on this clock is given.
 *
 * @param stepMs of each 6 ms: all of them where it does not matter how long a worker takes.
 */
async function playPaced(maxHands: number, stepMs = 2): Promise<{ clock: TestClock; now: () => number }> {
  const clock = createTestClock();
  await playHands(maxHands, { clock });
  const pace = setInterval(() => clock.advance(stepMs), 6);
  afterTest(() => clearInterval(pace));
  return { clock, now: clock.now };
}

/** Where turns are to be answered at their deadline: that is half a second before the turn is lost. */
const early = { marginMs: 500 };

const dispatch = (decisionTimeoutMs = 30_000) => sandbox.dispatch(me.botId, { decisionTimeoutMs });

const told = <T extends AgentEvent['type']>(type: T) =>
  events.all.filter((event): event is Extract<typeof event, { type: T }> => event.type === type);

const summary = ({ outcome, hands, fallbacks, timeouts }: Awaited<ReturnType<typeof start>>[number]) => ({
  outcome,
  hands,
  fallbacks,
  timeouts,
});
const whole = { outcome: 'completed', hands: 4, fallbacks: 0, timeouts: 0 };
const allMine = `decide(state) { note(workerPid); return passive(state); }`;

describe('matches at workers', () => {
  it('are told by a worker as events, one a line, with --json', async () => {
    const worker = await work(`decide(state) { return passive(state); }`, '--json');
    const done = start();
    await dispatch();
    expect((await done).map(summary)).toEqual([whole]);
    await worker.says('worker.over');
    const lines = worker.output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    // A worker that is slow to answer is asked for a seat again, and gives a second one, which nobody takes.
    const again = lines.slice(2, -1);
    const matchId = lines[1]?.['matchId'];
    expect(lines).toEqual([
      {
        type: 'worker.ready',
        worker: expect.any(String),
        name: 'bot',
        server: expect.any(String),
        at: expect.any(Number),
      },
      { type: 'worker.taken', matchId: expect.any(String), live: 1, at: expect.any(Number) },
      ...again.map((_, index) => ({
        type: 'worker.taken',
        matchId,
        live: index + 2,
        at: expect.any(Number),
      })),
      { type: 'worker.over', matchId, live: again.length, at: expect.any(Number) },
    ]);
  });

  it('are played whole, each at one worker, and the token never leaves the agent', async () => {
    await work(`seen = new Set();
      decide(state, turn) { note(turn.matchId + ' ' + workerPid); return passive(state); }`);
    workers.push(await startWorker(join(dir, 'bot.mjs'), server.url));
    const heard: Uint8Array[] = [];
    const ear = await connectBus(server.url, 'ear');
    ear.subscribe('>', ({ data, subject }) => void heard.push(Buffer.from(subject), data));
    const done = start({ maxMatches: 6 });
    await Promise.all(Array.from({ length: 6 }, () => dispatch()));
    expect((await done).map(summary)).toEqual(Array.from({ length: 6 }, () => whole));
    await ear.close();
    const placesOf = new Map<string, Set<string>>();
    for (const line of notes()) {
      const [match = '', pid = ''] = line.split(' ');
      placesOf.set(match, (placesOf.get(match) ?? new Set()).add(pid));
    }
    expect([...placesOf.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1, 1, 1]);
    const bytes = Buffer.concat(heard);
    expect(bytes.includes('bot.decide')).toBe(true);
    expect(bytes.includes(me.token)).toBe(false);
    expect(bytes.includes(me.token.slice('cz_extbot_'.length))).toBe(false);
  });

  it('move when their worker is killed in a turn: the next one has seen the match, and is asked this turn', async () => {
    const body = `rounds = 0;
      onRoundStart() { this.rounds += 1; }
      onRoundResult({ round_number: n }) { note(n + ':' + this.rounds); }
      decide(state) {
        this.turns += 1;
        if (this.rounds === 3 && once('killed')) process.kill(workerPid, 'SIGKILL');
        return passive(state);
      }`;
    await work(body);
    await work(body);
    const done = start();
    await dispatch();
    expect((await done).map(summary)).toEqual([whole]);
    expect(told('bot.terminated')).toMatchObject([
      { why: 'lost', message: expect.stringContaining('is gone') as string },
    ]);
    expect(told('bot.restarted')).toMatchObject([{ restored: false }]);
    expect(new Set(notes())).toEqual(new Set(['1:1', '2:2', '3:3', '4:4']));
  });

  it.each([
    ['process', 'process'],
    ['process', 'worker'],
    ['worker', 'worker'],
  ])('move with what the bot kept, whatever it is made of, by isolation %s and %s', async (...isolations) => {
    const body = `hands = new Map();
      snapshot() { return this.hands; }
      restore(kept) { this.hands = kept; }
      onRoundResult({ round_number: n }) { this.hands.set(n, workerPid); }
      onMatchEnd() { note([...this.hands.keys()].join(',') + ' at ' + new Set(this.hands.values()).size); }
      decide(state) {
        if (this.hands.size === 2 && once('killed')) process.kill(workerPid, 'SIGKILL');
        return passive(state);
      }`;
    for (const isolation of isolations) await work(body, '--isolate', isolation);
    const done = start();
    await dispatch();
    expect((await done).map(summary)).toEqual([whole]);
    expect(told('bot.restarted')).toMatchObject([{ restored: true }]);
    expect(notes()).toEqual(['1,2,3,4 at 2']);
  });

  it('send what they note with their decisions', async () => {
    await work(`decide(state, turn) {
        turn.note({ pot: state.pot });
        turn.note({ odds: [0.25] });
        return passive(state);
      }`);
    const done = start();
    await dispatch();
    expect((await done).map(summary)).toEqual([whole]);
    const answered = told('turn.answered');
    expect(answered.length).toBeGreaterThan(3);
    for (const { note: noted } of answered) {
      expect(noted).toEqual({ pot: expect.any(Number), odds: [0.25] });
    }
  });

  it('lose one turn to a worker that freezes, in which the last proposal goes out, and move', async () => {
    const body = `decide(state, turn) {
        this.turns += 1;
        if (this.turns === 2 && once('frozen')) {
          turn.propose(passive(state));
          note(workerPid);
          return new Promise((resolve) => { setTimeout(() => process.kill(workerPid, 'SIGSTOP'), 100); });
        }
        return passive(state);
      }`;
    const world = await playPaced(4);
    await work(body);
    await work(body);
    const done = start({}, world);
    await dispatch(3_000);
    const isFrozen = (): boolean =>
      notes().some((pid) => pid !== '' && readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') T '));
    await expect.poll(isFrozen, { interval: 20 }).toBe(true);
    await world.clock.passUntil(
      events.next('bot.terminated'),
      'the end of a match at a worker that is frozen',
    );
    const [result] = await done;
    expect(result).toMatchObject({ outcome: 'completed', hands: 4, fallbacks: 1, timeouts: 0 });
    const missed = told('turn.answered').filter(({ source }) => source !== 'bot');
    expect(missed).toMatchObject([{ source: 'proposal' }]);
    // A second after its deadline or after three of silence, whichever is over first.
    const said = told('bot.terminated').map(({ why, message }) => `${why}: ${message}`);
    expect(said).toEqual([
      expect.stringMatching(
        /^(blocked: The worker .*-\d+ did not answer 1 s after its deadline|lost: The worker .*-\d+ has not answered for 3 s)\.$/,
      ),
    ]);
    expect(told('bot.restarted')).toHaveLength(1);
  });

  it('get the answers of the deadline while there is no worker, and one as soon as it comes', async () => {
    const world = await playPaced(20, 6);
    const done = start(early, world);
    await dispatch(1_100);
    await events.next('turn.answered');
    expect(told('bot.failed')).toMatchObject([
      { hook: 'worker', message: 'No worker takes the match: none named "bot" is there, or all are full.' },
    ]);
    expect(told('turn.answered')[0]).toMatchObject({ source: 'overdue' });
    await work(allMine);
    const [result] = await done;
    expect(result).toMatchObject({ outcome: 'completed', timeouts: 0 });
    expect(told('turn.answered').some(({ source }) => source === 'bot')).toBe(true);
  });

  it('go on while the NATS server is away, and are back at a worker when it is back', async () => {
    const world = await playPaced(20);
    const worker = await work(
      `async decide(state) { await new Promise((resolve) => { setTimeout(resolve, 50); }); return passive(state); }`,
    );
    const done = start(early, world);
    await dispatch(1_100);
    await events.next('turn.answered');
    await server.kill();
    await events.next('turn.overdue');
    await server.start();
    await worker.says('the NATS server is back');
    const [result] = await done;
    expect(result).toMatchObject({ outcome: 'completed', hands: 20, timeouts: 0 });
    expect(told('bot.terminated')).toMatchObject([
      { why: 'lost', message: expect.stringContaining('connection to the NATS server') as string },
    ]);
    expect(told('bot.failed')).toMatchObject([
      { hook: 'worker', message: expect.stringContaining('no connection to the NATS server') as string },
    ]);
    expect(told('bot.restarted')).toHaveLength(1);
    expect(told('turn.answered').at(-1)).toMatchObject({ source: 'bot' });
  });

  it('are given back by a worker that is told to stop, and go on elsewhere without a lost turn', async () => {
    const body = `decide(state) {
        this.turns += 1;
        if (this.turns === 2 && once('left')) {
          note(workerPid);
          process.kill(workerPid, 'SIGINT');
          return new Promise(() => {});
        }
        return passive(state);
      }`;
    await work(body, '--drain-grace', '0');
    await work(body, '--drain-grace', '0');
    const done = start();
    await dispatch();
    expect((await done).map(summary)).toEqual([whole]);
    const left = workers.find(({ child }) => String(child.pid) === notes()[0]);
    expect(await left?.ended).toBe(0);
    expect(told('bot.terminated')).toMatchObject([
      { why: 'lost', message: expect.stringContaining('was stopped') as string },
    ]);
  });

  it('wait for room when every worker is full, with the answers of the deadline meanwhile', async () => {
    const world = await playPaced(4);
    await work(
      `async decide(state) { await new Promise((resolve) => { setTimeout(resolve, 20); }); note('turn'); return passive(state); }`,
      '--matches',
      '1',
    );
    const done = start({ ...early, maxMatches: 2 }, world);
    await dispatch();
    await events.next('turn.answered');
    await dispatch(1_100);
    const results = (await done).map(summary);
    expect(results).toMatchObject([whole, { outcome: 'completed', timeouts: 0 }]);
    expect(told('bot.failed')).toMatchObject([
      { message: expect.stringContaining('all are full') as string },
    ]);
  });

  it('end here when their worker is told to stop, if it has the time; then it ends', async () => {
    const worker = await work(
      `onMatchEnd() { note('end'); }
      decide(state) { if (once('left')) process.kill(workerPid, 'SIGTERM'); return passive(state); }`,
      '--drain-grace',
      '60',
    );
    const done = start();
    await dispatch();
    expect((await done).map(summary)).toEqual([whole]);
    expect(await worker.ended).toBe(0);
    expect(notes()).toEqual(['end']);
    expect(told('bot.terminated')).toEqual([]);
  });

  it('end here when no more bots can be made; the worker says why, and others take the next ones', async () => {
    const worker = await work(
      `constructor() { if (!once('made')) throw new Error('no table'); }
      ${allMine}`,
    );
    const done = start({ maxMatches: 2 });
    await dispatch();
    expect(await worker.ended).toBe(6);
    expect(worker.output).toContain('warning: The bot could not be made: no table');
    expect(worker.output).toContain('Taking no more matches.');
    await work(allMine);
    await dispatch();
    expect((await done).map(summary)).toEqual([whole, whole]);
    expect(told('bot.terminated')).toEqual([]);
    expect(new Set(notes()).size).toBe(2);
  });

  it('are given up by a worker whose agent is gone', async () => {
    const worker = await work(`decide() { console.log('asked'); return new Promise(() => {}); }`);
    void start();
    await dispatch();
    await worker.says('asked');
    await agent?.stop({ graceMs: 0 });
    await worker.says('over here; 0 live');
  });
});
