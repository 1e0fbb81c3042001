/** Plays hands again, step by step. */

import type { ComponentChildren } from 'preact';
import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { type CardsShown, type HandStep, stepsOf } from '../../../src/playback/hand-steps.js';
import type { PackedMatch } from '../../../src/playback/packed-match.js';
import { Felt } from '../table.js';
import { chips, signed } from '../words.js';
import { HandActions } from './hand-actions.js';
import { HandList } from './hand-list.js';
import {
  type HandOrder,
  inOrder,
  type ListedHand,
  listHands,
  nextBiggest,
  playedBack,
} from './hand-order.js';
import { matchName } from './names.js';
import { PlayerControls } from './player-controls.js';
import { useKeys } from './use-keys.js';
import { usePlayback } from './use-playback.js';

export interface PlayerProps {
  matches: readonly PackedMatch[];
  /** The hand to begin with; default: the first one. */
  start?: { match: number; index: number };
  onHand?: (hand: ListedHand) => void;
  /** What the hand that is shown can be saved as. */
  saving: (hand: ListedHand) => ComponentChildren;
  /** What has to be known of the list. */
  about?: string | undefined;
}

export function Player({ matches, start, onHand, saving, about }: PlayerProps) {
  const hands = useMemo(() => listHands(matches), [matches]);
  const [order, setOrder] = useState<HandOrder>('played');
  const [only, setOnly] = useState<number | null>(null);
  const [cards, setCards] = useState<CardsShown>('seen');
  const [chosen, setChosen] = useState(start ?? { match: 0, index: 0 });
  const isAtBiggest = useRef(false);
  const listed = useMemo(
    () => inOrder(only === null ? hands : hands.filter(({ match }) => match === only), order),
    [hands, only, order],
  );
  const current =
    hands.find(({ match, index }) => match === chosen.match && index === chosen.index) ?? hands[0];

  const choose = useCallback(
    (hand: ListedHand | undefined): boolean => {
      if (hand === undefined) return false;
      isAtBiggest.current = false;
      setChosen({ match: hand.match, index: hand.index });
      onHand?.(hand);
      return true;
    },
    [onHand],
  );
  const move = useCallback(
    (by: number): boolean => {
      const place = current === undefined ? -1 : listed.indexOf(current);
      return choose(place === -1 ? listed[0] : listed[place + by]);
    },
    [choose, listed, current],
  );
  const next = useCallback(() => move(1), [move]);
  const toBiggest = (): void => {
    const hand = nextBiggest(hands, current, isAtBiggest.current);
    choose(hand);
    isAtBiggest.current = true;
  };

  const match = current === undefined ? undefined : matches[current.match];
  const steps = useMemo(
    () =>
      current === undefined || match === undefined ? [] : stepsOf(playedBack(match, current.index), cards),
    [match, current, cards],
  );
  const playback = usePlayback(`${current?.match} ${current?.index}`, steps.length, next);
  const { step, goTo, toggle } = playback;
  useKeys({
    ArrowRight: () => goTo(step + 1),
    ArrowLeft: () => goTo(step - 1),
    Home: () => goTo(0),
    End: () => goTo(steps.length - 1),
    ' ': toggle,
    n: next,
    p: () => move(-1),
    b: toBiggest,
  });

  const shown = steps[step];
  if (current === undefined || match === undefined || shown === undefined)
    return <p class="empty">There is no hand to play yet.</p>;
  return (
    <div class="player">
      <section class="panel table-panel" aria-labelledby="player-title" data-testid="player">
        <div class="panel-head">
          <h2 id="player-title">
            Hand {current.number ?? current.index + 1} <span class="muted">· {matchName(match)}</span>
          </h2>
          <span class="muted">
            pot {chips(current.pot)}
            {current.net !== null && <> · {signed(current.net)}</>}
          </span>
        </div>
        <Felt table={shown.table} self={match.seat} />
        <Said step={shown} />
        <PlayerControls
          playback={playback}
          steps={steps.length}
          cards={cards}
          setCards={setCards}
          onPrevious={() => move(-1)}
          onNext={next}
          onBiggest={toBiggest}
        />
        <HandActions steps={steps} step={step} goTo={goTo} />
        {saving(current)}
      </section>
      <HandList
        matches={matches}
        hands={listed}
        current={current}
        order={order}
        setOrder={setOrder}
        only={only}
        setOnly={setOnly}
        choose={choose}
        about={about}
      />
    </div>
  );
}

const causes: Readonly<Record<string, string>> = {
  overdue: 'answered for the bot, which was late',
  failed: 'answered for the bot, which failed',
  rejected: 'answered for the bot, whose answer was rejected',
  refused: 'answered for the bot, whose answer could not be sent',
  proposal: 'what the bot had proposed before it was late',
};

/** What has just happened; screen readers are told, too. */
function Said({ step: { text, turn } }: { step: HandStep }) {
  const { source, latencyMs, note } = turn ?? { source: null, latencyMs: null, note: null };
  const cause = source === null ? undefined : causes[source];
  return (
    <div class="said">
      <p aria-live="polite">
        {text}.{latencyMs !== null && <span class="muted"> {chips(latencyMs)} ms</span>}
        {cause !== undefined && <span class="tag warning">{cause}</span>}
      </p>
      {note !== null && <pre class="turn-note">{JSON.stringify(note)}</pre>}
    </div>
  );
}
