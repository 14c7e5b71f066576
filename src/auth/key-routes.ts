import { z } from 'zod';
import type { FeatureModule } from '../http/feature';
import { type Route, route } from '../http/route';
import type { RecordStore } from '../store/record-store';
import { countKeys, createKey, scopeSchema } from './api-keys';

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

/** `configured` is the key of the configuration. */
export async function keyCount(
  records: RecordStore,
  configured: string | undefined,
): Promise<z.output<typeof keyCountSchema>> {
  return { count: await countKeys(records), configured: configured !== undefined };
}

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
export function createKeyRoutes(records: RecordStore, configured: string | undefined): FeatureModule {
  return [countRoute(records, configured), createRoute(records)];
}

function countRoute(records: RecordStore, configured: string | undefined): Route {
  return route({
    method: 'get',
    path: '/admin/keys',
    access: 'admin',
    operationId: 'countKeys',
    tag: TAG,
    summary: 'How many keys there are',
    answer: { description: 'Their number', schema: keyCountSchema },
    handle: () => keyCount(records, configured),
  });
}

function createRoute(records: RecordStore): Route {
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
      return { key: await createKey(records, body.scopes), scopes: body.scopes };
    },
  });
}
