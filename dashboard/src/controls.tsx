import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Button, Opening, SessionView } from '../../src/dashboard/page-view.js';
import { press } from './connect.js';
import { plural } from './words.js';

interface Props {
  controls: Button[];
  kind: Opening['kind'];
  session: SessionView | null;
}

const names: Readonly<Record<Button, string>> = { drain: 'Drain', stop: 'Stop' };
const titles: Readonly<Record<Button, string>> = {
  drain: 'Take no more matches, and end when the live ones are over',
  stop: 'End now',
};

function question(control: Button, kind: Opening['kind'], live: number): string {
  const matches = plural(live, 'live match');
  if (kind === 'sandbox') return `The platform closes, and ends ${matches}.`;
  if (control === 'drain')
    return `The agent takes no more matches. It plays ${matches} to the end, then stops.`;
  return live === 0
    ? 'The agent leaves the lobby and stops.'
    : `The agent stops now. It leaves ${matches}; the platform plays on without your bot, and it may lose.`;
}

export function Controls({ controls, kind, session }: Props) {
  // An object of its own each time: asked again before the end of the last dialog is told, it is another one.
  const [opened, setOpened] = useState<{ control: Button } | null>(null);
  const asked = opened?.control ?? null;
  const [failed, setFailed] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);

  // At once: `close` of the last dialog comes as a task of its own, and must find the next one open.
  useLayoutEffect(() => {
    if (opened !== null && dialog.current?.open === false) dialog.current.showModal();
  }, [opened]);

  // What is asked may be over before it is answered.
  const isOffered = asked === null || controls.includes(asked);
  useEffect(() => {
    if (!isOffered) dialog.current?.close();
  }, [isOffered]);

  async function confirm(control: Button): Promise<void> {
    dialog.current?.close();
    setFailed(!(await press(control).catch(() => false)));
  }

  const isEnding = typeof session?.endReason === 'string';
  return (
    <div class="controls">
      {failed && <span role="alert">That did not work.</span>}
      {controls.map((control) => (
        <button
          key={control}
          type="button"
          class={control === 'stop' ? 'danger' : ''}
          title={titles[control]}
          disabled={control === 'drain' && isEnding}
          onClick={() => setOpened({ control })}
        >
          {names[control]}
        </button>
      ))}
      <dialog
        ref={dialog}
        aria-labelledby="confirm-title"
        aria-describedby="confirm-text"
        onClose={() => dialog.current?.open === false && setOpened(null)}
      >
        {asked !== null && (
          <>
            <h2 id="confirm-title">{names[asked]}?</h2>
            <p id="confirm-text">{question(asked, kind, session?.live ?? 0)}</p>
            <div class="buttons">
              <button type="button" onClick={() => dialog.current?.close()}>
                Cancel
              </button>
              <button
                type="button"
                class={asked === 'stop' ? 'danger' : 'primary'}
                onClick={() => void confirm(asked)}
              >
                {names[asked]}
              </button>
            </div>
          </>
        )}
      </dialog>
    </div>
  );
}
