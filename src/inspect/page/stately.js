/**
 * Between this page and the Stately inspector. That says `@statelyai.connected` to the page that opened it; from then on it
 * is posted every event. Before that it is told nothing.
 */
import { element, make } from './element.js';

const ui = new URL(document.body.dataset.uiUrl ?? '');
const status = element('status', HTMLElement);
const local = element('local', HTMLElement);
const here = element('here', HTMLButtonElement);
const inWindow = element('window', HTMLButtonElement);
const stop = element('stop', HTMLButtonElement);

/** How long the inspector may take to load before we say what may be wrong, in milliseconds. */
const patienceMs = 15_000;
const windowCheckMs = 1_000;

/** @type {Window | null} */
let target = null;
let isConnected = false;
/** Its place on this page while it is open here. @type {HTMLIFrameElement | null} */
let frame = null;
let patience = 0;
let windowCheck = 0;

/** Called when the inspector has to be told everything from the start. @type {() => void} */
let startOver = () => undefined;
/** @param {() => void} then */
export function onConnected(then) {
  startOver = then;
}

/** @param {unknown} message */
function post(message) {
  // To that origin only: another page may be in the window by now.
  target?.postMessage(message, ui.origin);
}

/** @param {readonly unknown[]} events */
export function passOn(events) {
  if (isConnected) for (const event of events) post(event);
}

/** @param {string} why */
export function disconnect(why) {
  if (target === null) return;
  isConnected = false;
  post({ type: '@statelyai.disconnected' });
  status.textContent = why;
}

/** @param {Window | null} opened */
function expect(opened) {
  disconnect('');
  clearTimeout(patience);
  clearInterval(windowCheck);
  target = opened;
  status.textContent = `Waiting for ${ui.origin}.`;
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
  isConnected = false;
  frame?.remove();
  frame = null;
  local.hidden = false;
  stop.disabled = true;
}

here.addEventListener('click', () => {
  closeInspector();
  local.hidden = true;
  frame = make('iframe', { title: 'Inspector', referrerPolicy: 'no-referrer' });
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups allow-downloads');
  document.body.append(frame);
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
  if (data?.type !== '@statelyai.connected') return;
  clearTimeout(patience);
  status.textContent = 'Connected.';
  isConnected = true;
  // It may have been loaded again: it gets the current state again.
  startOver();
});
