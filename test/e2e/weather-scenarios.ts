/** Whole matches of the agent, in the forms in which the platform deals them. */
import type { SandboxOptions } from '../../src/sandbox/terms/sandbox-options.js';
import type { Guest, Played, Scenario, Stage } from './weather.js';

/** Long enough for every fault of every profile. */
const usual = { startingStack: 400, smallBlind: 5, bigBlind: 10, maxHands: 12 };

type Match = { matchId: string };

/** What one bot of ours is dealt. */
interface Deal {
  name: string;
  options: SandboxOptions;
  matches: number;
  deal(stage: Stage, botId: string): Promise<Match[]>;
}

async function endsOf({ sandbox }: Stage, matches: readonly Match[], guests: Guest[]): Promise<Played> {
  const matchIds = matches.map(({ matchId }) => matchId);
  return { guests, matchIds, ends: await Promise.all(matchIds.map((matchId) => sandbox.result(matchId))) };
}

const headsUpDeal: Deal = {
  name: 'heads-up',
  options: usual,
  matches: 1,
  deal: async ({ sandbox }, botId) => [await sandbox.dispatch(botId, { opponent: 'random' })],
};

const tableDeal: Deal = {
  name: 'a table of four with antes',
  options: { ...usual, ante: 2 },
  matches: 1,
  deal: async ({ sandbox }, botId) => [
    await sandbox.play({ players: ['tight-aggressive', { botId }, 'calling-station', 'tight-aggressive'] }),
  ],
};

const threeDeal: Deal = {
  name: 'three matches at once',
  options: usual,
  matches: 3,
  deal: ({ sandbox }, botId) =>
    Promise.all(
      ['random', 'tight-aggressive', 'calling-station'].map((opponent) =>
        sandbox.dispatch(botId, { opponent }),
      ),
    ),
};

/** One process from the first match to the last. */
function played({ name, options, matches, deal }: Deal): Scenario {
  return {
    name,
    options,
    async play(stage) {
      const me = stage.addBot('me');
      const guest = stage.join(me, { maxMatches: matches });
      return endsOf(stage, await deal(stage, me.botId), [guest]);
    },
  };
}

export const headsUpScenario = played(headsUpDeal);
export const table = played(tableDeal);
export const three = played(threeDeal);

/** Two bots of ours at one table. */
export const duel: Scenario = {
  name: 'agent against agent',
  options: usual,
  async play(stage) {
    const [me, other] = [stage.addBot('me'), stage.addBot('other')];
    const guests = [me, other].map((bot) => stage.join(bot, { maxMatches: 1 }));
    return endsOf(
      stage,
      [await stage.sandbox.dispatch(me.botId, { opponent: { botId: other.botId } })],
      guests,
    );
  },
};

export const scenarios: readonly Scenario[] = [headsUpScenario, table, three, duel];

/** A moment at which a process dies. */
export type Death = 'thinking' | 'watching';

/** A process that dies in the middle of its matches, and the one that is started in its place. */
export interface Replacement extends Scenario {
  death: Death;
  /** The same matches, played by one process. */
  undisturbed: Scenario;
}

function replaced(deal: Deal, death: Death): Replacement {
  const thoughtOf = 3 * deal.matches;
  return {
    name: `${deal.name}, dies ${death}`,
    death,
    undisturbed: played(deal),
    options: deal.options,
    async play(stage) {
      const me = stage.addBot('me');
      let die = (): void => undefined;
      const isTime = new Promise<void>((resolve) => {
        die = resolve;
      });
      if (death === 'watching') {
        stage.sandbox.on((event) => {
          if (event.type === 'hand.ended' && event.hand === 2) die();
        });
      }
      const first = stage.join(me, {
        maxMatches: deal.matches,
        onAsked: (asked) => death === 'thinking' && asked === thoughtOf && die(),
      });
      const matches = await deal.deal(stage, me.botId);
      await isTime;
      await first.kill();
      const open = stage.sandbox.matches().filter(({ state }) => state !== 'ended').length;
      const second = stage.join(me, { maxMatches: open });
      return endsOf(stage, matches, [first, second]);
    },
  };
}

export const replacements: readonly Replacement[] = [
  replaced(headsUpDeal, 'thinking'),
  replaced(tableDeal, 'watching'),
  replaced(threeDeal, 'thinking'),
];
