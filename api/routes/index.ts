import type { Route } from '../route.ts';
import { approvalRoutes } from './approvals.ts';
import { articleRoutes } from './articles.ts';
import { contactRoutes } from './contacts.ts';
import { costRoutes } from './costs.ts';
import { dealDeedRoutes } from './deal-deeds.ts';
import { dealRoutes } from './deals.ts';
import { definitionRoutes } from './definitions.ts';
import { documentRoutes } from './documents.ts';
import { fileRoutes } from './files.ts';
import { forecastRoutes } from './forecast.ts';
import { formRoutes } from './forms.ts';
import { inboundRoutes } from './inbound.ts';
import { instanceRoutes } from './instances.ts';
import { intakeRoutes } from './intake.ts';
import { liveRoutes } from './live.ts';
import { mailboxRoutes } from './mailbox.ts';
import { mergeRoutes } from './merges.ts';
import { messageRoutes } from './messages.ts';
import { moneyRoutes } from './money.ts';
import { overviewRoutes } from './overview.ts';
import { peopleRoutes } from './people.ts';
import { processRoutes } from './processes.ts';
import { reportRoutes } from './reports.ts';
import { taskDeedRoutes } from './task-deeds.ts';
import { taskRoutes } from './tasks.ts';
import { ticketDeedRoutes } from './ticket-deeds.ts';
import { ticketRoutes } from './tickets.ts';
import { timelineRoutes } from './timeline.ts';
import { userRoutes } from './users.ts';
import { webhookRoutes } from './webhooks.ts';

/** All routes under /api: what is mounted is what is described. */
export const routes: readonly Route[] = [
  ...intakeRoutes,
  ...formRoutes,
  ...contactRoutes,
  ...mergeRoutes,
  ...timelineRoutes,
  ...instanceRoutes,
  ...overviewRoutes,
  ...processRoutes,
  ...definitionRoutes,
  ...messageRoutes,
  ...ticketRoutes,
  ...ticketDeedRoutes,
  ...dealRoutes,
  ...dealDeedRoutes,
  ...forecastRoutes,
  ...taskRoutes,
  ...taskDeedRoutes,
  ...approvalRoutes,
  ...liveRoutes,
  ...peopleRoutes,
  ...userRoutes,
  ...articleRoutes,
  ...mailboxRoutes,
  ...inboundRoutes,
  ...moneyRoutes,
  ...costRoutes,
  ...reportRoutes,
  ...documentRoutes,
  ...fileRoutes,
  ...webhookRoutes,
];
