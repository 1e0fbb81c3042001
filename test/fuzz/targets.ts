/** What reads what others wrote, and what must hold whatever that is. */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseChaos } from '../../src/chaos/chaos-file.js';
import { createFrameSplitter, payloadOf } from '../../src/chaos/frame-splitter.js';
import { createHeadReader, isSwitchingProtocols, parseRequest } from '../../src/chaos/http-head.js';
import { shownPath } from '../../src/chaos/leg.js';
import { runCli } from '../../src/cli/program.js';
import { offerOf, parseGameState } from '../../src/holdem/game-state.js';
import { legalAnswer } from '../../src/holdem/legal-answer.js';
import { legalRawAnswer } from '../../src/io/hosting/raw-answer.js';
import { createAssembler, isSigned, isToSeat } from '../../src/io/hosting/remote/remote-wire.js';
import { parseServerUrl } from '../../src/io/hosting/remote/server-url.js';
import { loadChipzenConfig } from '../../src/io/settings/config.js';
import { decodeLobbyFrame, decodeMatchFrame } from '../../src/protocol/decode.js';
import { ChipzenError } from '../../src/protocol/errors.js';
import { parseWebSocketUrl, resolveGatewayUrl } from '../../src/protocol/gateway-url.js';
import { createMask, printable } from '../../src/protocol/redact.js';
import { routeOf } from '../../src/sandbox/doors/upgrade-routes.js';
import { HttpError } from '../../src/sandbox/http/http-error.js';
import { readTexts } from '../../src/sandbox/http/texts.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import type { SandboxEvent } from '../../src/sandbox/terms/sandbox-events.js';
import { readLobbyFrame, readMatchFrame } from '../../src/sandbox/wire/client-frames.js';
import { fakeIo } from '../cli/surroundings/fake-surroundings.js';
import { shortGame } from '../kit/short-game.js';
import {
  bodyText,
  busText,
  chaosToml,
  cliArguments,
  configToml,
  frameText,
  journalText,
  json,
  natsUrlText,
  requestHead,
  urlText,
  wirePieces,
} from './arbitraries.js';

export interface Target {
  name: string;
  /** Of a thousand cases, about so many are for this one. */
  share: number;
  /** Runs `cases` cases; throws fast-check's report of the first one that fails. */
  run(parameters: { seed: number; cases: number }): Promise<void>;
}

const defaults = {
  /** A case that takes longer hangs, as far as its user is concerned. */
  maxCaseMs: 5_000,
} as const;

/** What objects have before anybody could have added to it. */
const ownOfPrototypes = () =>
  [Object.prototype, Array.prototype, Function.prototype].map((one) => Reflect.ownKeys(one).length).join();

const clean = ownOfPrototypes();

/** Nothing but a typed error may come out; nothing may be left behind, and it must not take long. */
async function contain(run: () => unknown): Promise<void> {
  const startedAt = performance.now();
  try {
    await run();
  } catch (error) {
    if (!(error instanceof ChipzenError || error instanceof HttpError)) throw error;
    if (error.message.includes('cz_extbot_'))
      throw new Error(`A token in an error: ${error.message}`, { cause: error });
  }
  if (ownOfPrototypes() !== clean) throw new Error('A prototype was changed.');
  const ms = performance.now() - startedAt;
  if (ms > defaults.maxCaseMs) throw new Error(`It took ${Math.round(ms)} ms.`);
}

function target<T>(name: string, share: number, input: fc.Arbitrary<T>, use: (input: T) => unknown): Target {
  return {
    name,
    share,
    run: ({ seed, cases }) =>
      fc.assert(
        fc.asyncProperty(input, (one) => contain(() => use(one))),
        { seed, numRuns: cases, endOnFailure: false },
      ),
  };
}

