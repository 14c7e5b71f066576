import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type FetchOptions, fetchModel } from '../../../src/model/fetch';
import { DOWNLOAD_LIMITS, downloadFromHuggingFace } from '../../../src/model/hugging-face';
import type { ModelLocation } from '../../../src/model/locate';
import type { ModelFile } from '../../../src/model/specs';
import { MODEL_BYTES, makeZip, SPEC, serve, TOKENIZER_BYTES, temporaryFolder } from './helpers';

/** For what never comes, and for nothing else: on a busy machine a good answer may take as long. */
const IMPATIENT = { connectTimeout: 300, stallTimeout: 300 };
let number = 0;

const root = temporaryFolder();
const NO_MAVEN = path.join(root, 'no-mvn');
function newLocation(): ModelLocation {
  return { spec: SPEC, folder: path.join(root, String(number++), SPEC.name), ownFolder: false };
}

function fetchFrom(location: ModelLocation, endpoint: string, more: Partial<FetchOptions> = {}) {
  return fetchModel(location, { huggingFaceEndpoint: endpoint, maven: NO_MAVEN, ...more });
}

const good: RequestListener = (request, response) => {
  if (request.url === '/someone/tiny/resolve/main/onnx/model.onnx') response.end(MODEL_BYTES);
  else if (request.url === '/someone/tiny/resolve/main/tokenizer.json') response.end(TOKENIZER_BYTES);
  else response.writeHead(404).end();
};

function expectComplete(location: ModelLocation): void {
  expect(readdirSync(location.folder).sort()).toEqual(['model.onnx', 'tokenizer.json']);
  expect(readFileSync(path.join(location.folder, 'model.onnx')).equals(MODEL_BYTES)).toBe(true);
  expect(readFileSync(path.join(location.folder, 'tokenizer.json')).equals(TOKENIZER_BYTES)).toBe(true);
}

/** Nothing that could be taken for the model, and no litter. */
function expectNothing(location: ModelLocation): void {
  expect(existsSync(location.folder) ? readdirSync(location.folder) : []).toEqual([]);
}

