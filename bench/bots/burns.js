/** Thinks for a second and a half without a pause, and raises: the agent, answering for it, would check. */
const thinkMs = 1_500;

export default {
  decide({ minRaise }) {
    const endsAt = performance.now() + thinkMs;
    while (performance.now() < endsAt);
    return { action: 'raise', amount: minRaise };
  },
};
