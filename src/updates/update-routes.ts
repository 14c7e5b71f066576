import type { RequestHandler } from 'express';
import { z } from 'zod';
import { ADMIN_SECURITY, adminFeature, adminOnly } from '../auth/security';
import type { FeatureModule } from '../http/feature';
import { problemResponses } from '../http/openapi';
import { HttpProblem } from '../http/problem';
import { type Route, route } from '../http/route';
import { streamEvents } from './event-stream';
import { updateOptionsSchema } from './ingestion/options';
import { EXAMPLE_ID, isOver, type Update, updateSchema } from './job/update';
import { KEY_MISSING, type UpdateService } from './job/update-service';

const TAG = 'Updates';
/** Says whether a trigger started an update or joined one. */
const UPDATE_HEADER = 'X-Update';
/** The seed's words; its clients compare them. */
const STARTED = 'Update process started in background. Check server logs for progress.';

const paramsSchema = z.object({
  id: z.string().max(64).meta({ description: 'The update, as `Location` and the list name it', example: EXAMPLE_ID }),
});
const startedSchema = z.object({ message: z.literal(STARTED) }).meta({ id: 'UpdateStarted' });
const listSchema = z.object({ updates: z.array(updateSchema) }).meta({ id: 'UpdateList' });

/** The admin routes of updates; `guard` lets only holders of a key through. */
export function createUpdateRoutes(updates: UpdateService, guard: RequestHandler): FeatureModule {
  return adminFeature(
    triggerRoute(updates, guard),
    listRoute(updates, guard),
    getRoute(updates, guard),
    eventsRoute(updates, guard),
    cancelRoute(updates, guard),
  );
}

function triggerRoute(updates: UpdateService, guard: RequestHandler): Route {
  return route({
    method: 'post',
    path: '/admin/trigger-update',
    operationId: 'triggerUpdate',
    tag: TAG,
    summary: 'Start an update of the catalogue from TMDB',
    description:
      'Answers at once; `Location` leads to the update. One update runs at a time: while one does, the trigger joins it, and its options are not looked at.',
    ...adminOnly(guard),
    body: updateOptionsSchema.default({}),
    bodyExamples: {
      nineties: { summary: 'French films of the nineties', value: { language: 'fr', year_from: 1990, year_to: 1999 } },
    },
    answer: {
      description: 'The update is under way',
      schema: startedSchema,
      headers: z.object({
        Location: z.string().meta({ description: 'Path of the update' }),
        [UPDATE_HEADER]: z
          .enum(['started', 'joined'])
          .meta({ description: 'Whether it was started or was running already' }),
      }),
    },
    problems: [401, 429, 503],
    handle: async ({ body, response }) => {
      const { update, joined } = await updates.trigger(body);
      refuseWithoutKey(update);
      response.set({ Location: pathOf(update), [UPDATE_HEADER]: joined ? 'joined' : 'started' });
      return { message: STARTED };
    },
  });
}

function listRoute(updates: UpdateService, guard: RequestHandler): Route {
  return route({
    method: 'get',
    path: '/admin/updates',
    operationId: 'listUpdates',
    tag: TAG,
    summary: 'The updates, newest first',
    ...adminOnly(guard),
    answer: { description: 'The update under way and the last ones', schema: listSchema },
    problems: [401, 429],
    handle: async () => ({ updates: await updates.list() }),
  });
}

function getRoute(updates: UpdateService, guard: RequestHandler): Route {
  return route({
    method: 'get',
    path: '/admin/updates/{id}',
    operationId: 'getUpdate',
    tag: TAG,
    summary: 'One update: state, counts, failures and times',
    ...adminOnly(guard),
    params: paramsSchema,
    answer: { description: 'The update', schema: updateSchema },
    problems: [401, 404, 429],
    handle: ({ params }) => known(updates, params.id),
  });
}

function cancelRoute(updates: UpdateService, guard: RequestHandler): Route {
  return route({
    method: 'delete',
    path: '/admin/updates/{id}',
    operationId: 'cancelUpdate',
    tag: TAG,
    summary: 'Cancel an update',
    description: 'What it has stored stays; the next update does not fetch it again.',
    ...adminOnly(guard),
    params: paramsSchema,
    answer: { status: 202, description: 'It is being cancelled', schema: updateSchema },
    problems: [401, 404, 409, 429],
    handle: async ({ params }) => {
      const update = await known(updates, params.id);
      const cancelling = await updates.cancel(params.id);
      if (cancelling === undefined || isOver(cancelling)) {
        throw new HttpProblem(
          409,
          'update_over',
          `The update ${update.id} is over (${(cancelling ?? update).state}); there is nothing to cancel.`,
        );
      }
      return cancelling;
    },
  });
}

function eventsRoute(updates: UpdateService, guard: RequestHandler): Route {
  return {
    mount: (router) => {
      router.get('/admin/updates/:id/events', guard, async (request, response) => {
        const update = await known(updates, request.params.id as string);
        streamEvents(request, response, update, updates.events(update.id));
      });
    },
    register: (registry) =>
      registry.registerPath({
        method: 'get',
        path: '/admin/updates/{id}/events',
        operationId: 'streamUpdate',
        tags: [TAG],
        security: ADMIN_SECURITY,
        summary: 'The progress of an update as server-sent events',
        description:
          'Events: `update` (the whole update, whenever its state changes), `progress` and `failure`. The stream ends with the update; `Last-Event-ID` resumes it.',
        request: {
          params: paramsSchema,
          headers: z.object({
            'Last-Event-ID': z
              .string()
              .optional()
              .meta({ description: 'The last event that was seen', example: '1769842800123' }),
          }),
        },
        responses: {
          200: { description: 'The events', content: { 'text/event-stream': { schema: z.string() } } },
          204: { description: 'The update is over and its last event was seen' },
          ...problemResponses([401, 404, 429, 500]),
        },
      }),
  };
}

function pathOf({ id }: Update): string {
  return `/admin/updates/${id}`;
}

async function known(updates: UpdateService, id: string): Promise<Update> {
  const update = await updates.get(id);
  if (update === undefined)
    throw new HttpProblem(404, 'update_not_found', `There is no update "${id}"; GET /admin/updates lists them.`);
  return update;
}

function refuseWithoutKey(update: Update): void {
  if (update.error?.code !== KEY_MISSING) return;
  const { code, message, advice } = update.error;
  throw new HttpProblem(503, code, `${message} ${advice}`, { headers: { Location: pathOf(update) } });
}
