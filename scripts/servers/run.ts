import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * Runs a program to its end.
 * @returns standard output
 * @throws Error with the last line that it wrote to standard error
 */
export async function run(
  program: string,
  args: readonly string[],
  options: { signal?: AbortSignal; timeout?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  try {
    const { stdout } = await execute(program, [...args], { ...options, maxBuffer: 16_000_000 });
    return stdout;
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    const reason = output.trim().split('\n').at(-1) || (error instanceof Error ? error.message : String(error));
    throw new Error(`${program} ${args[0] ?? ''} failed: ${reason}`, { cause: error });
  }
}
