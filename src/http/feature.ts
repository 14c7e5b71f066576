import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import type { Router } from 'express';

/** What `createApp` mounts: routes with their whole paths, and their place in the OpenAPI document. */
export interface FeatureModule {
  readonly router: Router;
  /** Adds paths, schemas and security schemes to the document. */
  register(registry: OpenAPIRegistry): void;
}
