/** Masks the secret in the facts of a bot: on the agent's thread the bot can know it. */
import type { BotEvent } from '../../machines/ports.js';
import type { JsonObject } from '../../protocol/frames.js';
import type { Mask } from '../../protocol/redact.js';

/** The same fact with its texts masked. The bot's own error object in it is not changed. */
export function maskFact(fact: BotEvent, mask: Mask): BotEvent {
  const shown = maskTexts(fact, mask);
  return 'note' in shown && shown.note !== undefined
    ? { ...shown, note: maskData(shown.note, mask) as JsonObject }
    : shown;
}

function maskTexts(fact: BotEvent, mask: Mask): BotEvent {
  const { text } = mask;
  if (fact.type === 'bot.failed') {
    const { place } = fact;
    return { ...fact, message: text(fact.message), ...(place && { place: text(place) }) };
  }
  if (fact.type === 'bot.unread') return { ...fact, field: text(fact.field), found: text(fact.found) };
  if (fact.type !== 'bot.decided' || fact.correction === undefined) return fact;
  const { why, asked } = fact.correction;
  // `asked` is plain data (src/holdem/legal-answer.ts).
  return {
    ...fact,
    correction: { why: text(why), asked: asked === undefined ? asked : maskData(asked, mask) },
  };
}

const maskData = (data: unknown, { json }: Mask): unknown => JSON.parse(json(JSON.stringify(data)));
