/** What the session tells this page: one stream, for what is drawn here and for the inspector of others. */

/**
 * @typedef {object} StreamListener
 * @property {() => void} opened the actors are introduced from here on
 * @property {(messages: import('./model.js').Message[]) => void} told
 * @property {(sentence: string) => void} noticed
 * @property {(how: 'over' | 'lost') => void} ended
 */

/** @type {EventSource | null} */
let source = null;

export const isOpen = () => source !== null;

/** Starts over if it is open. @param {StreamListener} listener */
export function openStream({ opened, told, noticed, ended }) {
  source?.close();
  const stream = new EventSource('events');
  source = stream;
  opened();
  stream.addEventListener('message', ({ data }) => told(JSON.parse(data)));
  stream.addEventListener('notice', ({ data }) => noticed(JSON.parse(data)));
  const end = (/** @type {'over' | 'lost'} */ how) => {
    closeStream();
    ended(how);
  };
  stream.addEventListener('bye', () => end('over'));
  stream.addEventListener('error', () => end('lost'));
}

export function closeStream() {
  source?.close();
  source = null;
}
