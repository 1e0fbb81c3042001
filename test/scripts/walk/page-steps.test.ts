import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../../scripts/walk/page-steps.js';
import { readPage } from '../../../scripts/walk/walk.js';

const page = `# Page

\`\`\`sh
first   # with a comment
cd there \\
  again

\`\`\`

\`\`\`ts
not(a.command);
\`\`\`

<!-- walk: until "ready (\\d+)" -->
\`\`\`sh
before
serve
\`\`\`

<!-- walk: beside "up" -->
\`\`\`sh
sandbox
\`\`\`

<!-- walk: not here, because it costs money -->
\`\`\`sh
pay
\`\`\`
`;

describe('the commands of a page', () => {
  it('are those of its blocks of shell, in order, with their lines and how they are run', () => {
    expect(stepsOf(page)).toEqual({
      steps: [
        { line: 4, command: 'first   # with a comment', how: 'to its end', text: null, isLast: false },
        { line: 5, command: 'cd there \\\n  again', how: 'to its end', text: null, isLast: true },
        { line: 16, command: 'before', how: 'to its end', text: null, isLast: false },
        { line: 17, command: 'serve', how: 'until', text: /ready (\d+)/, isLast: true },
        { line: 22, command: 'sandbox', how: 'beside', text: /up/, isLast: true },
      ],
      left: [{ line: 27, because: 'because it costs money' }],
    });
  });

  it.each(['until ready', 'not here', 'somehow'])('are refused with the comment "walk: %s"', (how) => {
    expect(() => stepsOf(`\n<!-- walk: ${how} -->\n\`\`\`sh\na\n\`\`\`\n`)).toThrow(
      `Line 2: what is "walk: ${how}"?`,
    );
  });
});

describe('the pages for a beginner', () => {
  it.each([
    ['README.md', 7, 4],
    ['docs/first-hour.md', 22, 2],
  ])('%s is walked but for what is left out with a reason', (path, walked, left) => {
    const found = stepsOf(readPage(path));
    expect([found.steps.length, found.left.length]).toEqual([walked, left]);
  });

  it('name no version that will be another one', () => {
    for (const path of ['README.md', 'docs/first-hour.md']) {
      expect(readPage(path)).not.toMatch(/chipzen-agent-\d/);
    }
  });
});
