import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { StubCatalogue } from './catalogue';
import { type FaultOrder, Faults } from './faults';
import { Gate } from './gate';
import { busiestSecond } from './rate-window';
import { type Answer, INTERNAL_ERROR, INVALID_KEY, NOT_FOUND, tooManyRequests } from './refusals';
import type { StubFilm } from './stub-film';

const HTML = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
const CONFIGURATION = {
  change_keys: ['overview', 'title', 'release_dates'],
  images: {
    base_url: 'http://image.tmdb.org/t/p/',
    secure_base_url: 'https://image.tmdb.org/t/p/',
    backdrop_sizes: ['w300', 'w780', 'w1280', 'original'],
    logo_sizes: ['w45', 'w92', 'w154', 'w185', 'w300', 'w500', 'original'],
    poster_sizes: ['w92', 'w154', 'w185', 'w342', 'w500', 'w780', 'original'],
    profile_sizes: ['w45', 'w185', 'h632', 'original'],
    still_sizes: ['w92', 'w185', 'w300', 'original'],
  },
};

export interface StubOptions {
  films: readonly StubFilm[];
  /** The only v3 key and v4 token that are let in; without it any is. */
  key?: string;
  faults?: FaultOrder[];
  /** Requests allowed in a second; 0 allows all. */
  limit?: number;
  /** 0 takes a free one. */
  port?: number;
}

/** A request that arrived; never with its key. */
export interface LoggedRequest {
  number: number;
  /** Milliseconds since the epoch, with fractions. */
  at: number;
  method: string;
  path: string;
  query: Record<string, string>;
  auth: 'bearer' | 'parameter' | 'none';
  /** Of the answer; 0 where none was sent, not yet or not to its end. */
  status: number;
  fault?: string;
}

/** A TMDB to test against: same routes, shapes, limits and refusals, and faults to order. */
export class TmdbStub {
  readonly catalogue: StubCatalogue;
  /** Every request, in the order of arrival. */
  log: LoggedRequest[] = [];
  /** May be changed while it runs. */
  faults: Faults;
  /** Where answers with the details of films pass. */
  readonly gate = new Gate();
  private readonly server: Server;
  private readonly arrivals: number[] = [];
  private count = 0;

  private constructor(private readonly options: StubOptions) {
    this.catalogue = new StubCatalogue(options.films);
    this.faults = new Faults(options.faults ?? []);
    this.server = createServer((request, response) => this.take(request, response));
  }

