import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import page from './vite.config.js';

const { version } = JSON.parse(
  readFileSync(fileURLToPath(new URL('../package.json', import.meta.url)), 'utf8'),
) as { version: string };

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Puts script and style into the page, and allows these two and nothing else: it has to open from a disk. */
function oneFile(): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      const html = bundle['report.html'];
      const outputs = Object.values(bundle);
      const scripts = outputs.flatMap((each) => (each.type === 'chunk' ? [each.code] : []));
      const styles = outputs.flatMap((each) =>
        each.type === 'asset' && each.fileName.endsWith('.css') ? [String(each.source)] : [],
      );
      const [script] = scripts;
      const [style] = styles;
      if (html?.type !== 'asset' || script === undefined || style === undefined || outputs.length !== 3)
        throw new Error(`The page is ${outputs.map(({ fileName }) => fileName).join(', ')}.`);
      const code = `\n${script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}`;
      const look = `\n${style}`;
      const policy = [
        "default-src 'none'",
        `script-src ${sourceOf(code)}`,
        `style-src ${sourceOf(look)}`,
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; ');
      html.source = String(html.source)
        .replace(/\s*<script type="module"[^>]*><\/script>/, '')
        .replace(/\s*<link rel="stylesheet"[^>]*>/, '')
        .replace(
          '<meta name="viewport"',
          () =>
            `<meta http-equiv="Content-Security-Policy" content="${policy}" />\n    <meta name="viewport"`,
        )
        .replace('</head>', () => `  <style>${look}</style>\n  </head>`)
        .replace('</body>', () => `  <script type="module">${code}</script>\n  </body>`);
      for (const { fileName } of outputs) if (fileName !== 'report.html') delete bundle[fileName];
    },
  };
}

/** The page of a report as the package ships it: one file, which gets its data in it. */
export default defineConfig({
  ...page,
  publicDir: false,
  define: { builtVersion: JSON.stringify(version) },
  plugins: [oneFile()],
  build: {
    ...page.build,
    outDir: '../dist/report/page',
    cssCodeSplit: false,
    rolldownOptions: {
      input: fileURLToPath(new URL('report.html', import.meta.url)),
      output: { codeSplitting: false },
    },
  },
});
