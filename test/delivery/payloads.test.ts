import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { dataConverter } from '../../delivery/payloads.ts';

const [codec] = dataConverter.payloadCodecs ?? [];

async function there(value: unknown): Promise<Payload> {
  const [payload] = (await codec?.encode([defaultPayloadConverter.toPayload(value)])) ?? [];
  return payload ?? {};
}

async function back(payload: Payload): Promise<unknown> {
  const [restored] = (await codec?.decode([payload])) ?? [];
  return defaultPayloadConverter.fromPayload(restored ?? {});
}

const cohort = Array.from({ length: 500 }, (_, n) => ({ id: `i-${n}`, name: 'Анна', visits: { first: 1, pause: n } }));

describe('a payload', () => {
  it('that says the same of many becomes a fraction, and comes back as it was', async () => {
    const packed = await there(cohort);
    expect(packed.data?.length).toBeLessThan(JSON.stringify(cohort).length / 8);
    expect(new TextDecoder().decode(packed.metadata?.encoding ?? undefined)).toBe('binary/zlib');
    expect(await back(packed)).toEqual(cohort);
  });

  it('that is small stays readable', async () => {
    expect(new TextDecoder().decode((await there({ do: 'pause' })).data ?? undefined)).toBe('{"do":"pause"}');
  });

  it('from before payloads were packed is read as it is', async () => {
    expect(await back(defaultPayloadConverter.toPayload(cohort))).toEqual(cohort);
  });

  it('that is damaged is refused, not taken for something else', async () => {
    const { metadata, data } = await there(cohort);
    await expect(back({ metadata, data: data?.slice(0, 100) })).rejects.toThrow();
  });
});
