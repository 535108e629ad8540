// What must happen before any TypeScript can run. Plain JavaScript without dependencies: it works on a bare clone.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST_NODE = [20, 19];
const sourceFolders = [
  'engine',
  'workflows',
  'activities',
  'api',
  'store',
  'delivery',
  'scripts',
  'config',
  'bench',
  'cli',
  'library',
  'texts',
];
const studioFolders = ['studio', 'engine', 'texts'];

/** Ends the process with a clear sentence when Node is too old. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(
    `Voronka needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}. Get one from https://nodejs.org.`,
  );
  process.exit(1);
}

/** Installs the packages of the lock file when others are installed or none. */
export async function install() {
  const lock = hash(readFileSync(join(root, 'package-lock.json')));
  const stamp = join(root, 'node_modules', '.installed-lock');
  if (read(stamp) === lock || installedByHand(stamp)) return;
  console.log('Installing packages (npm ci): a minute or two on the first start …');
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  // A registry that lacks a package for another platform makes `npm ci` refuse; what this one needs can still be had.
  await run('npm', ['ci', ...quietly]).catch(() => run('npm', ['install', '--no-save', ...quietly]));
  writeFileSync(stamp, lock);
}

/** Compiles the sources to dist/, and the studio when it has changed. */
export async function build() {
  const typescript = createRequire(join(root, 'package.json')).resolve('typescript/package.json');
  await unlessBuilt('sources', sourceFolders, async () => {
    await run(process.execPath, [join(dirname(typescript), 'bin', 'tsc'), '-p', 'tsconfig.build.json']);
    await run(process.execPath, [join(root, 'dist', 'scripts', 'bundle-workflows.js')]);
  });
  if (!existsSync(join(root, 'studio', 'vite.config.ts'))) return;
  await unlessBuilt('studio', studioFolders, () =>
    run(process.execPath, [
      join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
      'build',
      'studio',
      '--logLevel',
      'warn',
    ]),
  );
}

/** Runs a program in the package's folder, with our input and output. Rejects when it fails. */
export function run(program, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ${args.join(' ')} ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}

async function unlessBuilt(what, folders, work) {
  const stamp = join(root, 'dist', `.built-${what}`);
  const sources = hash(
    ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', ...rootSources(), ...folders.flatMap(files)]
      .map(mark)
      .join('\n'),
  );
  if (read(stamp) === sources) return;
  console.log(`Building the ${what} …`);
  await work();
  writeFileSync(stamp, sources);
}

function installedByHand(stamp) {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(stamp) || !existsSync(installed)) return false;
  return statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function rootSources() {
  return readdirSync(root).filter((name) => name.endsWith('.ts'));
}

function files(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'dist' ? [] : files(path);
    return [path];
  });
}

function mark(path) {
  const { size, mtimeMs } = statSync(join(root, path));
  return `${path}:${size}:${mtimeMs}`;
}

function hash(text) {
  return createHash('sha256').update(text).digest('hex');
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
