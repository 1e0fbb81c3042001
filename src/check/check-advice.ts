import type { FindingCode } from './check-report.js';

/** What to do about a finding, in a sentence or two. */
export const checkAdvice: Readonly<Record<FindingCode, string>> = {
  not_made: '`run` ends with this, too. Nothing else was checked.',
  not_an_action:
    'Every path through decide ends with an Action, or { action, params }; look for a return that is missing.',
  not_offered:
    'Take only what state.validActions has. Where a bet covers your stack it is fold and call: what you keep for raises goes to the call.',
  no_amount:
    'Action.raiseTo(total) takes a number. NaN comes of arithmetic with something that is missing: check what you read.',
  raise_too_small:
    'Raise to state.minRaise at least. Amounts are totals of this street, not what you add to it.',
  raise_too_large:
    'The agent makes an all-in of it. Elsewhere the platform rejects it: raise to state.maxRaise at most, also where the least is more.',
  raise_not_whole: 'Chips are whole: round what you raise to.',
  mostly_illegal:
    'The agent mends each of them, and other programs do not: take only what state.validActions has, and raise within state.minRaise and state.maxRaise.',
  threw: 'The agent checks or folds in its place.',
  late: 'Give what you have with turn.propose(action) and end when turn.signal is aborted; load tables before the first turn.',
  no_answer: 'This is the agent’s part: please report it.',
  hook_threw: 'The bot plays on, and does not know what the hook would have learned.',
  hook_slow: 'Do long work beside the hooks, and do not await it there.',
  background_error: 'Await every promise, or catch its error. Other programs end with such an error.',
  blocked:
    'Nothing else runs while a loop does, the clock included: await between its steps, and end it when turn.signal is aborted.',
  exited: 'Throw an error in place of process.exit(): the match goes on.',
  crashed: 'The bot is started again during the match, and has missed that turn.',
  out_of_memory: 'Keep less of past hands; --worker-memory gives it more.',
  folds_the_nuts: 'A rule folds before the cards are looked at: compare the price of the call first.',
  thread_held:
    'Await between the steps of a long computation. With --isolate none, and in other programs, heartbeats wait meanwhile.',
  near_memory_limit: 'Keep less of past hands; --worker-memory gives it more.',
  mixes: 'That is as it should be for a bot that mixes; a bot that does not has something left from before.',
};
