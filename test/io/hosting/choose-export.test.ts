import { describe, expect, it } from 'vitest';
import { Bot } from '../../../src/bot/bot.js';
import { Action } from '../../../src/holdem/action.js';
import { chooseBot, namedBot } from '../../../src/io/hosting/choose-export.js';
import { BadBotError } from '../../../src/protocol/errors.js';

class MyBot extends Bot {
  decide() {
    return Action.fold();
  }
}
class OtherBot extends MyBot {}
class ByField extends Bot {
  decide = () => Action.fold();
}
abstract class WithHelpers extends Bot {
  helper() {
    return 1;
  }
}
class OnHelpers extends WithHelpers {
  decide() {
    return Action.fold();
  }
}
class Plain {
  decide() {
    return Action.fold();
  }
}
class Raw {
  decideRaw() {
    return { action: 'place' };
  }
}
/** As a compiler to ES5 writes it. */
function OldClass() {}
OldClass.prototype.decide = () => Action.fold();
class Deck {
  readonly cards = 52;
}
const instance = new Plain();
const helper = () => 1;
async function main() {}

const decide = () => Action.fold();
const text = 'text';
const path = '/home/me/bot.js';
const choose = (exports: Record<string, unknown>) => chooseBot(exports, path);
const faultOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof BadBotError) return error.message;
  }
  throw new Error('There is a bot.');
};

describe('the bot of a file', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ['a class beside a function that starts it', { main, MyBot }, MyBot],
    ['a class beside helpers, classes and values', { helper, Deck, text, MyBot, table: {} }, MyBot],
    ['a class beside the base class', { Bot, Action, MyBot }, MyBot],
    ['a class beside a default export that is a function', { default: main, MyBot }, MyBot],
    ['a class that is exported twice', { default: MyBot, MyBot }, MyBot],
    ['a class that has decide as a field', { main, ByField }, ByField],
    ['a class, and not the one without decide that it extends', { WithHelpers, OnHelpers }, OnHelpers],
    ['what extends Bot before what only has decide', { MyBot, Plain, instance }, MyBot],
    ['what has decide before a function', { helper, Plain }, Plain],
    ['an instance before a function', { helper, instance }, instance],
    ['a class of another game', { helper, Raw }, Raw],
    ['a class of ES5', { helper, OldClass }, OldClass],
    ['the default export of several', { default: OtherBot, MyBot }, OtherBot],
    ['the default export of several functions', { default: helper, main }, helper],
    ['a class before a function decide beside it', { decide, Plain }, Plain],
    ['a default export before a function decide beside it', { default: helper, decide }, helper],
    ['the only function', { helper, text }, helper],
    ['a function beside the base class', { Bot, helper }, helper],
    ['the base class where there is nothing else', { Bot, text }, Bot],
    ['a class that could have decide as a field', { WithHelpers }, WithHelpers],
  ])('is %s', (_what, exports, bot) => {
    expect(choose(exports)).toBe(bot);
  });

  it('is the file itself where that exports decide', () => {
    const exports = { decide, onMatchStart: helper, text };
    expect(choose(exports)).toEqual(exports);
    expect(choose({ decide, Bot })).toEqual({ decide, Bot });
  });

  it('is a class that extends the Bot of another copy of this package', async () => {
    const mark = Symbol.for('chipzen-agent.bot');
    class TheirBot {
      readonly name = 'theirs';
    }
    Object.defineProperty(TheirBot, mark, { value: true });
    class OnTheirs extends TheirBot {}
    expect(choose({ OnTheirs, Plain, TheirBot })).toBe(OnTheirs);
  });

  it('is to be named where there are several', () => {
    const mend =
      'Name one as FILE#NAME or with --bot-class NAME (in a program: export), or export it as default.';
    expect(faultOf(() => choose({ OtherBot, MyBot, helper }))).toBe(
      `${path} exports several bots: MyBot (a class) and OtherBot (a class). ${mend}`,
    );
    expect(faultOf(() => choose({ Plain, instance, Raw, text }))).toBe(
      `${path} exports several bots: Plain (a class), Raw (a class) and instance (a bot). ${mend}`,
    );
    const many = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`B${i}`, class extends MyBot {}]));
    expect(faultOf(() => choose(many))).toContain(`B7 (a class) and 2 more. ${mend}`);
  });

  it('is missed with all that there is', () => {
    expect(faultOf(() => choose({ text, table: {} }))).toBe(
      `${path} exports table (an object without decide), text (a string). Export one bot as default: a class or object with decide(state), or a function that returns one.`,
    );
  });
});

describe('a bot by its name', () => {
  it('is the export with that name, else the class that is called so', () => {
    const exports = { MyBot, Renamed: OtherBot, default: Plain, instance };
    expect(
      ['MyBot', 'Renamed', 'OtherBot', 'Plain', 'default', 'instance'].map((name) =>
        namedBot(exports, path, name),
      ),
    ).toEqual([MyBot, OtherBot, OtherBot, Plain, Plain, instance]);
  });

  it('is missed with all that there is', () => {
    for (const name of ['Mybot', 'text', 'toString', 'constructor'])
      expect(faultOf(() => namedBot({ MyBot, text }, path, name))).toBe(
        `${path} exports no bot named ${name}, but MyBot (a class), text (a string).`,
      );
  });
});
