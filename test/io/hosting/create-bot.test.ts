import { describe, expect, it } from 'vitest';
import { Bot, type BotSource } from '../../../src/bot/bot.js';
import { Action } from '../../../src/holdem/action.js';
import { assertBotSource, createBot } from '../../../src/io/hosting/create-bot.js';
import { BadBotError } from '../../../src/protocol/errors.js';

const decide = () => Action.fold();

class Folder extends Bot {
  override decide() {
    return Action.fold();
  }
}

class Private {
  #action = Action.call();
  decide() {
    return this.#action;
  }
}

class OwnField {
  decide = decide;
}

class RawOnly {
  decideRaw() {
    return { action: 'draw' };
  }
}

/** What a compiler to ES5 makes of a class. */
function Es5(this: { action: Action }) {
  this.action = Action.check();
}
Es5.prototype.decide = function (this: { action: Action }) {
  return this.action;
};

class OtherPromise {
  // oxlint-disable-next-line unicorn/no-thenable -- that is what it is
  then(resolve: (bot: unknown) => void) {
    resolve({ decide });
  }
}

const make = (source: unknown) => createBot(source as BotSource);

const play = async (source: unknown): Promise<unknown> => {
  const bot = await make(source);
  return bot.decide === undefined ? bot : Reflect.apply(bot.decide, bot, []);
};

describe('createBot', () => {
  it.each<[string, unknown, Action]>([
    ['a class that extends Bot', Folder, Action.fold()],
    ['a class with a private field', Private, Action.call()],
    ['a class whose decide is a field', OwnField, Action.fold()],
    ['a class without a name', class extends Folder {}, Action.fold()],
    ['a constructor function with decide on its prototype', Es5, Action.check()],
    ['a class behind a proxy', new Proxy(Folder, {}), Action.fold()],
    ['an instance', new Private(), Action.call()],
    ['a plain object', { decide }, Action.fold()],
    ['an object without a prototype', Object.assign(Object.create(null), { decide }), Action.fold()],
    ['an arrow function that makes one', () => ({ decide }), Action.fold()],
    [
      'a function that makes one',
      function classic() {
        return new Private();
      },
      Action.call(),
    ],
    ['an async function that makes one', async () => new Private(), Action.call()],
    ['a method that makes one', { make: () => new Folder() }.make, Action.fold()],
    ['a function that promises one by another make of promise', () => new OtherPromise(), Action.fold()],
  ])('makes a bot of %s', async (_what, source, answer) => {
    expect(await play(source)).toEqual(answer);
  });

  it('makes a bot for other games of a class with decideRaw alone', () => {
    expect(make(RawOnly)).toBeInstanceOf(RawOnly);
  });

  it('makes a new one of a class or a factory each time, and takes an instance as it is', () => {
    const instance = new Folder();
    expect(make(Folder)).toBeInstanceOf(Folder);
    expect(make(Folder)).not.toBe(make(Folder));
    expect(make(() => new Folder())).not.toBe(make(() => new Folder()));
    expect(make(instance)).toBe(instance);
  });

  it.each<[string, () => unknown, string]>([
    ['nothing', () => undefined, 'undefined'],
    ['null', () => null, 'null'],
    ['an object without decide', () => ({ play: decide }), 'an object without decide'],
    ['an object whose decide is no function', () => ({ decide: true }), 'an object without decide'],
    ['a class', () => Folder, 'a value of type function'],
    ['a text', () => 'bot', 'a value of type string'],
    ['an action, because it is a decide function', () => Action.fold(), 'an object without decide'],
  ])('refuses a factory that returns %s, also as a promise', async (_what, factory, described) => {
    const error = new BadBotError(
      `The bot factory returned ${described}. A bare function is taken for a factory that returns a bot; to give only decide, pass { decide }.`,
    );
    expect(() => make(factory)).toThrow(error);
    await expect(make(async () => factory())).rejects.toEqual(error);
  });

  it('refuses a class without decide', () => {
    expect(() => make(OtherPromise)).toThrow(
      new BadBotError(
        'The bot class has no decide(state). Add that method: it chooses the action of each turn.',
      ),
    );
  });

  it('lets through what the constructor or the factory throws', async () => {
    const broken = new Error('no model file');
    const fail = () => {
      throw broken;
    };
    class Broken extends Folder {
      constructor() {
        super();
        fail();
      }
    }
    expect(() => make(Broken)).toThrow(broken);
    expect(() => make(fail)).toThrow(broken);
    await expect(make(async () => fail())).rejects.toBe(broken);
  });
});

describe('assertBotSource', () => {
  it.each<[string, unknown]>([
    ['a class', Folder],
    ['any function', () => 1],
    ['an object with decide', { decide }],
    ['an object with decideRaw', { decideRaw: decide }],
  ])('takes %s', (_what, source) => {
    expect(() => assertBotSource(source)).not.toThrow();
  });

  it.each<[unknown, string]>([
    [null, 'null'],
    [undefined, 'undefined'],
    [{}, 'an object without decide'],
    [[], 'an object without decide'],
    [{ decide: 1 }, 'an object without decide'],
    ['bot.js', 'a value of type string'],
    [7, 'a value of type number'],
  ])('refuses %j and says what it is', (source, described) => {
    expect(() => assertBotSource(source)).toThrow(
      new BadBotError(
        `A bot is a class, an object with decide(state), or a factory function; this is ${described}.`,
      ),
    );
  });
});
