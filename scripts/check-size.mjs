// No source file over 300 lines: run by .ci/run.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LIMIT = 300;
const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
});
const long = tracked
  .split('\0')
  .filter((file) => /\.(ts|tsx|mjs|cjs|css)$/.test(file))
  .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
  .filter(({ lines }) => lines > LIMIT);
for (const { file, lines } of long) console.error(`${file} has ${lines} lines; the limit is ${LIMIT}`);
process.exit(long.length === 0 ? 0 : 1);
