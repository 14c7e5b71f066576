import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import type { TmdbSettings } from './settings';
import { credentials } from './settings';

const unzip = promisify(gunzip);

/** Far above the largest film with everything appended; an endless body ends here. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

export type Query = Record<string, string | number | boolean | undefined>;

/** An answer as it came, its body read to the end. */
export interface RawAnswer {
  status: number;
  retryAfter: string | undefined;
  body: string;
}

/** Sends single requests: address, key, timeouts and compression, without any judgement of the answer. */
export class Transport {
  private readonly agent: EnvHttpProxyAgent;
  private readonly credentials: ReturnType<typeof credentials>;

  /** Throws an unauthorised TmdbError where the key is missing or cannot be one. */
  constructor(private readonly settings: TmdbSettings) {
    this.credentials = credentials(settings.apiKey);
    this.agent = new EnvHttpProxyAgent({
      httpProxy: '', // a plain http address is a stub or a mirror nearby; HTTPS_PROXY and NO_PROXY count
      connections: settings.concurrency,
      connect: { timeout: settings.connectTimeoutMs },
      headersTimeout: settings.idleTimeoutMs,
      bodyTimeout: settings.idleTimeoutMs,
      maxResponseSize: MAX_BODY_BYTES,
    });
  }

  /** One attempt. Rejects with undici's error, or with the signal's reason. */
  async get(path: string, query: Query, signal: AbortSignal): Promise<RawAnswer> {
    const headers: Record<string, string> = { accept: 'application/json', 'accept-encoding': 'gzip' };
    if (this.credentials.header !== undefined) headers.authorization = this.credentials.header;
    const answer = await request(this.address(path, query), { dispatcher: this.agent, headers, signal });
    const bytes = Buffer.from(await answer.body.arrayBuffer());
    return {
      status: answer.statusCode,
      retryAfter: header(answer, 'retry-after'),
      body: await decode(bytes, header(answer, 'content-encoding')),
    };
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }

  private address(path: string, query: Query): URL {
    const url = new URL(this.settings.baseUrl + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    if (this.credentials.parameter !== undefined) url.searchParams.set('api_key', this.credentials.parameter);
    return url;
  }
}

function header(answer: Dispatcher.ResponseData, name: string): string | undefined {
  const value = answer.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

async function decode(bytes: Buffer, encoding: string | undefined): Promise<string> {
  const plain = encoding === 'gzip' ? await unzip(bytes, { maxOutputLength: MAX_BODY_BYTES }) : bytes;
  return plain.toString('utf8');
}
