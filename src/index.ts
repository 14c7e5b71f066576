/**
 * CineMatch as a library: `openStore` gives the engine in this process, `createApp` the HTTP interface on top of any store
 * (an Express application), `serve` the whole server.
 */
export { type AppServices, createApp } from './app';
export { openStore } from './compose';
export { type Config, ConfigError, loadConfig, parseConfig } from './config';
export { EngineError, type EngineErrorCode } from './engine/engine-error';
export type { Movie } from './engine/movie';
export type * from './engine/movie-store';
export { ModelError } from './model/model-error';
export { type RunningServer, type ServeParts, serve } from './serve';
export { VERSION } from './version';
