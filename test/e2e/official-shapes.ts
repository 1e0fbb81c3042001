/**
 * Bots as authors write them for the official JavaScript SDK, in words of our own: its starter, its reference bot, and the
 * shapes of public ones. `SDK` stands for the name that they import.
 */

/** A file beside the bot. */
interface BesideFile {
  name: string;
  text: string;
}

export interface OfficialBot {
  what: string;
  name: string;
  text: string;
  beside?: readonly BesideFile[];
  /** What it writes when its match is over. */
  says?: RegExp;
}

/** Started by hand it plays one match; imported it does nothing. */
const ownStart = `
async function main() {
  const url = process.env.CHIPZEN_WS_URL ?? process.argv[2];
  if (!url) {
    console.error('no URL of a match');
    process.exit(1);
  }
  const end = await runBot(url, new PLAYER(), {
    token: process.env.CHIPZEN_TOKEN ?? null,
    ticket: process.env.CHIPZEN_TICKET ?? null,
  });
  console.error('played', end?.reason);
}
if (import.meta.main || import.meta.url === \`file://\${process.argv[1]}\`) await main();
`;

const starter: OfficialBot = {
  what: 'the starter: a class, and a function that starts it',
  name: 'bot.js',
  text: `import { Bot, Action, runBot } from 'SDK';

class Patient extends Bot {
  decide(state) {
    return state.validActions.includes('check') ? Action.check() : Action.fold();
  }
}
${ownStart.replace('PLAYER', 'Patient')}
export { Patient, main };
`,
  beside: [{ name: 'package.json', text: '{ "private": true, "type": "module" }' }],
};

const reference: OfficialBot = {
  what: 'the reference bot: seat, hand and street by hooks, bounded raises',
  name: 'bot.mjs',
  text: `import { Action, Bot, runBot } from 'SDK';

const order = '23456789TJQKA';
const strong = ([a, b]) => a.rank === b.rank || order.indexOf(a.rank) + order.indexOf(b.rank) > 19;
const sets = (cards) => Math.max(...cards.map(({ rank }) => cards.filter((card) => card.rank === rank).length));
const within = (total, { minRaise, maxRaise }) =>
  maxRaise === 0 ? null : Math.min(maxRaise, Math.max(minRaise, total));

class Reference extends Bot {
  constructor() {
    super();
    this.seat = null;
    this.raises = 0;
    this.hands = 0;
  }
  onMatchStart(message) {
    this.seat = (message.seats ?? []).find((seat) => seat.is_self)?.seat ?? null;
  }
  onRoundStart(_message) {
    this.hands += 1;
    this.raises = 0;
  }
  onTurnResult(message) {
    const { action } = message.details ?? {};
    if (message.seat !== this.seat && action === 'raise') this.raises += 1;
  }
  decide(state) {
    const { validActions: offered, actionHistory } = state;
    const seen = actionHistory.filter(({ seat, action }) => seat !== this.seat && action === 'raise').length;
    if (seen > this.raises) throw new Error('a raise that no hook told');
    const good = state.phase === 'preflop' ? strong(state.holeCards) : sets([...state.holeCards, ...state.board]) > 1;
    const total = within(state.phase === 'preflop' ? state.minRaise * 3 : Math.floor(state.pot * 0.66), state);
    if (good && this.raises === 0 && offered.includes('raise') && total !== null) return Action.raiseTo(total);
    if (offered.includes('check')) return Action.check();
    return good || state.toCall <= state.yourStack / 30 ? Action.call() : Action.fold();
  }
  onMatchEnd(results) {
    const own = results.find((row) => row.seat === this.seat);
    process.stderr.write(\`reference: \${this.hands} hands, \${own.net_chips} chips\\n\`);
  }
}
${ownStart.replace('PLAYER', 'Reference')}
export { Reference, main };
`,
  says: /^reference: \d+ hands, -?\d+ chips$/m,
};

const helpers: OfficialBot = {
  what: 'helpers beside the class, messages read with and without an envelope, a default function',
  name: 'bot.mjs',
  text: `import * as sdk from 'SDK';
export { Bot } from 'SDK';

export class Deck {
  cards = [...'23456789TJQKA'].flatMap((rank) => [...'cdhs'].map((suit) => rank + suit));
  without = (seen) => this.cards.filter((card) => !seen.includes(card));
}
export const chance = (outs, left) => (left === 0 ? 0 : outs / left);
export const settings = { decideAfterMs: 0, looseness: 0.4 };

const dataOf = (message) => message?.data ?? message;

export class Counting extends sdk.Bot {
  #deck = new Deck();
  #streets = [];
  #times = [];
  onRoundStart(message) {
    const data = dataOf(message);
    this.#streets = ['preflop'];
    this.#times.push(Date.parse(data.server_ts));
    if (!Number.isFinite(this.#times.at(-1)) || message.serverTimeMs !== this.#times.at(-1)) throw new Error('no time');
    this.#hole = data.state.your_hole_cards;
  }
  #hole = [];
  onPhaseChange(message) {
    this.#streets.push(dataOf(message).state.phase);
  }
  decide(state) {
    if (this.#streets.at(-1) !== state.phase) throw new Error(\`\${state.phase} after \${this.#streets}\`);
    const seen = [...state.holeCards, ...state.board].map(sdk.cardToString);
    if (seen.slice(0, 2).join() !== this.#hole.join()) throw new Error('other cards');
    if (!seen.every((text) => sdk.cardToString(sdk.cardFromString(text)) === text)) throw new Error('no card');
    if (state.roundId === '') throw new Error('a round without a name');
    const share = chance(6, this.#deck.without(seen).length);
    if (state.validActions.includes('check')) return sdk.Action.check();
    return share * state.pot > state.toCall * settings.looseness ? sdk.Action.call() : sdk.Action.fold();
  }
  onMatchEnd(results, frame) {
    console.error('counting:', results.length, 'players,', this.#times.length, 'of', frame.total_hands_played);
  }
}

export default async function start() {
  throw new Error('Nobody starts this here.');
}
`,
  says: /^counting: 2 players, (\d+) of \1$/m,
};

