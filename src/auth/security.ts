import type { OpenAPIRegistry, RouteConfig } from '@asteasolutions/zod-to-openapi';

/** Routes that need an admin key take it either way. */
export const ADMIN_SECURITY: NonNullable<RouteConfig['security']> = [{ bearer: [] }, { apiKey: [] }];

/** Adds the schemes that `ADMIN_SECURITY` names to the document. */
export function registerSecurity(registry: OpenAPIRegistry): void {
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'apiKey', { type: 'apiKey', in: 'header', name: 'X-API-Key' });
}
