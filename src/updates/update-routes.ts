import { z } from 'zod';
import type { FeatureModule } from '../http/feature';
import { HttpProblem } from '../http/problem';
import { problemResponses } from '../http/problem-responses';
import { type Route, route } from '../http/route';
import { gateProblems, securityOf } from '../http/route-document';
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

/** The admin routes of updates. */
export function createUpdateRoutes(updates: UpdateService): FeatureModule {
  return [triggerRoute(updates), listRoute(updates), getRoute(updates), eventsRoute(updates), cancelRoute(updates)];
}

function triggerRoute(updates: UpdateService): Route {
  return route({
    method: 'post',
    path: '/admin/trigger-update',
    access: 'admin',
    operationId: 'triggerUpdate',
    tag: TAG,
    summary: 'Start an update of the catalogue from TMDB',
    description:
      'Answers at once; `Location` leads to the update. One update runs at a time: while one does, the trigger joins it, and its options are not looked at.',
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
    problems: [503],
    handle: async ({ body, response }) => {
      const { update, joined } = await updates.trigger(body);
      refuseWithoutKey(update);
      response.set({ Location: pathOf(update), [UPDATE_HEADER]: joined ? 'joined' : 'started' });
      return { message: STARTED } as const;
    },
  });
}

function listRoute(updates: UpdateService): Route {
  return route({
    method: 'get',
    path: '/admin/updates',
    access: 'admin',
    operationId: 'listUpdates',
    tag: TAG,
    summary: 'The updates, newest first',
    answer: { description: 'The update under way and the last ones', schema: listSchema },
    handle: async () => ({ updates: await updates.list() }),
  });
}

function getRoute(updates: UpdateService): Route {
  return route({
    method: 'get',
    path: '/admin/updates/{id}',
    access: 'admin',
    operationId: 'getUpdate',
    tag: TAG,
    summary: 'One update: state, counts, failures and times',
    params: paramsSchema,
    answer: { description: 'The update', schema: updateSchema },
    problems: [404],
    handle: ({ params }) => known(updates, params.id),
  });
}

function cancelRoute(updates: UpdateService): Route {
  return route({
    method: 'delete',
    path: '/admin/updates/{id}',
    access: 'admin',
    operationId: 'cancelUpdate',
    tag: TAG,
    summary: 'Cancel an update',
    description: 'What it has stored stays; the next update does not fetch it again.',
    params: paramsSchema,
    answer: { status: 202, description: 'It is being cancelled', schema: updateSchema },
    problems: [404, 409],
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

function eventsRoute(updates: UpdateService): Route {
  const gated = { method: 'get', path: '/admin/updates/{id}/events', access: 'admin' } as const;
  return {
    ...gated,
    handlers: [
      async (request, response) => {
        const update = await known(updates, request.params.id as string);
        streamEvents(request, response, update, updates.events(update.id));
      },
    ],
    document: {
      method: gated.method,
      path: gated.path,
      operationId: 'streamUpdate',
      tags: [TAG],
      security: securityOf(gated),
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
        ...problemResponses([...gateProblems(gated), 404, 500]),
      },
    },
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
