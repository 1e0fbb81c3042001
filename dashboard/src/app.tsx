import { useState } from 'preact/hooks';
import lobbySmall from '../generated/lobby.svg?raw';
import lobbyFull from '../generated/lobby-full.svg?raw';
import matchSmall from '../generated/match.svg?raw';
import matchFull from '../generated/match-full.svg?raw';
import { Announcer } from './announcer.js';
import { Bots } from './bots.js';
import { ChipGraph } from './chip-graph.js';
import { Feed } from './feed.js';
import { Header } from './header.js';
import { Latency } from './latency.js';
import { Matches } from './matches.js';
import { Notice } from './notice.js';
import { type Part, PartSwitch } from './part-switch.js';
import { Plan } from './plan.js';
import { SessionReport } from './session-report.js';
import { Statechart } from './statechart.js';
import { Table } from './table.js';
import { Tiles } from './tiles.js';
import { usePage } from './use-page.js';

export function App() {
  const page = usePage();
  const [part, setPart] = useState<Part>('live');
  const { state, watched } = page;
  const { session, detail, kind } = state;
  const row = watched === null ? undefined : state.matches.get(watched);
  const shown = detail?.matchId === watched ? detail : null;
  return (
    <>
      <a class="skip" href="#matches-title">
        Skip to the matches
      </a>
      <Header state={state}>
        <PartSwitch part={part} setPart={setPart} />
      </Header>
      <Announcer state={state} />
      <Notice state={state} />
      {part === 'hands' && <SessionReport />}
      {part === 'live' && session !== null && (
        <main class={kind}>
          <Tiles kind={kind} session={session} />
          {session.plan !== null && <Plan plan={session.plan} ahead={state.ahead} />}
          <div class="left">
            <Matches page={page} />
            <Feed entries={state.feed} skipped={state.skipped} matches={state.matches} watched={watched} />
          </div>
          <div class="centre">
            <Table row={row} detail={shown} />
            <ChipGraph row={row} chips={shown?.chips} />
            {kind === 'agent' && <Latency latency={shown?.latency} total={session.latency} />}
          </div>
          <div class="side">
            {kind === 'agent' ? (
              <>
                <Statechart title="Lobby" small={lobbySmall} full={lobbyFull} state={session.state} />
                <Statechart title="Match" small={matchSmall} full={matchFull} state={shown?.state ?? null} />
              </>
            ) : (
              <>
                <Bots bots={session.bots} />
                <Latency latency={shown?.latency} total={session.latency} />
              </>
            )}
          </div>
        </main>
      )}
    </>
  );
}
