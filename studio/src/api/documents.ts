import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { documentAnswer, templateAnswer, wholeAnswer } from '../../../api/routes/documents-shapes.ts';
import type { documentContent, documentRequest } from '../../../engine/documents/request.ts';
import { change, read, readBlob } from './access.ts';
import { ApiProblem } from './client.ts';
import type { Page } from './types.ts';

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
export type DocumentContent = z.input<typeof documentContent>;
export type DocumentRequest = z.input<typeof documentRequest>;
export type WholeDocument = z.infer<typeof wholeAnswer>;

export const documentTemplates = queryOptions({
  queryKey: ['document-templates'],
  queryFn: async ({ signal }) => (await read<{ items: DocumentTemplate[] }>('/document-templates', {}, signal)).items,
  staleTime: 60_000,
});

export const documentsOf = (dealId: string) =>
  infiniteQueryOptions({
    queryKey: ['documents', 'list', dealId],
    queryFn: ({ pageParam, signal }) =>
      read<Page<Document>>('/documents', { dealId, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });

export const wholeDocument = (id: string) =>
  queryOptions({
    queryKey: ['documents', id, 'whole'],
    queryFn: ({ signal }) => read<WholeDocument>(`/documents/${id}`, {}, signal),
    staleTime: 60_000,
  });

/** The document as it would be, without a number; nothing is kept. */
export const documentPreview = (request: DocumentRequest) =>
  queryOptions({
    queryKey: ['document-preview', request],
    queryFn: async () => new Uint8Array(await (await readBlob('/documents/preview', request)).arrayBuffer()),
    retry: false,
    gcTime: 0,
  });

export const documentFile = (id: string, format: 'pdf' | 'docx') =>
  readBlob(`/documents/${encodeURIComponent(id)}/file?format=${format}`);

/** Under one idempotency key there is one document, with one number. */
export const makeDocument = (request: DocumentRequest, idempotencyKey: string) =>
  change<Document>('POST', '/documents', request, idempotencyKey);

/** Makes one that takes the place of another. */
export const supersedeDocument = (id: string, content: DocumentContent, idempotencyKey: string) =>
  change<Document>('POST', `/documents/${id}/supersede`, content, idempotencyKey);

/** Whether the document was made at an earlier try, of whose answer nobody heard, and said something else then. */
export const wasMadeBefore = (error: Error) => error instanceof ApiProblem && error.code === 'IDEMPOTENCY_KEY_REUSED';

export const voidDocument = (id: string, reason: string) =>
  change<Document>('POST', `/documents/${id}/void`, { reason });
