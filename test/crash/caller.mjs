export default {
  decide: ({ validActions }) => ({ action: validActions.includes('check') ? 'check' : 'call' }),
};
