import type { Request, Response } from 'express';
import { z } from 'zod';
import type { LiveFeed, Mark } from '../live.ts';
import { type Route, route } from '../route.ts';
import { time } from '../shapes.ts';

/** How often a silent stream says that it lives, and after which time a broken one is opened again. Real milliseconds. */
const heartbeatMs = 20_000;
const retryMs = 3_000;

const marks = z.array(z.object({ id: z.string(), updatedAt: time }));

const changes = z.object({
  tickets: marks.optional().describe('tickets that changed, or their clocks did'),
  deals: marks.optional(),
});

export const liveRoutes: Route[] = [
  route({
    method: 'get',
    path: '/live',
    tag: 'Changes',
    summary: 'Which tickets and deals change, as a stream of server-sent events',
    description:
      'Each event is called `tickets` or `deals` and has data of this shape with that part; read what changed by its id. Send `Last-Event-ID` after a break: what changed meanwhile comes first.',
    answer: changes,
    async handle({ request, response }, { live }) {
      await stream(request, response, live);
      return undefined;
    },
  }),
];

/** Server-sent events (WHATWG HTML, 9.2), until the reader leaves. */
async function stream(request: Request, response: Response, feed: LiveFeed): Promise<void> {
  const last = Number(request.get('last-event-id') ?? '');
  response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  response.write(`retry: ${retryMs}\n\n`);
  const tell = (marks: readonly Mark[], at: number) => {
    for (const kind of ['tickets', 'deals'] as const) {
      const own = marks.flatMap(({ id, updatedAt, ...mark }) => (mark.kind === kind ? [{ id, updatedAt }] : []));
      if (own.length > 0) response.write(`id: ${at}\nevent: ${kind}\ndata: ${JSON.stringify({ [kind]: own })}\n\n`);
    }
  };
  const leave = feed.listen(tell);
  const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs);
  response.on('close', () => {
    clearInterval(heartbeat);
    leave();
  });
  if (!Number.isSafeInteger(last) || last <= 0) return;
  const missed = await feed.since(last);
  if (missed.length > 0) tell(missed, last);
}
