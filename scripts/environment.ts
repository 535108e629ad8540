import { ensureSecrets } from './secrets.ts';
import { freePort } from './servers/ports.ts';

/**
 * The environment of the worker and the API: what is set stays, the rest is what this start provides.
 * @param servers addresses as variables
 */
export async function completeEnvironment(
  given: NodeJS.ProcessEnv,
  servers: Readonly<Record<string, string>>,
  { dataFolder, timeScale }: { dataFolder: string; timeScale?: string },
): Promise<NodeJS.ProcessEnv> {
  const { apiKey, secret } = ensureSecrets(dataFolder);
  return {
    ...given,
    ...servers,
    VORONKA_DATA: dataFolder,
    VORONKA_API_KEYS: given.VORONKA_API_KEYS || apiKey,
    VORONKA_SECRET: given.VORONKA_SECRET || secret,
    PORT: given.PORT || `${await freePort(3_000)}`,
    MAILBOX_SMTP_PORT: given.MAILBOX_SMTP_PORT || `${await freePort(2_525)}`,
    INBOUND_SMTP_PORT: given.INBOUND_SMTP_PORT || `${await freePort(2_526)}`,
    ...(timeScale !== undefined && { VORONKA_TIME_SCALE: timeScale }),
  };
}
