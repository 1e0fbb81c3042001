// The smallest bot: an object with decide(state). It pays to see every showdown and never raises.
//
//   chipzen-agent demo --bot examples/calling-station.js

export default {
  decide({ validActions }) {
    return { action: validActions.includes('check') ? 'check' : 'call' };
  },
};
