import type { CatalogueEntry } from '../entry.ts';

/** The configuration and the servers that the project stands on. */
export const serverCodes = {
  CONFIG_INVALID: {
    status: 500,
    title: 'The configuration is wrong',
    cure: 'Set the environment variables that the message names; .env.example explains each.',
  },
  SERVER_NOT_FOUND: {
    status: 500,
    title: 'A server could not be found or started',
    cure: 'Install it or set its address in the environment, as the message says.',
  },
  ALREADY_RUNNING: {
    status: 409,
    title: 'Voronka already runs on this data folder',
    cure: 'Use the one that runs, or stop it first.',
  },
  STORE_UNAVAILABLE: {
    status: 503,
    title: 'The database cannot be reached',
    cure: 'Check MONGODB_URI and that the server runs; the call is repeated on its own.',
    retryable: true,
  },
  INTAKE_BUSY: {
    status: 503,
    title: 'The change is accepted and not applied yet',
    cure: 'Check that the worker runs, and look again: what is accepted is applied in its turn.',
    retryable: true,
  },
  QUEUE_UNAVAILABLE: {
    status: 503,
    title: 'The queue cannot be reached',
    cure: 'Check REDIS_URL and that the server runs; nothing accepted is lost meanwhile.',
    retryable: true,
  },
  TEMPORAL_UNAVAILABLE: {
    status: 503,
    title: 'Temporal cannot be reached',
    cure: 'Check TEMPORAL_ADDRESS and that the server runs; the call is repeated on its own.',
    retryable: true,
  },
} satisfies Record<string, CatalogueEntry>;
