import { on } from 'node:events';
import type { ModelFile, ModelSpec } from './specs';

/** Time limits in milliseconds; a host out of reach must not hold up the other ways for long. */
export interface DownloadLimits {
  connectTimeout: number;
  /** Longest silence while the answer begins or its body flows. */
  stallTimeout: number;
}

export const DOWNLOAD_LIMITS: DownloadLimits = { connectTimeout: 5_000, stallTimeout: 30_000 };

/** The address of a file of a model on Hugging Face or on a mirror of it. */
export function huggingFaceUrl(endpoint: string, spec: ModelSpec, huggingFacePath: string): string {
  return `${endpoint.replace(/\/+$/, '')}/${spec.huggingFaceRepository}/resolve/main/${huggingFacePath}`;
}

/**
 * The bytes of a file from Hugging Face; proxies of the environment (HTTPS_PROXY, NO_PROXY) are honoured.
 * Ends with an error on any status but 200, on a connection that does not come about and on a stalled body.
 */
export async function* downloadFromHuggingFace(
  endpoint: string,
  spec: ModelSpec,
  file: ModelFile,
  limits: DownloadLimits,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (!file.huggingFacePath) throw new Error(`the pinned ${file.name} of ${spec.name} is not on Hugging Face`);
  const url = huggingFaceUrl(endpoint, spec, file.huggingFacePath);
  // Loaded only where something is downloaded: every start would wait for it.
  const { EnvHttpProxyAgent, interceptors, request } = await import('undici');
  const agent = new EnvHttpProxyAgent({
    connect: { timeout: limits.connectTimeout },
    headersTimeout: limits.stallTimeout,
    bodyTimeout: limits.stallTimeout,
  });
  try {
    const response = await request(url, {
      dispatcher: agent.compose(interceptors.redirect({ maxRedirections: 5 })),
      ...(signal && { signal }),
    });
    if (response.statusCode !== 200) {
      await response.body.dump();
      throw new Error(`${url} answered ${response.statusCode}`);
    }
    // Read as it comes, not as it is stored: undici 7 crashes the process where a server closes the connection behind a
    // body that waits for its reader (nodejs/undici#5360). What waits is one file of a model at most, which has a known size.
    response.body.on('error', () => {}); // the iterator tells of it, and after its end nobody asks
    for await (const [chunk] of on(response.body, 'data', { close: ['end'] }) as AsyncIterable<[Uint8Array]>) {
      yield chunk;
    }
  } finally {
    await agent.destroy();
  }
}
