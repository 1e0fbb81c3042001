/** The page of the inspector: useful by itself, and one button away from the inspector of Stately. */
import { drawCharts } from './charts.js';
import { element } from './element.js';
import { Model, shortName, stateText } from './model.js';
import { drawSequence } from './sequence.js';
import { disconnect, onConnected, passOn } from './stately.js';
import { closeStream, isOpen, openStream } from './stream.js';
import { drawTree, onToggle } from './tree.js';

/** The shortest time between two drawings, in milliseconds. */
const frameMs = 200;

const link = element('link', HTMLElement);
const notice = element('notice', HTMLElement);
const pause = element('pause', HTMLButtonElement);
const details = element('details', HTMLElement);
const detailsState = element('details-state', HTMLElement);

const model = new Model();
/** @type {{ actor: string | null, event: number | null }} */
let chosen = { actor: null, event: null };
let timer = 0;

function drawDetails() {
  const seen = model.events.find(({ n }) => n === chosen.event);
  const root = model.below(null)[0];
  const actor = model.actors.get(chosen.actor ?? root?.id ?? '');
  const shown = seen?.event ?? actor?.snapshot.context ?? actor?.snapshot;
  const text = shown === undefined ? '' : JSON.stringify(shown, null, 2);
  const what =
    seen !== undefined
      ? `event to ${shortName(model.nameOf(seen.to))}`
      : actor === undefined
        ? ''
        : [shortName(actor.name), stateText(actor.snapshot.value)].filter(Boolean).join(': ');
  if (details.textContent !== text) details.textContent = text;
  if (detailsState.textContent !== what) detailsState.textContent = what;
}

function draw() {
  clearTimeout(timer);
  timer = 0;
  if (chosen.actor !== null && !model.actors.has(chosen.actor)) chosen.actor = null;
  drawTree(model, chosen.actor, chooseActor);
  drawSequence(model, chosen, chooseEvent);
  drawDetails();
  drawCharts(model);
}

function drawSoon() {
  if (timer === 0) timer = setTimeout(draw, frameMs);
}

/** @param {string | null} id */
function chooseActor(id) {
  chosen = { actor: id === chosen.actor ? null : id, event: null };
  draw();
}

/** @param {number} n */
function chooseEvent(n) {
  chosen = { ...chosen, event: n === chosen.event ? null : n };
  draw();
}

/** @param {string} text @param {string} tone */
function showLink(text, tone) {
  link.textContent = text;
  link.className = `pill ${tone}`;
}

/** A page that is paused or was left by the session takes up what is there now. */
function follow() {
  pause.textContent = 'Pause';
  pause.setAttribute('aria-pressed', 'false');
  openStream({
    opened() {
      model.meetAgain();
      showLink('live', 'good');
      notice.textContent = '';
    },
    told(messages) {
      for (const message of messages) model.take(message);
      passOn(messages);
      drawSoon();
    },
    noticed(sentence) {
      notice.textContent = sentence;
    },
    ended(how) {
      const text = how === 'over' ? 'The session is over.' : 'The session is over, or has too many viewers.';
      showLink(how === 'over' ? 'over' : 'no connection', 'error');
      notice.textContent = how === 'over' ? text : `${text} Press Resume to try again.`;
      pause.textContent = 'Resume';
      pause.setAttribute('aria-pressed', 'true');
      disconnect('Nothing is sent.');
      draw();
    },
  });
}

pause.addEventListener('click', () => {
  if (!isOpen()) return follow();
  closeStream();
  showLink('paused', 'warning');
  pause.textContent = 'Resume';
  pause.setAttribute('aria-pressed', 'true');
});
element('all', HTMLButtonElement).addEventListener('click', () => chooseActor(null));
onToggle(draw);
onConnected(follow);
follow();
draw();
