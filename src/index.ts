/**
 * CineMatch as a library: `openStores` gives the engine in this process, `createApp` the HTTP interface on top of any store
 * (an Express application), `serve` the whole server.
 */
export { type AppServices, createApp } from './app';
export { openStores } from './compose';
export { type Config, ConfigError, loadConfig, parseConfig } from './config';
export { ModelError } from './model/model-error';
export { type RunningServer, type ServeParts, serve } from './serve';
export type * from './store/movie-store';
export type { RecordStore } from './store/record-store';
export { StoreError, type StoreErrorCode } from './store/store-error';
export type { Stores } from './store/stores';
export { VERSION } from './version';
