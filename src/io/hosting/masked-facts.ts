/** Masks the secret in the facts of a bot: on the agent's thread the bot can know it. */
import type { BotEvent } from '../../machines/ports.js';
import type { Mask } from '../../protocol/redact.js';

/** The same fact with its texts masked. The bot's own error object in it is not changed. */
export function maskFact(fact: BotEvent, { text, json }: Mask): BotEvent {
  if (fact.type === 'bot.failed') {
    const { place } = fact;
    return { ...fact, message: text(fact.message), ...(place && { place: text(place) }) };
  }
  if (fact.type === 'bot.unread') return { ...fact, field: text(fact.field), found: text(fact.found) };
  if (fact.type !== 'bot.decided' || fact.correction === undefined) return fact;
  const { why, asked } = fact.correction;
  // `asked` is plain data (src/holdem/legal-answer.ts).
  const shown: unknown = asked === undefined ? asked : JSON.parse(json(JSON.stringify(asked)));
  return { ...fact, correction: { why: text(why), asked: shown } };
}
