import { z } from 'zod';
import type { FeatureModule } from '../http/feature';
import { type Route, route } from '../http/route';
import { type ApiKeys, scopeSchema } from './api-keys';

const TAG = 'Keys';

const scopes = z
  .array(scopeSchema)
  .min(1)
  .meta({ description: 'What the key allows', example: ['admin'] });

/** Keys are counted and never shown: only their hashes are kept. */
export const keyCountSchema = z
  .object({
    count: z.int().nonnegative().meta({ description: 'Keys that were made and are kept, as hashes' }),
    configured: z.boolean().meta({ description: 'Whether ADMIN_API_KEY sets one more' }),
  })
  .meta({ id: 'KeyCount', description: 'How many keys there are' });

export const newKeySchema = z
  .object({
    key: z.string().meta({ description: 'The key; this answer alone has it', example: `cm_${'A'.repeat(43)}` }),
    scopes,
  })
  .meta({ id: 'NewKey', description: 'A key that was just made' });

const wantedKeySchema = z
  .strictObject({ scopes: scopes.default(['admin']) })
  .meta({ id: 'KeyRequest', description: 'The key that is wanted' });

/** The admin routes of keys. */
export function createKeyRoutes(keys: ApiKeys): FeatureModule {
  return [countRoute(keys), createRoute(keys)];
}

function countRoute(keys: ApiKeys): Route {
  return route({
    method: 'get',
    path: '/admin/keys',
    access: 'admin',
    operationId: 'countKeys',
    tag: TAG,
    summary: 'How many keys there are',
    answer: { description: 'Their number', schema: keyCountSchema },
    handle: () => keys.count(),
  });
}

function createRoute(keys: ApiKeys): Route {
  return route({
    method: 'post',
    path: '/admin/keys',
    access: 'admin',
    operationId: 'createKey',
    tag: TAG,
    summary: 'Make a key',
    description: 'The key is in this answer and nowhere else: the server keeps its hash.',
    body: wantedKeySchema.prefault({}),
    answer: { status: 201, description: 'The key, shown once', schema: newKeySchema },
    handle: async ({ body, response }) => {
      response.set('Cache-Control', 'no-store');
      return { key: await keys.create(body.scopes), scopes: body.scopes };
    },
  });
}
