/**
 * The page between the agent and the inspector. The inspector says `@statelyai.connected` to the page that opened it;
 * from then on it is posted every event. Nothing is asked of the agent before that.
 */

/** @type {<T extends HTMLElement>(id: string, type: { new (): T }) => T} */
const element = (id, type) => {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`There is no ${id} on this page.`);
  return found;
};

const ui = new URL(document.body.dataset.uiUrl ?? '');
const status = element('status', HTMLElement);
const notice = element('notice', HTMLElement);
const about = element('about', HTMLElement);
const frame = element('frame', HTMLIFrameElement);
const here = element('here', HTMLButtonElement);
const inWindow = element('window', HTMLButtonElement);
const stop = element('stop', HTMLButtonElement);

/** How long the inspector may take to load before we say what may be wrong, in milliseconds. */
const patienceMs = 15_000;
const windowCheckMs = 1_000;

/** @type {Window | null} */
let target = null;
/** @type {EventSource | null} */
let source = null;
let patience = 0;
let windowCheck = 0;

/** @param {unknown} message */
function post(message) {
  // To that origin only: another page may be in the window by now.
  target?.postMessage(message, ui.origin);
}

/** @param {string} why */
function disconnect(why) {
  source?.close();
  source = null;
  post({ type: '@statelyai.disconnected' });
  status.textContent = why;
}

function connect() {
  clearTimeout(patience);
  // It was loaded again: it gets the current state again.
  source?.close();
  source = new EventSource('events');
  status.textContent = 'Connected.';
  source.addEventListener('message', ({ data }) => {
    for (const event of JSON.parse(data)) post(event);
  });
  source.addEventListener('notice', ({ data }) => {
    notice.textContent = JSON.parse(data);
  });
  source.addEventListener('bye', () => disconnect('The session is over.'));
  source.addEventListener('error', () => {
    disconnect('The session is over, or has too many viewers. Open the inspector to try again.');
  });
}

/** @param {Window | null} opened */
function expect(opened) {
  disconnect(`Waiting for ${ui.origin}.`);
  clearTimeout(patience);
  clearInterval(windowCheck);
  notice.textContent = '';
  target = opened;
  stop.disabled = opened === null;
  patience = setTimeout(() => {
    status.textContent = `${ui.origin} does not answer. It may be out of reach, or not want to be shown here: try the window.`;
  }, patienceMs);
}

function closeInspector() {
  disconnect('Nothing is sent.');
  clearTimeout(patience);
  clearInterval(windowCheck);
  target = null;
  frame.removeAttribute('src');
  frame.hidden = true;
  about.hidden = false;
  stop.disabled = true;
}

here.addEventListener('click', () => {
  about.hidden = true;
  frame.hidden = false;
  expect(frame.contentWindow);
  frame.src = ui.href;
});

inWindow.addEventListener('click', () => {
  closeInspector();
  const opened = window.open(ui.href, 'chipzen-inspector');
  if (opened === null) {
    status.textContent = 'The browser did not let this page open a window.';
    return;
  }
  expect(opened);
  windowCheck = setInterval(() => {
    if (opened.closed) closeInspector();
  }, windowCheckMs);
});

stop.addEventListener('click', closeInspector);

addEventListener('message', ({ source: from, origin, data }) => {
  if (target === null || from !== target || origin !== ui.origin) return;
  if (data?.type === '@statelyai.connected') connect();
});