const profiles: OfficialBot = {
  what: 'TypeScript with the types of the SDK, a profile of its opponent kept by hooks, its strategy in a file of its own',
  name: 'bot.ts',
  text: `import { Action, Bot } from 'SDK';
import type { ActionKind, GameState } from 'SDK';
import { answerTo, type Profile } from './lib/strategy.js';

export abstract class Profiling extends Bot {
  protected readonly profile: Profile = { faced: 0, folded: 0, bets: 0 };
  private mine = -1;
  private pressed = false;

  override onMatchStart(info: Record<string, unknown>): void {
    const seats = (info.seats as { seat: number; is_self?: boolean }[] | undefined) ?? [];
    this.mine = seats.find((seat) => seat.is_self)?.seat ?? -1;
  }
  override onRoundStart(_message: Record<string, unknown>): void {
    this.pressed = false;
  }
  override onTurnResult(message: Record<string, unknown>): void {
    const { action } = message.details as { action: ActionKind };
    if (message.seat === this.mine) {
      this.pressed = action === 'raise';
      return;
    }
    if (this.pressed) this.profile.faced += 1;
    if (this.pressed && action === 'fold') this.profile.folded += 1;
    if (action === 'raise') this.profile.bets += 1;
    this.pressed = false;
  }
  override onMatchEnd(results: Record<string, unknown>): void {
    if (!Array.isArray(results)) throw new Error('no results');
    console.error('profile:', JSON.stringify(this.profile));
  }
}

export class Exploiter extends Profiling {
  decide(state: GameState): Action {
    return answerTo(state, this.profile);
  }
}
`,
  beside: [
    {
      name: 'lib/strategy.ts',
      text: `import { Action, type GameState } from 'SDK';

export interface Profile { faced: number; folded: number; bets: number }

export function answerTo(state: GameState, { faced, folded }: Profile): Action {
  const folds = (folded + 1) / (faced + 2);
  if (state.validActions.includes('raise') && folds >= 0.5) return Action.raiseTo(state.minRaise);
  if (state.validActions.includes('check')) return Action.check();
  return state.validActions.includes('call') && state.toCall * 3 <= state.pot ? Action.call() : Action.fold();
}
`,
    },
  ],
  says: /^profile: \{"faced":\d+,"folded":\d+,"bets":\d+\}$/m,
};

const required: OfficialBot = {
  what: 'a CommonJS file, started by itself or required',
  name: 'bot.cjs',
  text: `const { Action, Bot, VERSION, runBot } = require('SDK');

const cheap = ({ toCall, pot }) => toCall * 4 <= pot;

class Required extends Bot {
  decide(state) {
    const action = state.validActions.includes('check') ? Action.check() : cheap(state) ? Action.call() : Action.fold();
    const { action: name, params } = action.toWire();
    if (Object.keys(params).length > 0 || name !== action.action) throw new Error('another shape');
    return action;
  }
  onMatchEnd() {
    console.error('required:', typeof VERSION);
  }
}

if (require.main === module) runBot(process.env.CHIPZEN_WS_URL, new Required(), {});

module.exports = { Required, cheap };
`,
  says: /^required: string$/m,
};

/** The package is for the SDK, too. */
export const onPackage: OfficialBot = {
  what: 'a class on one of a package',
  name: 'bot.mjs',
  text: `import { Cautious } from 'cautious';
import { Action } from 'SDK';
export class OnPackage extends Cautious {
  ask = (state) => (state.toCall * 5 <= state.pot ? Action.call() : Action.fold());
}
`,
  beside: [
    {
      name: 'node_modules/cautious/package.json',
      text: '{ "name": "cautious", "version": "1.0.0", "exports": "./index.mjs" }',
    },
    {
      name: 'node_modules/cautious/index.mjs',
      text: `import { Action, Bot } from 'SDK';
export class Cautious extends Bot {
  decide(state) {
    return state.validActions.includes('check') ? Action.check() : this.ask(state);
  }
}
`,
    },
  ],
};

export const officialBots: readonly OfficialBot[] = [starter, reference, helpers, profiles, required];
