/** Waits two milliseconds for each answer, as a bot does that asks another program. */
const waitMs = 2;

export default class {
  async decide({ toCall }) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    return { action: toCall > 0 ? 'call' : 'check' };
  }
}