  static async start(options: StubOptions): Promise<TmdbStub> {
    const stub = new TmdbStub(options);
    await new Promise<void>((resolve, reject) => {
      stub.server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    return stub;
  }

  /** What a client takes for TMDB's address. */
  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/3`;
  }

  /** The largest number of requests that arrived within any one second. */
  get busiestSecond(): number {
    return busiestSecond(this.log.map(({ at }) => at));
  }

  /** Ids of the films whose details were asked for, in the order of arrival; each time that it was refused counts as well. */
  get detailRequests(): number[] {
    return this.log.flatMap(({ path }) => detailsOf(path) ?? []);
  }

  /** Ids of the films whose details were sent, in the order of arrival of the requests. */
  get detailsSent(): number[] {
    return this.log.flatMap(({ path, status }) => (status === 200 ? (detailsOf(path) ?? []) : []));
  }

  /** Forgets the requests and counts them from 1 again. */
  clearLog(): void {
    this.log = [];
    this.count = 0;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://stub');
    if (url.pathname.startsWith('/__')) return this.control(request, response, url);
    this.count += 1;
    const { api_key, ...query } = Object.fromEntries(url.searchParams);
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const entry: LoggedRequest = {
      number: this.count,
      at: performance.timeOrigin + performance.now(),
      method: request.method ?? 'GET',
      path: url.pathname.replace(/^\/3/, ''),
      query,
      auth: bearer !== undefined ? 'bearer' : api_key !== undefined ? 'parameter' : 'none',
      status: 0,
    };
    this.log.push(entry);
    const allowed =
      this.options.key === undefined ? bearer !== undefined || !!api_key : [bearer, api_key].includes(this.options.key);
    const answer = this.limited(entry.at) ?? (allowed ? this.answer(entry, url.searchParams) : INVALID_KEY);
    const send = () => this.send(request, response, answer, entry);
    if (answer.status === 200 && detailsOf(entry.path) !== undefined) this.gate.pass(response, send);
    else send();
  }

  /** The refusal of a request beyond the limit; those count too, as at TMDB. */
  private limited(at: number): Answer | undefined {
    const limit = this.options.limit ?? 40;
    this.arrivals.push(at);
    while (at - (this.arrivals[0] as number) >= 1_000) this.arrivals.shift();
    return limit > 0 && this.arrivals.length > limit ? tooManyRequests(this.arrivals.length, limit, 1) : undefined;
  }

  private answer({ path, number }: LoggedRequest, query: URLSearchParams): Answer {
    if (path === '/discover/movie')
      return this.catalogue.discover(query, (films) => this.faults.reorder(films, number));
    if (path === '/search/movie') return this.catalogue.search(query);
    if (path === '/movie/changes') return this.catalogue.changes(query);
    if (path === '/genre/movie/list') return this.catalogue.genres();
    if (path === '/configuration') return { status: 200, body: CONFIGURATION };
    if (path === '/authentication') {
      return { status: 200, body: { success: true, status_code: 1, status_message: 'Success.' } };
    }
    const id = detailsOf(path);
    if (id === undefined) return NOT_FOUND;
    const answer = this.catalogue.details(id, query);
    return answer.status === 200
      ? { ...answer, body: this.faults.distort(answer.body as Record<string, unknown>, id) }
      : answer;
  }

  private send(request: IncomingMessage, response: ServerResponse, answer: Answer, entry: LoggedRequest): void {
    const fault = (name: Parameters<Faults['hit']>[0]) => {
      const order = this.faults.hit(name, entry.number);
      if (order !== undefined) entry.fault = name;
      return order;
    };
    const sendNow = () => {
      this.sendNow(request, response, answer, fault);
      if (response.writableEnded) entry.status = response.statusCode;
    };
    const latency = fault('latency');
    if (latency !== undefined) setTimeout(sendNow, latency.value ?? 250);
    else sendNow();
  }

  private sendNow(
    request: IncomingMessage,
    response: ServerResponse,
    answer: Answer,
    fault: (name: Parameters<Faults['hit']>[0]) => FaultOrder | undefined,
  ): void {
    if (fault('stall')) return;
    if (fault('reset')) return void request.socket.destroy();
    if (fault('html502')) return write(response, 502, HTML, 'text/html');
    if (fault('html404')) return write(response, 404, HTML, 'text/html');
    if (fault('500')) return json(request, response, INTERNAL_ERROR);
    const limited = fault('429');
    if (limited) return json(request, response, tooManyRequests(41, 40, limited.value ?? 1));
    const body = JSON.stringify(answer.body);
    if (fault('truncated-json')) return write(response, 200, body.slice(0, body.length / 2), 'application/json');
    if (fault('truncated')) return cut(response, body, () => response.destroy());
    if (fault('stall-body')) return cut(response, body, () => {});
    json(request, response, answer);
  }

  /** `GET /__log`, `DELETE /__log`, `POST /__films/ID` with fields to change, `DELETE /__films/ID`. */
  private control(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const id = Number(/^\/__films\/(\d+)$/.exec(url.pathname)?.[1]);
    const done = () => json(request, response, { status: 200, body: { films: this.catalogue.size } });
    if (url.pathname === '/__log' && request.method === 'DELETE') {
      this.clearLog();
      done();
    } else if (url.pathname === '/__log') {
      json(request, response, { status: 200, body: { busiest_second: this.busiestSecond, requests: this.log } });
    } else if (id > 0 && request.method === 'DELETE') {
      this.catalogue.remove(id);
      done();
    } else if (id > 0 && request.method === 'POST') {
      let text = '';
      request.on('data', (chunk) => (text += chunk));
      request.on('end', () => {
        this.catalogue.edit(id, JSON.parse(text) as Partial<StubFilm>);
        done();
      });
    } else {
      json(request, response, NOT_FOUND);
    }
  }
}

/** The film whose details a path names. */
function detailsOf(path: string): number | undefined {
  const id = /^\/movie\/(\d+)$/.exec(path)?.[1];
  return id === undefined ? undefined : Number(id);
}

function json(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const text = JSON.stringify(answer.body);
  const zipped = (request.headers['accept-encoding'] ?? '').includes('gzip');
  const body = zipped ? gzipSync(text, { level: 1 }) : Buffer.from(text);
  response.writeHead(answer.status, {
    'Content-Type': 'application/json;charset=utf-8',
    'Content-Length': body.length,
    ...(zipped && { 'Content-Encoding': 'gzip' }),
    ...answer.headers,
  });
  response.end(body);
}

function write(response: ServerResponse, status: number, body: string, type: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** Announces the whole body and sends half of it. */
function cut(response: ServerResponse, body: string, then: () => void): void {
  const bytes = Buffer.from(body);
  response.writeHead(200, { 'Content-Type': 'application/json;charset=utf-8', 'Content-Length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), then);
}
