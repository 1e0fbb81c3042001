import { describe, expect, it } from 'vitest';
import { connectToPlatform } from '../../src/agent/connect-to-platform.js';
import { runBot } from '../../src/agent/run-bot.js';
import { createChaosProxy } from '../../src/chaos/chaos-proxy.js';
import { checkBot } from '../../src/check/index.js';
import { createDashboard, createSandboxDashboard } from '../../src/dashboard/index.js';
import { createTable } from '../../src/holdem/table.js';
import {
  connectToChipzen,
  createAgent,
  loadChipzenConfig,
  RetryPolicy,
  runConformanceChecks,
  runExternalBot,
  scaffoldBot,
  validateBot,
} from '../../src/index.js';
import { createInspectorBridge } from '../../src/inspect/index.js';
import {
  createFrameListeners,
  createLogger,
  defineBot,
  defineLobbySocket,
  defineMatchSocket,
  defineReporter,
} from '../../src/io/index.js';
import { createPlatformClient } from '../../src/platform/index.js';
import { OptionError } from '../../src/protocol/errors.js';
import { nearestName, refuseUnknown } from '../../src/protocol/known-names.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import {
  casePaths,
  edgePaths,
  lobbyModel,
  matchModel,
  playHands,
  playPath,
  scriptedPort,
  turnOf,
} from '../../src/testing/index.js';
import { openPlatform } from '../kit/platform.js';

const token = 'cz_extbot_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

describe('the name that was meant', () => {
  const known = ['maxMatches', 'drainGraceMs', 'token', 'url', 'safeMode', 'botId', 'raiseTo'];

  it.each([
    ['maxMatch', 'maxMatches'],
    ['max_matches', 'maxMatches'],
    ['MAXMATCHES', 'maxMatches'],
    ['tokne', 'token'],
    ['urls', 'url'],
    ['bot-id', 'botId'],
    ['raise', 'raiseTo'],
    ['grace', 'drainGraceMs'],
    ['drainGrace', 'drainGraceMs'],
    ['colour', null],
    ['', null],
    ['x'.repeat(100_000), null],
  ])('of %s', (name, meant) => {
    expect(nearestName(name, known)).toBe(meant);
  });
});

/** As a program without types passes it. */
const asOptions = (value: unknown) => value as never;
const bot = { decide: () => ({ action: 'fold' }) };
const misspelt = (name: string) => asOptions({ [name]: 1 });

