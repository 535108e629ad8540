// `npm test`: one command from a bare clone to `N passed, N failed`.
import { build, checkNode, install } from './bootstrap.mjs';

checkNode();
try {
  await install();
  await build();
  await import('../dist/scripts/test.js');
} catch (error) {
  console.error(error);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
