/**
 * `npm run bench:replay`: what a replay costs a decision. Matches of the local platform's table are played to a bot that
 * answers at once: with frames that are made of the hands, in this thread. The package is built before, and what was built
 * is measured.
 */
import { createRandom } from '../src/chance/random.js';
import type { HandHistory } from '../src/histories/hand-history.js';
import { historiesOfMatch } from '../src/histories/played-histories.js';
import type { HandEnded, HandStarted } from '../src/holdem/facts.js';
import type { GameState } from '../src/holdem/game-state.js';
import { createTable } from '../src/holdem/table.js';
import type { TableTurn } from '../src/holdem/table-types.js';
import { type PlayedHand, playedHand } from '../src/records/played-match.js';
import { median } from './measure.js';

const { replayHands } = (await import(
  new URL('../dist/replay/index.js', import.meta.url).href
)) as typeof import('../src/replay/index.js');

const settings = { decisions: 10_000, maxHands: 100, rounds: 5, seats: [2, 6] } as const;

interface Played {
  readonly hands: HandHistory[];
  readonly decisions: number;
}

/** By cards and turns alone, so that the bot can do the same again. */
function answerTo({ validActions, minRaise, maxRaise, toCall, pot }: TableTurn | GameState, draw: number) {
  if (draw < 0.1 && toCall > 0) return { action: 'fold' };
  if (draw > 0.85 && validActions.includes('raise'))
    return { action: 'raise', params: { amount: Math.min(maxRaise, minRaise + Math.floor(pot / 3)) } };
  return { action: toCall > 0 ? 'call' : 'check' };
}

function playMatches(seats: number): Played {
  const random = createRandom(`replay ${seats}`);
  const hands: HandHistory[] = [];
  let decisions = 0;
  for (let match = 1; decisions < settings.decisions; match += 1) {
    const table = createTable({
      seats,
      startingStack: 10_000,
      smallBlind: 50,
      bigBlind: 100,
      maxHands: settings.maxHands,
      seed: `match ${match}`,
    });
    const played: PlayedHand[] = [];
    while (!table.over) {
      const facts = table.startHand();
      while (table.turn !== null) {
        if (table.turn.seat === 0) decisions += 1;
        facts.push(...table.act(answerTo(table.turn, random()), { legalize: true }));
      }
      const started = facts.find((fact): fact is HandStarted => fact.type === 'handStarted');
      const ended = facts.find((fact): fact is HandEnded => fact.type === 'handEnded');
      if (started !== undefined && ended !== undefined) played.push(playedHand(started, ended, 100));
    }
    const names = ['you', 'Ann', 'Bob', 'Cid', 'Dot', 'Eve'].slice(0, seats);
    hands.push(
      ...historiesOfMatch({
        matchId: `match-${match}`,
        origin: 'challenge',
        rated: false,
        startedAt: 0,
        outcome: 'completed',
        seats: names.map((name) => ({ name, botId: null, netChips: null, handsWon: null, place: null })),
        hands: played,
        isForgotten: false,
      }),
    );
  }
  return { hands, decisions };
}

/** Answers what was played, so that each match is played once. */
const knowing = (hands: readonly HandHistory[]) => {
  const lines = hands.map(({ history }) =>
    history.filter(({ seat, action }) => seat === 0 && !action.startsWith('post_')),
  );
  const answers = lines.flat();
  let next = -1;
  return {
    decide() {
      next = (next + 1) % answers.length;
      const { action, amount } = answers[next] ?? { action: 'fold', amount: 0 };
      return action === 'raise' ? { action, params: { amount } } : { action };
    },
  };
};

const calling = () => ({
  decide: ({ toCall }: GameState) => ({ action: toCall > 0 ? 'call' : 'check' }),
});

for (const seats of settings.seats) {
  const { hands, decisions } = playMatches(seats);
  for (const [name, bot] of [
    ['as played', knowing(hands)],
    ['calls', calling],
  ] as const) {
    const times: number[] = [];
    let plays = 0;
    for (let round = 0; round < settings.rounds; round += 1) {
      const at = performance.now();
      const { counts, unplayed } = await replayHands(bot, hands, { hero: 0 });
      times.push(performance.now() - at);
      if (counts.decisions !== decisions || unplayed.length > 0) throw new Error('Not all was played.');
      plays = counts.same === decisions ? 1 : 2;
    }
    const ms = median(times);
    process.stdout.write(
      `${JSON.stringify({
        seats,
        bot: name,
        hands: hands.length,
        decisions,
        plays,
        seconds: Number((ms / 1_000).toFixed(2)),
        msPerDecision: Number((ms / decisions / plays).toFixed(3)),
      })}\n`,
    );
  }
}