describe('an option that does not exist is refused by', () => {
  it.each<[string, string, string, () => unknown]>([
    [
      'createAgent',
      'tokn',
      'A session has no option named tokn. Did you mean token?',
      () => createAgent(bot, misspelt('tokn')),
    ],
    [
      'runExternalBot',
      'maxMatch',
      'A session has no option named maxMatch. Did you mean maxMatches?',
      () => runExternalBot(bot, misspelt('maxMatch')),
    ],
    [
      'runBot',
      'tickets',
      'runBot has no option named tickets. Did you mean ticket?',
      () => runBot('ws://127.0.0.1:1/ws/match/m/p', bot, misspelt('tickets')),
    ],
    [
      'connectToChipzen',
      'onWarn',
      'connectToChipzen has no option named onWarn. Did you mean onWarning?',
      () => connectToChipzen('b', 'local', misspelt('onWarn')),
    ],
    [
      'connectToPlatform',
      'apiurl',
      'connectToPlatform has no option named apiurl. Did you mean apiUrl?',
      () => connectToPlatform(misspelt('apiurl')),
    ],
    [
      'loadChipzenConfig',
      'onwarning',
      'loadChipzenConfig has no option named onwarning. Did you mean onWarning?',
      () => loadChipzenConfig([], misspelt('onwarning')),
    ],
    [
      'RetryPolicy',
      'maxBackoff',
      'RetryPolicy has no option named maxBackoff. Did you mean maxBackoffMs?',
      () => new RetryPolicy(misspelt('maxBackoff')),
    ],
    [
      'createPlatformClient',
      'lobbyURI',
      'createPlatformClient has no option named lobbyURI. Did you mean lobbyUrl?',
      () => createPlatformClient(misspelt('lobbyURI')),
    ],
    [
      'createSandbox',
      'hands',
      'createSandbox has no option named hands. Did you mean maxHands?',
      () => createSandbox(misspelt('hands')),
    ],
    [
      'createChaosProxy',
      'targets',
      'createChaosProxy has no option named targets. Did you mean target?',
      () => createChaosProxy(misspelt('targets')),
    ],
    [
      'createDashboard',
      'ports',
      'A dashboard has no option named ports. Did you mean port?',
      () =>
        createDashboard(
          createAgent(bot, { token, url: 'ws://127.0.0.1:1/ws/external/bot/b', config: null }),
          misspelt('ports'),
        ),
    ],
    [
      'createInspectorBridge',
      'hideCard',
      'createInspectorBridge has no option named hideCard. Did you mean hideCards?',
      () => createInspectorBridge(misspelt('hideCard')),
    ],
    [
      'createTable',
      'maxhands',
      'createTable has no option named maxhands. Did you mean maxHands?',
      () => createTable(misspelt('maxhands')),
    ],
    [
      'createLogger',
      'lvl',
      'createLogger has no option named lvl. Did you mean level?',
      () => createLogger(misspelt('lvl')),
    ],
    [
      'defineBot',
      'secrets',
      'defineBot has no option named secrets. Did you mean secret?',
      () => defineBot(bot, misspelt('secrets')),
    ],
    [
      'defineReporter',
      'Now',
      'defineReporter has no option named Now. Did you mean now?',
      () => defineReporter([], misspelt('Now')),
    ],
    [
      'createFrameListeners',
      'emitt',
      'createFrameListeners has no option named emitt. Did you mean emit?',
      () => createFrameListeners(misspelt('emitt')),
    ],
    [
      'defineLobbySocket',
      'tokens',
      'defineLobbySocket has no option named tokens. Did you mean token?',
      () => defineLobbySocket(misspelt('tokens')),
    ],
    [
      'defineMatchSocket',
      'credentials',
      'defineMatchSocket has no option named credentials. Did you mean credential?',
      () => defineMatchSocket(misspelt('credentials')),
    ],
    [
      'lobbyModel',
      'case',
      'lobbyModel has no option named case. Did you mean cases?',
      () => lobbyModel(misspelt('case')),
    ],
    [
      'matchModel',
      'case',
      'matchModel has no option named case. Did you mean cases?',
      () => matchModel(misspelt('case')),
    ],
    [
      'edgePaths',
      'limits',
      'edgePaths has no option named limits. Did you mean limit?',
      () => edgePaths(lobbyModel(), misspelt('limits')),
    ],
    [
      'casePaths',
      'filters',
      'casePaths has no option named filters. Did you mean filter?',
      () => casePaths(lobbyModel(), misspelt('filters')),
    ],
    [
      'playPath',
      'inspector',
      'playPath has no option named inspector. Did you mean inspect?',
      () => playPath(lobbyModel(), asOptions({}), misspelt('inspector')),
    ],
    [
      'scriptedPort',
      'start',
      'scriptedPort has no option named start. Did you mean atStart?',
      () => scriptedPort(misspelt('start')),
    ],
    [
      'turnOf',
      'holeCard',
      'turnOf has no option named holeCard. Did you mean holeCards?',
      () => turnOf(misspelt('holeCard')),
    ],
    [
      'playHands',
      'hand',
      'playHands has no option named hand. Did you mean hands?',
      () => playHands(['random', 'random'], misspelt('hand')),
    ],
    [
      'checkBot',
      'hand',
      'checkBot has no option named hand. Did you mean hands?',
      () => checkBot(bot, misspelt('hand')),
    ],
    [
      'scaffoldBot',
      'lang',
      'scaffoldBot has no option named lang. Did you mean language?',
      () => scaffoldBot('my bot', misspelt('lang')),
    ],
    [
      'validateBot',
      'entry',
      'validateBot has no option named entry. Did you mean entryPoint?',
      () => validateBot('nowhere', misspelt('entry')),
    ],
    [
      'runConformanceChecks',
      'timeout',
      'runConformanceChecks has no option named timeout. Did you mean timeoutMs?',
      () => runConformanceChecks(bot, misspelt('timeout')),
    ],
  ])('%s: %s', async (_function, option, message, call) => {
    const error: unknown = await (async () => call())().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OptionError);
    expect(error).toMatchObject({ code: 'bad_option', option, message });
  });

  it('createAgent, as are options that are no object', () => {
    expect(() => createAgent(bot, asOptions(null))).toThrow('The options of a session must be an object.');
  });

  it('the methods of a platform and of an agent', async () => {
    const { sandbox } = await openPlatform();
    const { botId } = sandbox.addBot();
    const calls: [string, () => unknown][] = [
      ['addBot has no option named bot_id. Did you mean botId?', () => sandbox.addBot(misspelt('bot_id'))],
      [
        'dispatch has no option named rate. Did you mean rated?',
        () => sandbox.dispatch(botId, misspelt('rate')),
      ],
      ['play has no option named player. Did you mean players?', () => sandbox.play(misspelt('player'))],
      [
        'restart has no option named down. Did you mean downMs?',
        () => sandbox.control.restart(misspelt('down')),
      ],
      ['close has no option named drain. Did you mean drainMs?', () => sandbox.close(misspelt('drain'))],
      [
        'A dashboard has no option named porte. Did you mean port?',
        () => createSandboxDashboard(sandbox, misspelt('porte')),
      ],
      [
        'stop has no option named grace. Did you mean graceMs?',
        () =>
          createAgent(bot, { token, url: 'ws://127.0.0.1:1/ws/external/bot/b', config: null }).stop(
            misspelt('grace'),
          ),
      ],
    ];
    for (const [message, call] of calls) {
      await expect((async () => call())(), message).rejects.toThrow(new OptionError('', message).message);
    }
  });

  it('itself, and shows neither a token in the place of a name nor any value', () => {
    const refuse = (options: object) => () => refuseUnknown(options, asOptions({ url: true }), 'It');
    expect(refuse({ [token]: 'secret value' })).toThrow(/^It has no option named \[token\]\.$/);
    expect(refuse({ [`u\u001b[2J${'x'.repeat(500)}`]: 1 })).toThrow(/^It has no option named u\[2Jx{56}\.$/);
    expect(refuse(['url'])).toThrow('The options of It must be an object.');
    expect(refuse({ __proto__: { urll: 1 } })).not.toThrow();
  });
});
