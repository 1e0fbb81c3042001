import { useState } from 'preact/hooks';
import { phhsTable } from '../../../src/histories/formats/phh-write.js';
import type { PackedMatch } from '../../../src/playback/packed-match.js';
import { plural } from '../words.js';
import type { ListedHand } from './hand-order.js';
import { partOf, textsIn } from './hand-text.js';
import { saveFile } from './save-file.js';

interface Props {
  match: PackedMatch;
  hand: ListedHand;
  /** The match with its texts in other formats; null: there are none. */
  withTexts: ((match: PackedMatch) => Promise<PackedMatch>) | null;
  /** The page with these hands and nothing else, as a file. */
  pageOf: (match: PackedMatch, title: string) => Promise<string>;
}

const formats = {
  phh: { name: 'PHH', ending: 'phh' },
  pokerstars: { name: 'PokerStars text', ending: 'txt' },
  ohh: { name: 'Open Hand History', ending: 'ohh' },
  acpc: { name: 'ACPC', ending: 'log' },
  'fpdb-json': { name: 'fpdb-json', ending: 'jsonl' },
} as const;

type Format = keyof typeof formats;

interface Saved {
  ending: string;
  text: string;
}

/** Saves the hand that is shown, or its match, as a file to give away. */
export function SaveMenu({ match, hand, withTexts, pageOf }: Props) {
  const [isWhole, setWhole] = useState(false);
  const [told, setTold] = useState('');
  const number = hand.number ?? hand.index + 1;
  const title = isWhole ? `Match ${match.id ?? ''}` : `Hand ${number} of match ${match.id ?? ''}`;

  async function save(make: (part: PackedMatch) => Promise<Saved | string>): Promise<void> {
    try {
      const full = withTexts === null ? match : await withTexts(match);
      const saved = await make(await partOf(full, isWhole ? null : hand.index));
      if (typeof saved === 'string') return setTold(saved);
      const name = `${fileName(match.id ?? 'match')}${isWhole ? '' : `-hand-${number}`}.${saved.ending}`;
      saveFile(name, saved.text);
      setTold(`Saved as ${name}.`);
    } catch {
      setTold('That did not work.');
    }
  }

  const page = () => save(async (part) => ({ text: await pageOf(part, title), ending: 'html' }));
  const format = (each: Format) =>
    save(async (part) => {
      const texts = await textsIn(part, each);
      if (texts.length === 0) return `${formats[each].name} cannot tell this.`;
      const isMany = each === 'phh' && texts.length > 1;
      return {
        text: (isMany ? texts.map((text, index) => phhsTable(text, index + 1)) : texts).join(''),
        ending: isMany ? 'phhs' : formats[each].ending,
      };
    });

  return (
    <div class="saving" role="group" aria-label="Save">
      <label>
        Save{' '}
        <select
          value={isWhole ? 'match' : 'hand'}
          onChange={({ currentTarget }) => setWhole(currentTarget.value === 'match')}
        >
          <option value="hand">this hand</option>
          <option value="match">
            {match.hands.length < match.total
              ? `${plural(match.hands.length, 'hand')} of this match`
              : 'this match'}
          </option>
        </select>{' '}
        as
      </label>
      <button type="button" class="small" onClick={() => void page()}>
        HTML
      </button>
      {withTexts !== null &&
        (Object.keys(formats) as Format[]).map((each) => (
          <button key={each} type="button" class="small" onClick={() => void format(each)}>
            {formats[each].name}
          </button>
        ))}
      <span class="muted" role="status">
        {told}
      </span>
    </div>
  );
}

/** Ids of matches may be anything. */
const fileName = (id: string): string => id.replaceAll(/[^\w-]+/g, '-').slice(0, 60);
