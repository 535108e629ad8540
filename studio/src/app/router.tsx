import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type SearchSchemaInput,
} from '@tanstack/react-router';
import { Failure } from '../parts/Failure.tsx';
import { PageSkeleton } from '../parts/PageSkeleton.tsx';
import { NotFound } from './NotFound.tsx';
import { Shell } from './Shell.tsx';

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

/** Filters live in the address, so that a view can be bookmarked, sent and gone back to. Empty ones are left out. */
function filters<Name extends string>(...names: Name[]) {
  return (search: { [N in Name]?: string | undefined } & SearchSchemaInput): { [N in Name]?: string } => {
    const found: { [N in Name]?: string } = {};
    for (const name of names) {
      const value = text(search[name]);
      if (value !== undefined) found[name] = value;
    }
    return found;
  };
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/processes' });
  },
});

export const dayRoute = createRoute({
  getParentRoute: () => root,
  path: '/day',
  validateSearch: filters('user'),
  component: lazyRouteComponent(() => import('../day/DayPage.tsx'), 'DayPage'),
});

export const approvalsRoute = createRoute({
  getParentRoute: () => root,
  path: '/approvals',
  validateSearch: filters('view'),
  component: lazyRouteComponent(() => import('../approvals/ApprovalsPage.tsx'), 'ApprovalsPage'),
});

export const approvalRoute = createRoute({
  getParentRoute: () => root,
  path: '/approvals/$id',
  component: lazyRouteComponent(() => import('../approvals/ApprovalPage.tsx'), 'ApprovalPage'),
});

export const mailboxRoute = createRoute({
  getParentRoute: () => root,
  path: '/mailbox',
  validateSearch: filters('to', 'id'),
  component: lazyRouteComponent(() => import('../mailbox/MailboxPage.tsx'), 'MailboxPage'),
});

export const contactsRoute = createRoute({
  getParentRoute: () => root,
  path: '/contacts',
  validateSearch: filters('search', 'class', 'segment'),
  component: lazyRouteComponent(() => import('../contacts/ContactsPage.tsx'), 'ContactsPage'),
});

export const contactRoute = createRoute({
  getParentRoute: () => root,
  path: '/contacts/$id',
  validateSearch: filters('show'),
  component: lazyRouteComponent(() => import('../contacts/ContactPage.tsx'), 'ContactPage'),
});

export const processesRoute = createRoute({
  getParentRoute: () => root,
  path: '/processes',
  component: lazyRouteComponent(() => import('../processes/ProcessesPage.tsx'), 'ProcessesPage'),
});

export const processRoute = createRoute({
  getParentRoute: () => root,
  path: '/processes/$key',
  validateSearch: filters('tab', 'status', 'step', 'instance'),
  component: lazyRouteComponent(() => import('../processes/ProcessPage.tsx'), 'ProcessPage'),
});

export const ticketsRoute = createRoute({
  getParentRoute: () => root,
  path: '/tickets',
  validateSearch: filters('view', 'search', 'priority'),
  component: lazyRouteComponent(() => import('../tickets/QueuePage.tsx'), 'QueuePage'),
});

export const ticketRoute = createRoute({
  getParentRoute: () => root,
  path: '/tickets/$id',
  component: lazyRouteComponent(() => import('../tickets/TicketPage.tsx'), 'TicketPage'),
});

export const dealsRoute = createRoute({
  getParentRoute: () => root,
  path: '/deals',
  validateSearch: filters('pipeline', 'owner', 'search', 'show'),
  component: lazyRouteComponent(() => import('../deals/BoardPage.tsx'), 'BoardPage'),
});

export const dealRoute = createRoute({
  getParentRoute: () => root,
  path: '/deals/$id',
  component: lazyRouteComponent(() => import('../deals/DealPage.tsx'), 'DealPage'),
});

export const forecastRoute = createRoute({
  getParentRoute: () => root,
  path: '/forecast',
  validateSearch: filters('pipeline', 'months', 'owner', 'month', 'currency'),
  component: lazyRouteComponent(() => import('../forecast/ForecastPage.tsx'), 'ForecastPage'),
});

export const knowledgeRoute = createRoute({
  getParentRoute: () => root,
  path: '/knowledge',
  validateSearch: filters('search'),
  component: lazyRouteComponent(() => import('../knowledge/KnowledgePage.tsx'), 'KnowledgePage'),
});

export const articleRoute = createRoute({
  getParentRoute: () => root,
  path: '/knowledge/$key',
  component: lazyRouteComponent(() => import('../knowledge/ArticlePage.tsx'), 'ArticlePage'),
});

export function createStudioRouter() {
  return createRouter({
    routeTree: root.addChildren([
      home,
      dayRoute,
      approvalsRoute,
      approvalRoute,
      mailboxRoute,
      contactsRoute,
      contactRoute,
      processesRoute,
      processRoute,
      ticketsRoute,
      ticketRoute,
      dealsRoute,
      dealRoute,
      forecastRoute,
      knowledgeRoute,
      articleRoute,
    ]),
    defaultPreload: 'intent',
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: ({ error, reset }) => (
      <Failure error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />
    ),
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createStudioRouter>;
  }
}
