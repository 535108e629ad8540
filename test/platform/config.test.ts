import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/config.ts';
import { packageRoot } from '../../config/root.ts';
import { variables } from '../../config/variables.ts';
import { VoronkaError } from '../../engine/errors/error.ts';

const complete = {
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  MONGODB_URI: 'mongodb://127.0.0.1:27017/voronka',
  REDIS_URL: 'redis://127.0.0.1:6379',
  VORONKA_SECRET: 'x'.repeat(32),
};

function mistakes(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof VoronkaError) || error.code !== 'CONFIG_INVALID') throw error;
    for (const { path } of error.problems ?? []) expect(error.message).toContain(path);
    return (error.problems ?? []).map(({ path }) => path);
  }
}

describe('loadConfig', () => {
  it('fills in defaults', () => {
    const config = loadConfig({ ...complete, SMTP_URL: '' });
    expect(config.temporal).toEqual({ address: '127.0.0.1:7233', namespace: 'default', taskQueue: 'voronka' });
    expect(config.mail).toEqual({ connections: 5 });
    expect(config.http).toEqual({ port: 3000, publicUrl: 'http://localhost:3000' });
    expect(config.sms).toEqual({ provider: 'none' });
    expect(config.dataFolder).toBe(join(packageRoot, '.data'));
  });

  it('reads the sources of webhooks, with what each format needs beside its secret', () => {
    const WEBHOOKS =
      'chat=standard:whsec_YWJjZGVmZ2g=:https://chat.example.com:8443/hook, bot=telegram:secret_token:123:ABC,vk=vk:secret-key:693d0ba9,pbx=zadarma:api-secret';
    expect(loadConfig({ ...complete, WEBHOOKS }).webhooks).toEqual([
      { name: 'chat', format: 'standard', secret: 'whsec_YWJjZGVmZ2g=', url: 'https://chat.example.com:8443/hook' },
      { name: 'bot', format: 'telegram', secret: 'secret_token', token: '123:ABC' },
      { name: 'vk', format: 'vk', secret: 'secret-key', confirmation: '693d0ba9' },
      { name: 'pbx', format: 'zadarma', secret: 'api-secret' },
    ]);
  });

  it('names every missing variable at once', () => {
    expect(mistakes({}).sort()).toEqual(['MONGODB_URI', 'REDIS_URL', 'TEMPORAL_ADDRESS', 'VORONKA_SECRET']);
  });

  it.each([
    ['TEMPORAL_ADDRESS', 'http://localhost:7233'],
    ['MONGODB_URI', 'mongodb://127.0.0.1:27017'],
    ['MONGODB_URI', 'postgres://127.0.0.1/voronka'],
    ['REDIS_URL', 'localhost:6379'],
    ['VORONKA_REDIS_PREFIX', '{voronka}'],
    ['SMTP_URL', 'relay.example.com'],
    ['SMTP_POOL', '0'],
    ['SMS_PROVIDER', 'pigeon'],
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'crm.example.com'],
    ['VORONKA_API_KEYS', 'short'],
    ['VORONKA_SECRET', 'short'],
    ['VORONKA_TIME_SCALE', '0'],
    ['VORONKA_RETENTION_DAYS', '0'],
    ['INBOUND_SMTP_PORT', '0'],
    ['INBOUND_MAIL_LIMIT_MB', 'large'],
    ['WEBHOOKS', 'chat'],
    ['WEBHOOKS', 'chat=pigeon:a-long-secret'],
    ['WEBHOOKS', 'chat=standard:short'],
    ['WEBHOOKS', 'chat=vk:a-long-secret'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s by name', (variable, value) => {
    expect(mistakes({ ...complete, [variable]: value })).toEqual([variable]);
  });

  it('takes the address of a replica set with several hosts', () => {
    const uri = 'mongodb://a:27017,b:27017,c:27017/voronka?replicaSet=rs0';
    expect(loadConfig({ ...complete, MONGODB_URI: uri }).mongodbUri).toBe(uri);
  });

  it('asks for what the chosen SMS provider needs', () => {
    expect(mistakes({ ...complete, SMS_PROVIDER: 'smsru' })).toEqual(['SMSRU_API_ID']);
    expect(mistakes({ ...complete, SMS_PROVIDER: 'twilio', TWILIO_ACCOUNT_SID: 'AC1' })).toEqual(['TWILIO_AUTH_TOKEN']);
    expect(loadConfig({ ...complete, SMS_PROVIDER: 'smsru', SMSRU_API_ID: 'id' }).sms).toEqual({
      provider: 'smsru',
      apiId: 'id',
    });
  });

  it('splits the keys and cuts the slash of the public address', () => {
    const config = loadConfig({
      ...complete,
      VORONKA_API_KEYS: ` ${'a'.repeat(16)}, ${'b'.repeat(16)},`,
      PUBLIC_URL: 'https://crm.example.com/',
    });
    expect(config.apiKeys).toEqual(['a'.repeat(16), 'b'.repeat(16)]);
    expect(config.http.publicUrl).toBe('https://crm.example.com');
  });
});

describe('.env.example', () => {
  it('has every variable and no other', () => {
    const [text = ''] = readFileSync(join(packageRoot, '.env.example'), 'utf8').split('--- Only for docker-compose');
    const documented = [...text.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    expect(documented.sort()).toEqual(Object.keys(variables.shape).sort());
  });
});
