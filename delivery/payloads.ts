import { constants, deflateSync, inflateSync } from 'node:zlib';
import { type DataConverter, METADATA_ENCODING_KEY, type Payload, type PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

const { Payload: Whole } = proto.temporal.api.common.v1;

/** The name that Temporal's own zlib codec (of its Go SDK) gives to what it packs, in the same way. */
const packed = Buffer.from('binary/zlib');

/** Bytes. What is smaller stays readable on Temporal's own pages. */
const large = 4_096;

/**
 * What everybody who speaks with our workflows is opened with, worker and client alike. Large payloads are packed: what a cohort
 * remembers says the same of hundreds of instances and becomes a tenth to a thirtieth, so it stays far from Temporal's bounds (2 MB for a payload,
 * 4 MB for a message) and costs its store less. What was written without packing is read as it is.
 */
export const dataConverter: DataConverter = {
  payloadCodecs: [
    {
      encode: async (payloads) => payloads.map(encode),
      decode: async (payloads) => payloads.map(decode),
    } satisfies PayloadCodec,
  ],
};

/** At once: some tenths of a millisecond for the states of a full cohort, less than handing it to another thread and back. */
function encode(payload: Payload): Payload {
  if ((payload.data?.length ?? 0) < large) return payload;
  const data = deflateSync(Whole.encode(payload).finish(), { level: constants.Z_BEST_SPEED });
  return { metadata: { [METADATA_ENCODING_KEY]: packed }, data };
}

/** @throws Error of zlib, or of protobuf, when the payload is damaged */
function decode(payload: Payload): Payload {
  const encoding = payload.metadata?.[METADATA_ENCODING_KEY];
  if (encoding == null || payload.data == null || !packed.equals(encoding)) return payload;
  return Whole.decode(inflateSync(payload.data));
}
