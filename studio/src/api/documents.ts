import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { documentAnswer, templateAnswer, wholeAnswer } from '../../../api/routes/documents-shapes.ts';
import type { documentContent, documentRequest } from '../../../engine/documents/request.ts';
import { read, readBlob } from './access.ts';

/** A document as it is shown, with the hash of just these bytes: a decision counts for what somebody has seen. */
export const documentPdf = (id: string) =>
  queryOptions({
    queryKey: ['documents', id, 'pdf'],
    queryFn: async () => {
      const bytes = new Uint8Array(await (await readBlob(`/documents/${encodeURIComponent(id)}/file`)).arrayBuffer());
      return { bytes, sha256: bytesToHex(sha256(bytes)) };
    },
    // The bytes of a document never change.
    staleTime: Number.POSITIVE_INFINITY,
  });

export type Document = z.infer<typeof documentAnswer>;
export type DocumentTemplate = z.infer<typeof templateAnswer>;
export type DocumentRequest = z.input<typeof documentRequest>;
export type DocumentContent = z.input<typeof documentContent>;
export type WholeDocument = z.infer<typeof wholeAnswer>;

export const documentTemplates = queryOptions({
  queryKey: ['document-templates'],
  queryFn: async ({ signal }) => (await read<{ items: DocumentTemplate[] }>('/document-templates', {}, signal)).items,
  staleTime: 60_000,
});
