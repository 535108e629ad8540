import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export type { Logger };

/** The logger of one process: JSON lines on standard output; secrets and personal addresses never appear in it. */
export function createLogger(config: Pick<Config, 'logLevel'>, process: string): Logger {
  return pino({
    level: config.logLevel,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['email', 'phone', 'to', '*.email', '*.phone', '*.to', 'req.headers.authorization', 'req.headers.cookie'],
      censor: '[redacted]',
    },
  });
}
