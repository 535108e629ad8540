import { parseArgs } from 'node:util';
import { VoronkaError } from '../engine/errors/error.ts';

export interface StartArguments {
  /** Clear the data of the last start first. */
  reset: boolean;
  /** Virtual seconds per real second; absent: as the environment says. */
  timeScale?: string;
}

/** @throws VoronkaError CONFIG_INVALID on an argument that `npm start` does not know */
export function parseStartArguments(args: readonly string[]): StartArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { reset: { type: 'boolean', default: false }, 'time-scale': { type: 'string' } },
    });
    const timeScale = values['time-scale'];
    return { reset: values.reset, ...(timeScale !== undefined && { timeScale }) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VoronkaError('CONFIG_INVALID', `${reason}\nUsage: npm start -- [--reset] [--time-scale 86400]`, {
      cause,
    });
  }
}
