import type { OpenAPIRegistry, RouteConfig } from '@asteasolutions/zod-to-openapi';
import type { RequestHandler } from 'express';
import type { FeatureModule } from '../http/feature';
import { feature, type Route } from '../http/route';

/** Routes that need an admin key take it either way. */
export const ADMIN_SECURITY: NonNullable<RouteConfig['security']> = [{ bearer: [] }, { apiKey: [] }];

/** What makes a route one of administrators: `guard` runs before the request is read, and the document says so. */
export function adminOnly(guard: RequestHandler) {
  return { before: [guard], security: ADMIN_SECURITY };
}

/** Admin routes that belong together, as a module of the service. */
export function adminFeature(...routes: Route[]): FeatureModule {
  const { router, register } = feature(...routes);
  return {
    router,
    register: (registry) => {
      registerSecurity(registry);
      register(registry);
    },
  };
}

/** Adds the schemes that `ADMIN_SECURITY` names to the document; a second time changes nothing. */
function registerSecurity(registry: OpenAPIRegistry): void {
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'apiKey', { type: 'apiKey', in: 'header', name: 'X-API-Key' });
}
