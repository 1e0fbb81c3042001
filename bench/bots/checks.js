/** Checks or calls. */
export default {
  decide: ({ validActions }) => ({ action: validActions.includes('check') ? 'check' : 'call' }),
};
