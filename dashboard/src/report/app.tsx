import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { PageData } from '../../../src/report/page-data.js';
import type { ListedHand } from '../player/hand-order.js';
import { momentOf } from '../player/names.js';
import { Player } from '../player/player.js';
import { SaveMenu } from '../player/save-menu.js';
import { chips, plural } from '../words.js';
import { pageOfMatch } from './data.js';
import { Statistics } from './statistics.js';

type Part = 'statistics' | 'hands';

const names: Readonly<Record<Part, string>> = { statistics: 'Statistics', hands: 'Hands' };

/** `#hands.2.17`: hand 17 of the second match, as they are in this file. */
function placeIn(hash: string): { part: Part | null; start: { match: number; index: number } | undefined } {
  const [, part, match, index] = /^#(statistics|hands)(?:\.(\d+)\.(\d+))?$/.exec(hash) ?? [];
  return {
    part: (part ?? null) as Part | null,
    start: match === undefined ? undefined : { match: Number(match), index: Number(index) },
  };
}

export function ReportApp({ data, page }: { data: PageData; page: string }) {
  const { title, madeAt, statistics, matches } = data;
  const begun = useMemo(() => placeIn(location.hash), []);
  const [part, setPart] = useState<Part>(statistics === null ? 'hands' : (begun.part ?? 'statistics'));
  const shown = matches.reduce((sum, { hands }) => sum + hands.length, 0);
  const [first] = matches;

  useEffect(() => {
    if (begun.part !== part || part === 'statistics') history.replaceState(null, '', `#${part}`);
  }, [part]);
  const onHand = useCallback(({ match, index }: ListedHand) => {
    history.replaceState(null, '', `#hands.${match}.${index}`);
  }, []);

  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <header>
        <div class="brand">
          <h1>{title}</h1>
        </div>
        <span class="where">
          {statistics !== null && statistics.firstAt !== null && statistics.lastAt !== null && (
            <>
              {momentOf(statistics.firstAt)} to {momentOf(statistics.lastAt)} UTC ·{' '}
            </>
          )}
          made {momentOf(madeAt)} UTC by chipzen-agent {data.package}
        </span>
        {statistics !== null && (
          <div class="switch" role="group" aria-label="Parts of the report">
            {(Object.keys(names) as Part[]).map((each) => (
              <button key={each} type="button" aria-pressed={part === each} onClick={() => setPart(each)}>
                {names[each]}
              </button>
            ))}
          </div>
        )}
      </header>
      <main id="content" class="report" tabIndex={-1}>
        {part === 'statistics' && statistics !== null ? (
          <Statistics view={statistics} />
        ) : (
          <Player
            matches={matches}
            {...(begun.start !== undefined && { start: begun.start })}
            onHand={onHand}
            about={aboutHands(shown, data)}
            saving={(hand) => {
              const match = matches[hand.match];
              return (
                match !== undefined && (
                  <SaveMenu
                    match={match}
                    hand={hand}
                    withTexts={first?.texts === undefined ? null : async (full) => full}
                    pageOf={async (part_, name) => pageOfMatch(page, { ...data, title: name }, part_)}
                  />
                )
              );
            }}
          />
        )}
      </main>
    </>
  );
}

function aboutHands(
  shown: number,
  { totalHands: total, hidesCards, areBiggest = false }: PageData,
): string | undefined {
  const parts = [];
  if (shown < total)
    parts.push(
      `Of ${plural(total, 'hand')} this file has ${chips(shown)}: the biggest pots${areBiggest ? '' : ', and the newest'}.`,
    );
  if (hidesCards) parts.push('Hole cards that were not shown are not in this file.');
  return parts.length === 0 ? undefined : parts.join(' ');
}
