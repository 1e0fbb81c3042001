import type { HandStep } from '../../../src/playback/hand-steps.js';

interface Props {
  steps: readonly HandStep[];
  step: number;
  goTo: (step: number) => void;
}

/** All steps of the hand, each of which can be gone to. */
export function HandActions({ steps, step, goTo }: Props) {
  return (
    <ol class="hand-actions" aria-label="Steps of this hand">
      {steps.map(({ text, kind, turn }, index) => (
        <li key={index} class={kind}>
          <button
            type="button"
            class="link"
            aria-current={index === step ? 'step' : undefined}
            onClick={() => goTo(index)}
          >
            {text}
            {turn !== null && turn.source !== null && turn.source !== 'bot' && (
              <span class="tag warning">answered for</span>
            )}
          </button>
        </li>
      ))}
    </ol>
  );
}
