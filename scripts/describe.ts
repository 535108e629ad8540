import { loadClock } from '../config/clock.ts';
import type { Config } from '../config/config.ts';
import type { RunningServer } from './servers/one.ts';

/** What `npm start` prints when all is up: where everything is, and the key. */
export function describeStart({ config, servers }: { config: Config; servers: readonly RunningServer[] }): string {
  const { publicUrl } = config.http;
  const [key = ''] = config.apiKeys;
  const ui = servers.find((server) => server.name === 'temporal')?.started?.ports.ui;
  const rows: [string, string][] = [
    ['Studio', `${publicUrl}/#key=${key}`],
    ['API docs', `${publicUrl}/api/docs`],
    ['API key', key],
    ['Mailbox', config.mail.smtpUrl === undefined ? `${publicUrl}/mailbox#key=${key}` : 'off: mail goes to SMTP_URL'],
    ['Support mail', `smtp://localhost:${config.inbound.port} for the support addresses`],
    ['Temporal UI', ui === undefined ? 'of your own Temporal' : `http://localhost:${ui}`],
    ['Data and logs', config.dataFolder],
    ...servers.map(({ title, address, started }): [string, string] => [
      title,
      `${address} (${started?.source.label ?? 'from the environment'})`,
    ]),
    ...time(config),
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}${value}`);
  return [
    '',
    'Voronka runs.',
    '',
    ...lines,
    '',
    '  `npm run demo` in another terminal plays real input. Ctrl-C ends everything.',
    '',
  ].join('\n');
}

function time(config: Config): [string, string][] {
  const clock = loadClock(config);
  const ahead = Math.abs(clock.now() - Date.now()) > 60_000;
  if (config.timeScale === 1 && !ahead) return [];
  return [['Clock', `${config.timeScale} virtual seconds a second, now ${new Date(clock.now()).toISOString()}`]];
}
