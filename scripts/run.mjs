// Runs a compiled script from a bare clone: `node scripts/run.mjs scripts/start.js [arguments]` installs and builds first.
import { build, checkNode, install } from './bootstrap.mjs';

checkNode();
const [, , script, ...rest] = process.argv;
try {
  await install();
  await build();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.argv = [process.execPath, script, ...rest];
await import(`../dist/${script}`);