function mustBe(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** A frame that was let through can be used by everybody behind the decoder. */
function useMatchFrame(text: string): void {
  const decoded = decodeMatchFrame(text);
  if (!decoded.ok) return;
  const { frame } = decoded;
  mustBe(Object.getPrototypeOf(frame) === Object.prototype, 'A frame with a prototype of its own.');
  JSON.stringify(frame);
  structuredClone(frame);
  if (frame.type !== 'turn_request') return;
  parseGameState(frame, { seat: null, dealerSeat: null });
  mustBe(
    frame.valid_actions.every((action) => typeof action === 'string'),
    'An action that is no text.',
  );
}

/** Gives a file that is not there yet, and takes it away afterwards. */
async function inFolder(use: (path: string) => unknown): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'chipzen-fuzz-'));
  try {
    await use(join(folder, 'file'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const openPlatform = (state: string, onEvent?: (event: SandboxEvent) => void) =>
  createSandbox({
    ...shortGame,
    port: 0,
    seed: 's',
    speed: 0,
    maxHands: 2,
    state,
    ...(onEvent && { onEvent }),
  });

/**
 * Whatever fits into the header that carries it (docs/protocol.md 8.1), but for those that begin like an escape: behind
 * a backslash they are another text.
 */
const secrets = fc
  .string({ unit: fc.constantFrom(...'acdeZ09_$%^*+.|~-'.split('')), minLength: 15, maxLength: 200 })
  .map((secret) => `c${secret}`);

/** What the proxy and the platform make of the head of a request. */
function useHead(text: string): void {
  const read = createHeadReader().push(Buffer.from(`${text}\r\n\r\n`, 'latin1'));
  if (read === null || read === 'too large') return;
  isSwitchingProtocols(read.head);
  const request = parseRequest(read.head, 'host');
  if (request === null) return;
  mustBe(!/[?#]/.test(request.path), 'A path with a query.');
  mustBe(!shownPath(request.path).includes('cz_extbot_'), 'A token in a path for people.');
  routeOf({ url: request.path, headers: { 'sec-websocket-protocol': text } } as IncomingMessage);
}

/** What passes must be what came, whether it makes frames or not. */
function useWire(pieces: readonly Uint8Array[]): void {
  const splitter = createFrameSplitter(16);
  const passed = pieces.flatMap((piece) => splitter.push(Buffer.from(piece)));
  for (const piece of passed) if (piece.first && piece.last) payloadOf(piece);
  const came = Buffer.concat(pieces);
  const went = Buffer.concat(passed.map(({ bytes }) => bytes));
  mustBe(went.equals(came.subarray(0, went.length)), 'Other bytes than those that came.');
}

const bodyRules = { bot_id: { maxLength: 128 }, opponent: { required: true, maxLength: 64 } };

export const targets: readonly Target[] = [
  target('frames of the lobby', 200, frameText, (text) => {
    const decoded = decodeLobbyFrame(text);
    if (decoded.ok) structuredClone(decoded.frame);
  }),
  target('frames of a match', 300, frameText, useMatchFrame),
  target('frames of clients', 150, frameText, (text) => {
    readLobbyFrame(text);
    readMatchFrame(text);
  }),
  target('answers of bots', 100, fc.tuple(json, json, frameText), ([answer, params, text]) => {
    const decoded = decodeMatchFrame(text);
    const turn =
      decoded.ok && decoded.frame.type === 'turn_request'
        ? decoded.frame
        : { type: 'turn_request' as const, request_id: 'q', valid_actions: ['fold', 'raise'], state: {} };
    for (const one of [
      answer,
      { action: answer, params },
      { action: 'raise', params },
      { action: 'raise', amount: answer },
    ]) {
      JSON.stringify([legalAnswer(one, offerOf(turn)), legalRawAnswer(one, turn)]);
    }
  }),
  target('texts for terminals', 50, fc.tuple(frameText, secrets), ([text, secret]) => {
    mustBe(!/\p{Cc}/u.test(printable(text, 200)), 'A control character for a terminal.');
    mustBe(
      !createMask([secret])
        .text(text + secret)
        .includes(secret),
      'A secret that was let through.',
    );
  }),
  target('gateway URLs', 100, urlText, (text) => {
    const lobby = 'wss://lobby.example:444/ws/external/bot/b';
    const resolved = new URL(resolveGatewayUrl(lobby, text));
    mustBe(resolved.origin === new URL(lobby).origin, `The token would go to ${resolved.origin}.`);
    mustBe(resolved.username === '' && resolved.password === '', 'A user name in the URL.');
  }),
  target('lobby URLs', 50, urlText, (text) => {
    const { protocol, hostname } = parseWebSocketUrl(text, 'the URL');
    const isHere =
      hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127\.|\[::1\])/.test(hostname);
    mustBe(protocol === 'wss:' || isHere, `Unencrypted to ${hostname}.`);
  }),
  target('messages of workers', 100, busText, (text) => {
    for (const isMessage of [isSigned, isToSeat])
      createAssembler<never>(isMessage as never)(Buffer.from(text));
  }),
  target('URLs of NATS servers', 50, natsUrlText, (text) => {
    const { shown, user, pass, token } = parseServerUrl(text);
    for (const secret of [user, pass, token]) {
      mustBe(secret === undefined || !shown.includes('@'), 'Credentials in what is shown.');
    }
  }),
  target('bodies of HTTP requests', 50, bodyText, (text) => {
    for (const [name, value] of readTexts(text, bodyRules)) {
      mustBe(
        Object.hasOwn(bodyRules, name) && !/\p{Cc}/u.test(value),
        `A field ${name} that is not printable.`,
      );
    }
  }),
  target('heads of HTTP requests', 50, requestHead, useHead),
  target('bytes of WebSocket connections', 50, wirePieces, useWire),
  target('chaos files', 30, chaosToml, (text) => parseChaos(text, 'chaos.toml')),
  target('chipzen.toml', 15, configToml, (text) =>
    inFolder((path) => {
      writeFileSync(path, text, { mode: 0o600 });
      const config = loadChipzenConfig([path]);
      mustBe(config === null || !JSON.stringify(config).includes('cz_extbot_'), 'A token in JSON.');
    }),
  ),
  target('state files of the sandbox', 5, journalText, async (text) => {
    const faults: unknown[] = [];
    await inFolder(async (state) => {
      await (await openPlatform(state)).close();
      appendFileSync(state, text);
      const platform = await openPlatform(state, (event) => {
        // Moves that the table does not allow end their match and no other, and are told.
        if (event.type === 'platform.fault' && event.where !== 'restore') faults.push(event.error);
      });
      await platform.close();
    });
    mustBe(faults.length === 0, `The platform broke: ${String(faults[0])}`);
  }),
  target('arguments of the command line', 5, cliArguments, async (args) => {
    const io = fakeIo({}, () => io.signal('SIGINT'));
    const ended = runCli(args, io);
    // A command that serves ends at the first line that it prints, or at this one.
    setImmediate(() => io.signal('SIGINT'));
    const code = await ended;
    mustBe([0, 1, 2, 3, 4, 5, 6].includes(code), `The exit code ${code}.`);
    mustBe(!io.err().join('\n').includes('cz_extbot_abc'), 'A token on the terminal.');
  }),
];
