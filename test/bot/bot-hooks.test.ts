import { expect, it } from 'vitest';
import { Bot } from '../../src/bot/bot.js';
import { hasHook } from '../../src/bot/bot-hooks.js';
import { markBaseBot } from '../../src/bot/bot-mark.js';

const fold = () => ({ action: 'fold' });

class Folder extends Bot {
  override decide() {
    return fold();
  }
}

it('what a class has from Bot does nothing, and what it has of its own does', () => {
  class Counter extends Folder {
    override onTurnResult() {}
  }
  class Heir extends Counter {}
  const heard = (bot: Bot) => (['onRoundStart', 'onTurnResult'] as const).map((hook) => hasHook(bot, hook));
  expect(heard(new Folder())).toEqual([false, false]);
  expect(heard(new Counter())).toEqual([false, true]);
  expect(heard(new Heir())).toEqual([false, true]);
});

it('the class Bot of another copy of the package is known, too', () => {
  class OtherBot {
    decide = fold;
    onTurnResult() {}
    onRoundStart() {}
  }
  markBaseBot(OtherBot);
  class Own extends OtherBot {
    override onRoundStart() {}
  }
  expect(hasHook(new Own(), 'onTurnResult')).toBe(false);
  expect(hasHook(new Own(), 'onRoundStart')).toBe(true);
});

it('a plain object has what stands in it, also from later on', () => {
  const bot: { decide: typeof fold; onRoundResult?: () => void } = { decide: fold };
  expect(hasHook(bot, 'onRoundResult')).toBe(false);
  bot.onRoundResult = () => undefined;
  expect(hasHook(bot, 'onRoundResult')).toBe(true);
  expect(hasHook({ decide: fold, onRoundStart: 'no function' } as never, 'onRoundStart')).toBe(false);
});
