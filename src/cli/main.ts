#!/usr/bin/env node
// Node 12 can read this file, so that a Node that is too old is told so: it has no static import, no `await`, and nothing newer
// in its syntax.
const oldest = [20, 9];
const found = process.versions.node.split('.').map(Number);
const isTooOld =
  Number(found[0]) < Number(oldest[0]) ||
  (Number(found[0]) === Number(oldest[0]) && Number(found[1]) < Number(oldest[1]));

if (isTooOld) {
  process.stderr.write(
    `chipzen-agent: this is Node ${process.versions.node}; chipzen-agent needs Node ${oldest.join('.')} or newer.\n`,
  );
  process.exitCode = 1;
} else {
  // The package has no side effects, so that the build keeps only imports of which something is used.
  void import('./with-signals.js').then(({ runWithSignals }) => runWithSignals());
}
