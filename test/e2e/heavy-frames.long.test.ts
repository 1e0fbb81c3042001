/** Frames as large as a server may send, against the command in a process of its own: what they cost it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { wire } from '../../src/protocol/frames.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** A frame just under the limit: as many units as fit into its state. */
function frameOf(
  type: string,
  unit: (index: number) => string,
  [open, close]: readonly [string, string] = ['[', ']'],
): string {
  const head = `{"type":"${type}","state":{"x":${open}`;
  const tail = `${close}}}`;
  let units = unit(0);
  for (let index = 1; ; index += 1) {
    const longer = `${units}${open === '"' ? '' : ','}${unit(index)}`;
    if (head.length + longer.length + tail.length >= wire.maxServerFrameBytes) return head + units + tail;
    units = longer;
  }
}

/** The largest that is understood: as many objects as there may be, and the rest of it in texts. */
const largest = frameOf('round_start', (index) => `{"k${index.toString(36)}":"${'x'.repeat(1_100)}"}`);

const text = ['"', '"'] as const;
const shapes = {
  'tiny lists': frameOf('phase_change', () => '[]'),
  numbers: frameOf('phase_change', () => '1'),
  keys: frameOf('phase_change', (index) => `{"k${index.toString(36)}":0}`),
  depth: `{"type":"phase_change","state":{"x":${'['.repeat(520_000)}${']'.repeat(520_000)}}}`,
  escapes: frameOf('phase_change', () => '\\u0063', text),
  quotes: frameOf('phase_change', () => '\\"', text),
  'half a token': frameOf('phase_change', () => '\\u0063z_extbot_', text),
  text: frameOf('phase_change', () => 'x'.repeat(1_000), text),
  'objects and text': largest,
};

const bots = {
  'a bot that answers': '',
  'a bot whose hooks wait': 'async onRoundStart() { await new Promise(() => {}); }',
  'a bot that blocks its thread': 'onRoundStart() { for (;;); }',
};

let dir: string;
let child: ChildProcess | null = null;
const http = createServer();
const sockets = new WebSocketServer({ server: http, handleProtocols: ([first]) => first ?? false });

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'chipzen-heavy-'));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
});

afterEach(async () => {
  if (child !== null && child.exitCode === null) {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  sockets.removeAllListeners('connection');
  for (const socket of sockets.clients) socket.terminate();
  http.close();
  rmSync(dir, { recursive: true });
});

/** The two legs of a seated agent. */
async function seated(hook: string): Promise<{ lobby: WebSocket; match: WebSocket; pid: number }> {
  const bot = join(dir, 'bot.mjs');
  writeFileSync(bot, `export default class { decide() { return { action: 'check' }; } ${hook} }`);
  const { port } = http.address() as AddressInfo;
  const legs = new Promise<{ lobby: WebSocket; match: WebSocket }>((resolve) => {
    let lobby: WebSocket;
    sockets.on('connection', (socket, { url }) => {
      const send = (frame: object) => socket.send(JSON.stringify(frame));
      if (url?.includes('/bot/')) {
        lobby = socket;
        socket.once('message', () => {
          send({ type: 'hello' });
          send({ type: 'matched', match_id: 'm1', participant_id: 'p1', gateway_ws_url: '/match/m1' });
        });
        return;
      }
      socket.once('message', () =>
        send({ type: 'hello', supported_versions: ['1.0'], selected_version: '1.0' }),
      );
      socket.on('message', (data) => {
        if (!Buffer.isBuffer(data) || !data.includes('"hello"')) return;
        send({ type: 'match_start', your_seat: 0, seats: [{ seat: 0, is_self: true }] });
        resolve({ lobby, match: socket });
      });
    });
  });
  child = spawn(process.execPath, [main, 'run', bot], {
    env: {
      PATH: process.env.PATH,
      HOME: dir,
      CHIPZEN_EXTBOT_TOKEN: 'cz_extbot_0123456789abcdefghijABCDEFGHIJ',
      CHIPZEN_LOBBY_URL: `ws://127.0.0.1:${port}/bot/b1`,
    },
    stdio: 'ignore',
  });
  return { ...(await legs), pid: child.pid ?? 0 };
}

/** Resolves when the other side has answered a ping: it has read what was sent before. */
async function pong(socket: WebSocket): Promise<void> {
  socket.ping();
  await once(socket, 'pong');
}

/** CPU of a process so far, in ticks of a hundredth of a second: other load of the machine is none of it. */
function cpuTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

const peakMb = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

describe('sixty of the largest frames on one match', () => {
  it.each(Object.entries(bots))('stay under 300 MB and hold up no lobby, with %s', async (_title, hook) => {
    const { lobby, match, pid } = await seated(hook);
    for (let frame = 0; frame < 60; frame++) match.send(largest);
    const reading = { isOver: false };
    const read = pong(match).then(() => {
      reading.isOver = true;
    });
    let answers = 0;
    while (!reading.isOver) {
      await pong(lobby);
      answers += 1;
    }
    await read;
    // One that read all frames first would answer once.
    expect(answers).toBeGreaterThan(6);
    expect(peakMb(pid)).toBeLessThan(300);
  });
});

it('a frame of any shape costs less than a second of CPU', async () => {
  const { lobby, match, pid } = await seated('');
  for (const [shape, frame] of Object.entries(shapes)) {
    const before = cpuTicks(pid);
    match.send(frame);
    await Promise.all([pong(match), pong(lobby)]);
    const ticks = cpuTicks(pid) - before;
    expect({ shape, isDear: ticks >= 100 }).toEqual({ shape, isDear: false });
  }
});
