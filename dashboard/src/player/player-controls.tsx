import type { CardsShown } from '../../../src/playback/hand-steps.js';
import { type Playback, speeds } from './use-playback.js';

interface Props {
  playback: Playback;
  steps: number;
  cards: CardsShown;
  setCards: (cards: CardsShown) => void;
  onPrevious: () => void;
  onNext: () => void;
  onBiggest: () => void;
}

export function PlayerControls({ playback, steps, cards, setCards, onPrevious, onNext, onBiggest }: Props) {
  const { step, isPlaying, speed, goTo, toggle, setSpeed } = playback;
  return (
    <div class="player-controls" role="group" aria-label="Playing">
      <input
        class="steps"
        type="range"
        min={0}
        max={steps - 1}
        value={step}
        aria-label="Step of the hand"
        aria-valuetext={`step ${step + 1} of ${steps}`}
        onInput={({ currentTarget }) => goTo(Number(currentTarget.value))}
      />
      <div class="buttons">
        <Key name="Previous hand" keys="p" onClick={onPrevious} sign="«" />
        <Key name="Step back" keys="←" onClick={() => goTo(step - 1)} sign="‹" isOff={step === 0} />
        <button type="button" class="primary" title="Space" aria-keyshortcuts="Space" onClick={toggle}>
          {isPlaying ? 'Pause' : 'Play'}
        </button>
        <Key name="Step forward" keys="→" onClick={() => goTo(step + 1)} sign="›" isOff={step >= steps - 1} />
        <Key name="Next hand" keys="n" onClick={onNext} sign="»" />
        <button type="button" title="b" aria-keyshortcuts="b" onClick={onBiggest}>
          Biggest pot
        </button>
      </div>
      <div class="choices">
        <label>
          Speed{' '}
          <select value={speed} onChange={({ currentTarget }) => setSpeed(Number(currentTarget.value))}>
            {speeds.map((each) => (
              <option key={each} value={each}>
                {each}×
              </option>
            ))}
          </select>
        </label>
        <label>
          Cards{' '}
          <select value={cards} onChange={({ currentTarget }) => setCards(currentTarget.value as CardsShown)}>
            <option value="seen">as they were seen</option>
            <option value="all">all that are known</option>
            <option value="none">hidden until shown</option>
          </select>
        </label>
      </div>
    </div>
  );
}

interface KeyProps {
  name: string;
  keys: string;
  sign: string;
  isOff?: boolean;
  onClick: () => void;
}

/** Pressed again at the end it stays where the keyboard is: a button that is switched off would lose it. */
function Key({ name, keys, sign, isOff = false, onClick }: KeyProps) {
  return (
    <button
      type="button"
      class="key"
      aria-label={name}
      title={`${name} (${keys})`}
      aria-disabled={isOff}
      onClick={() => {
        if (!isOff) onClick();
      }}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}
