/**
 * CineMatch as a library: `openStore` gives the engine in this process, `createApp` the HTTP interface on top of any store
 * (an Express application), `serve` the whole server.
 */
export { type AppServices, createApp } from './app';
export { openStore } from './compose';
export { type Config, ConfigError, loadConfig, parseConfig } from './config';
export { EngineError, type EngineErrorCode } from './engine/engine-error';
export type * from './engine/movie-store';
export { type RunningServer, type ServeParts, serve } from './main';
export { ModelError } from './model/model-error';
export type { Movie } from './movies/movie';
export { VERSION } from './version';
