/** The hands and statistics of the session that the page watches, as they were when it asked. */
import { useEffect, useState } from 'preact/hooks';
import type { PageData } from '../../src/report/page-data.js';
import { Player } from './player/player.js';
import { SaveMenu } from './player/save-menu.js';
import { pageOfMatch } from './report/data.js';
import { Statistics } from './report/statistics.js';

async function ask(): Promise<PageData | null> {
  const response = await fetch('hands');
  return response.ok ? ((await response.json()) as PageData) : null;
}

/** The page that a file is made of. */
async function emptyPage(): Promise<string> {
  const response = await fetch('report-page');
  if (!response.ok) throw new Error(String(response.status));
  return await response.text();
}

export function SessionReport() {
  const [data, setData] = useState<PageData | null>(null);
  const [failed, setFailed] = useState(false);
  const [part, setPart] = useState<'hands' | 'statistics'>('hands');
  const load = (): void => {
    ask().then(
      (answer) => {
        if (answer !== null) setData(answer);
        setFailed(answer === null);
      },
      () => setFailed(true),
    );
  };
  useEffect(load, []);
  const statistics = data?.statistics ?? null;
  return (
    <main class="report">
      <div class="choices session-report">
        {statistics !== null && (
          <div class="switch" role="group" aria-label="Of the session">
            {(['hands', 'statistics'] as const).map((each) => (
              <button key={each} type="button" aria-pressed={part === each} onClick={() => setPart(each)}>
                {each === 'hands' ? 'Hands' : 'Statistics'}
              </button>
            ))}
          </div>
        )}
        <button type="button" class="small" onClick={load}>
          Load what was played since
        </button>
        {failed && <span role="alert">The session did not answer.</span>}
      </div>
      {data === null ? (
        !failed && <p class="empty">The hands are on their way.</p>
      ) : part === 'statistics' && statistics !== null ? (
        <Statistics view={statistics} />
      ) : (
        <Player
          matches={data.matches}
          about={statistics?.remarks.join(' ') || undefined}
          saving={(hand) => {
            const match = data.matches[hand.match];
            return (
              match !== undefined && (
                <SaveMenu
                  match={match}
                  hand={hand}
                  withTexts={null}
                  pageOf={async (only, title) => pageOfMatch(await emptyPage(), { ...data, title }, only)}
                />
              )
            );
          }}
        />
      )}
    </main>
  );
}
