import type { Route } from './route';

/** Routes that belong together; `createApp` mounts and documents them. */
export type FeatureModule = readonly Route[];
