/**
 * `npm run bench:inspect`: what the inspector costs. An event through a small machine without it, attached with nobody
 * looking, and given as `inspect`; then an agent over sockets without it, with it and nobody looking, and with a
 * viewer. The platform and the viewer share the process, so only the rows compare.
 */
import { connect, type Socket } from 'node:net';
import { createActor, setup } from 'xstate';
import { createAgent } from '../src/agent/agent.js';
import { createInspectorBridge, type InspectorBridge } from '../src/inspect/index.js';
import { createSandbox } from '../src/sandbox/sandbox.js';
import { median } from './measure.js';

const defaults = { events: 300_000, hands: 300, rounds: 7 };

const machine = setup({}).createMachine({
  initial: 'one',
  states: { one: { on: { go: 'two' } }, two: { on: { go: 'one' } } },
});

/** @returns nanoseconds per event. */
function sendEvents(actor: ReturnType<typeof createActor<typeof machine>>): number {
  actor.start();
  const startedAt = performance.now();
  for (let event = 0; event < defaults.events; event += 1) actor.send({ type: 'go' });
  return Math.round(((performance.now() - startedAt) * 1e6) / defaults.events);
}

/** A client that reads all, and takes little time of its own. */
async function view(bridge: InspectorBridge): Promise<Socket> {
  const { pathname, host } = new URL(bridge.url);
  const socket = connect(bridge.port, '127.0.0.1').resume();
  socket.write(`GET ${pathname}events HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  while (bridge.viewers === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  return socket;
}

/** @returns hands per second. */
async function play(inspector: 'off' | 'on' | 'viewed'): Promise<number> {
  const { hands } = defaults;
  const sandbox = await createSandbox({
    port: 0,
    speed: 0,
    seed: 'bench',
    startingStack: 1_000_000,
    smallBlind: 5,
    bigBlind: 10,
    maxHands: hands,
  });
  const { botId, token, lobbyUrl } = sandbox.addBot();
  const bot = {
    decide: ({ validActions }: { validActions: readonly string[] }) => ({
      action: validActions.includes('check') ? 'check' : 'call',
    }),
  };
  const agent = createAgent(bot, { url: lobbyUrl, token, config: null, maxMatches: 1 }, { env: {} });
  const bridge = inspector === 'off' ? null : await createInspectorBridge();
  bridge?.attach(agent.actor);
  const socket = bridge !== null && inspector === 'viewed' ? await view(bridge) : null;
  const done = agent.start();
  await sandbox.dispatch(botId);
  const startedAt = performance.now();
  await done;
  const rate = Math.round((hands * 1_000) / (performance.now() - startedAt));
  socket?.destroy();
  await bridge?.close();
  await sandbox.close();
  return rate;
}

/** In turns, so that what else the machine does falls on all alike. */
async function compare(unit: string, rows: Record<string, () => number | Promise<number>>): Promise<void> {
  const measured = new Map<string, number[]>();
  for (let round = -1; round < defaults.rounds; round += 1) {
    for (const [name, run] of Object.entries(rows)) {
      const value = await run();
      if (round >= 0) measured.set(name, [...(measured.get(name) ?? []), value]);
    }
  }
  for (const [name, values] of measured) {
    process.stdout.write(`${name.padEnd(40)}${String(median(values)).padStart(8)} ${unit}\n`);
  }
}

const bridge = await createInspectorBridge();
await compare('ns per event', {
  'an event without an inspector': () => sendEvents(createActor(machine)),
  'attached, nobody looks': () => {
    const actor = createActor(machine);
    const detach = bridge.attach(actor);
    const cost = sendEvents(actor);
    detach();
    return cost;
  },
  'an inspector that does nothing': () => sendEvents(createActor(machine, { inspect: () => undefined })),
  'given as `inspect`, nobody looks': () => sendEvents(createActor(machine, { inspect: bridge.inspect })),
});
await bridge.close();

await compare('hands/s', {
  'an agent without an inspector': () => play('off'),
  'with it, nobody looks': () => play('on'),
  'with it, one viewer': () => play('viewed'),
});
