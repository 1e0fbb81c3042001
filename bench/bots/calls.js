/** Checks or calls: a class, so that one thread has a new bot for each match. */
export default class {
  decide({ validActions }) {
    return { action: validActions.includes('check') ? 'check' : 'call' };
  }
}