describe('from Hugging Face', () => {
  test('downloads both files, reports progress and asks for nothing the second time', async () => {
    let requests = 0;
    const endpoint = await serve((request, response) => {
      requests++;
      good(request, response);
    });
    const location = newLocation();
    const progress: Record<string, number> = {};
    const onProgress: FetchOptions['onProgress'] = (file, received) => {
      progress[file.name] = received;
    };
    expect(await fetchFrom(location, `${endpoint}/`, { onProgress })).toBe('hugging-face');
    expectComplete(location);
    expect(progress).toEqual({ 'model.onnx': MODEL_BYTES.length, 'tokenizer.json': TOKENIZER_BYTES.length });
    expect(await fetchFrom(location, endpoint)).toBe('present');
    expect(requests).toBe(2);
  });

  test('replaces a damaged file and leaves the good one', async () => {
    const asked: (string | undefined)[] = [];
    const endpoint = await serve((request, response) => {
      asked.push(request.url);
      good(request, response);
    });
    const location = newLocation();
    mkdirSync(location.folder, { recursive: true });
    writeFileSync(path.join(location.folder, 'model.onnx'), Buffer.alloc(MODEL_BYTES.length));
    writeFileSync(path.join(location.folder, 'tokenizer.json'), TOKENIZER_BYTES);
    await fetchFrom(location, endpoint);
    expectComplete(location);
    expect(asked).toEqual(['/someone/tiny/resolve/main/onnx/model.onnx']);
  });

  test('follows redirects', async () => {
    const target = await serve(good);
    const endpoint = await serve((request, response) => {
      response.writeHead(302, { location: `${target}${request.url}` }).end();
    });
    const location = newLocation();
    await fetchFrom(location, endpoint);
    expectComplete(location);
  });

  test('two at once end with the right files', async () => {
    const endpoint = await serve((request, response) => setTimeout(() => good(request, response), 20));
    const location = newLocation();
    await Promise.all([fetchFrom(location, endpoint), fetchFrom(location, endpoint)]);
    expectComplete(location);
  });

  // As proxies and simple file servers do. Which bytes are on their way when the server closes differs with the length.
  test.each([131_072, 711_661])(
    'a server that closes behind its %d bytes does not harm a slow disk',
    async (length) => {
      const bytes = Buffer.alloc(length, 'a model');
      const closing = createServer((socket) => {
        socket.once('data', () => {
          socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`);
          socket.end(bytes);
        });
      });
      await new Promise<void>((resolve) => closing.listen(0, '127.0.0.1', resolve));
      const endpoint = `http://127.0.0.1:${(closing.address() as { port: number }).port}`;
      const chunks: Uint8Array[] = [];
      for await (const chunk of downloadFromHuggingFace(endpoint, SPEC, SPEC.files[0] as ModelFile, DOWNLOAD_LIMITS)) {
        chunks.push(chunk);
        await delay(30);
      }
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
      closing.close();
    },
  );

  const broken: [string, RequestListener, RegExp][] = [
    ['a 404', (_, response) => void response.writeHead(404).end('not here'), /answered 404/],
    ['a redirect without end', (_, response) => void response.writeHead(302, { location: '/x' }).end(), /redirect/i],
    ['wrong bytes', (_, response) => void response.end(Buffer.alloc(MODEL_BYTES.length)), /has the checksum/],
    ['a page in place of the file', (_, response) => void response.end('<html>sign in</html>'), /cut off after 20 of/],
    [
      'too many bytes',
      (_, response) => void response.end(Buffer.concat([MODEL_BYTES, MODEL_BYTES])),
      /longer than the \d+ bytes/,
    ],
    [
      'a truncated body',
      (_, response) => {
        response.writeHead(200, { 'content-length': MODEL_BYTES.length });
        response.write(MODEL_BYTES.subarray(0, 1_000), () => response.destroy());
      },
      /other side closed|terminated|aborted/i,
    ],
  ];
  test.each(broken)('%s is never used', async (_, listener, message) => {
    const location = newLocation();
    await expect(fetchFrom(location, await serve(listener))).rejects.toThrow(message);
    expectNothing(location);
  });

  const stalled: [string, RequestListener, RegExp][] = [
    [
      'a stalled body',
      (_, response) => {
        response.writeHead(200, { 'content-length': MODEL_BYTES.length });
        response.write(MODEL_BYTES.subarray(0, 1_000));
      },
      /body timeout/i,
    ],
    ['no answer at all', () => {}, /headers timeout/i],
  ];
  test.each(stalled)('%s ends at the limit', async (_, listener, message) => {
    const location = newLocation();
    const fetching = fetchFrom(location, await serve(listener), { limits: IMPATIENT });
    await expect(fetching).rejects.toThrow(message);
    expectNothing(location);
  });

  test('a connection that nobody takes up ends at the limit', async () => {
    // A TLS handshake that is never answered is the stall that a loopback test can make.
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const location = newLocation();
    const fetching = fetchFrom(location, `https://127.0.0.1:${port}`, { limits: IMPATIENT });
    await expect(fetching).rejects.toThrow(/connect timeout/i);
    silent.close();
  });

  test('an abort is passed on as it is', async () => {
    const abort = new AbortController();
    const endpoint = await serve(() => abort.abort(new Error('stopped by the user')));
    await expect(fetchFrom(newLocation(), endpoint, { signal: abort.signal })).rejects.toThrow('stopped by the user');
  });
});

describe('from Maven', () => {
  const jar = makeZip({ 'tiny.onnx': MODEL_BYTES, 'tiny-tokenizer.json': TOKENIZER_BYTES });
  const wrongJar = makeZip({ 'tiny.onnx': Buffer.alloc(MODEL_BYTES.length), 'tiny-tokenizer.json': TOKENIZER_BYTES });

  /** A client that copies `jarBytes` where the real one would. */
  function makeMaven(jarBytes: Buffer): string {
    const folder = path.join(root, `mvn-${number++}`);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'source.jar'), jarBytes);
    return makeScript(folder, [
      `echo "$@" > '${folder}/arguments'`,
      `for a in "$@"; do case "$a" in -DoutputDirectory=*) cp '${folder}/source.jar' "\${a#*=}/tiny-1.0.jar";; esac; done`,
    ]);
  }

  function makeScript(folder: string, lines: string[]): string {
    const script = path.join(folder, 'mvn');
    writeFileSync(script, `${['#!/bin/sh', ...lines].join('\n')}\n`);
    chmodSync(script, 0o755);
    return script;
  }

  test('is asked where Hugging Face fails', async () => {
    const maven = makeMaven(jar);
    const location = newLocation();
    const endpoint = await serve((_, response) => void response.writeHead(503).end());
    expect(await fetchFrom(location, endpoint, { maven })).toBe('maven');
    expectComplete(location);
    expect(readFileSync(path.join(path.dirname(maven), 'arguments'), 'utf8')).toContain('-Dartifact=example:tiny:1.0');
  });

  test('a jar with other bytes is never used', async () => {
    const maven = makeMaven(wrongJar);
    const location = newLocation();
    await expect(fetchFrom(location, 'http://127.0.0.1:1', { maven })).rejects.toThrow(/has the checksum/);
    expectNothing(location);
  });

  test('a failing client is reported with its error', async () => {
    const maven = makeScript(root, ['echo "[ERROR] could not resolve tiny"', 'exit 1']);
    await expect(fetchFrom(newLocation(), 'http://127.0.0.1:1', { maven })).rejects.toThrow(
      /mvn ended with 1.*could not resolve/,
    );
  });
});

test('where nothing helps, one message says what was tried and what to do', async () => {
  const location = newLocation();
  const error = await fetchFrom(location, 'http://127.0.0.1:1').catch((reason: Error) => reason);
  expect(error).toMatchObject({ name: 'ModelError' });
  const { message } = error as Error;
  for (const part of [
    'ECONNREFUSED',
    'no-mvn) is not installed',
    'HF_ENDPOINT=',
    'cinematch model fetch',
    'MODEL_DIR',
    location.folder,
    'http://127.0.0.1:1/someone/tiny/resolve/main/tokenizer.json',
  ]) {
    expect(message).toContain(part);
  }
});

test("a folder of the user's own is never written to", async () => {
  const folder = path.join(root, 'own');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'model.onnx'), 'mine');
  await expect(fetchFrom({ spec: SPEC, folder, ownFolder: true }, await serve(good))).rejects.toThrow(
    /MODEL_DIR names a folder that is not the model tiny-int8[\s\S]*model\.onnx: wrong size/,
  );
  expect(readdirSync(folder)).toEqual(['model.onnx']);
  expect(readFileSync(path.join(folder, 'model.onnx'), 'utf8')).toBe('mine');
});
