import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { VoronkaError } from '../../engine/errors/error.ts';
import { describeFile, keepFile, readFile } from '../../store/files.ts';
import { newId } from '../../store/id.ts';
import { readBody } from '../raw-body.ts';
import { type Route, route } from '../route.ts';
import { fileAnswer, idParams } from '../shapes.ts';

/** Largest file that a reply may carry. */
const fileLimit = 20 * 1024 * 1024;

export const fileRoutes: Route[] = [
  route({
    method: 'get',
    path: '/files/{id}',
    tag: 'Files',
    summary: 'Download an attachment',
    description: 'Always as an attachment, never to be shown in the page: strangers have sent it.',
    params: idParams,
    answer: z.unknown(),
    async handle({ params, response }) {
      const file = await describeFile(params.id);
      if (file === null) throw new VoronkaError('NOT_FOUND', `there is no file ${params.id}`);
      response.attachment(file.name);
      response.set({
        'Content-Type': /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : 'application/octet-stream',
        'Content-Length': String(file.size),
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Cache-Control': 'private, max-age=31536000, immutable',
      });
      await pipeline(readFile(params.id), response);
    },
  }),

  route({
    method: 'post',
    path: '/files',
    tag: 'Files',
    summary: 'Keep a file, to be attached to a reply',
    description:
      'The body is the file itself, with its Content-Type. The answer is what a message names under `attachments`.',
    query: z.object({ name: z.string().min(1).max(200) }),
    status: 201,
    answer: fileAnswer,
    async handle({ query, request }) {
      const content = await readBody(request, fileLimit);
      const type = request.get('content-type') ?? 'application/octet-stream';
      const { id, ...file } = await keepFile({ id: newId(), name: query.name, type }, content);
      return { file: id, ...file };
    },
  }),
];
