import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const LONGEST_RUN_MS = 10 * 60_000;

/** The command that copies an artifact into a folder, as a person would type it. */
function mavenArguments(artifact: string, outputDirectory: string): string[] {
  return ['-q', '-B', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${outputDirectory}`];
}

/**
 * Has the Maven client (`mvn`, or its path) fetch an artifact (from its own repository where it is there already) and hands the jar's
 * path to `use`; the copy is removed afterwards. Rejects where `mvn` is missing or fails.
 */
export async function withMavenJar<T>(
  client: string,
  artifact: string,
  use: (jar: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cinematch-maven-'));
  try {
    await runMaven(client, mavenArguments(artifact, folder), folder, signal);
    const jar = (await readdir(folder)).find((name) => name.endsWith('.jar'));
    if (!jar) throw new Error('mvn reported success but left no jar');
    return await use(path.join(folder, jar));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runMaven(client: string, args: string[], cwd: string, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timeout = AbortSignal.timeout(LONGEST_RUN_MS);
    // On Windows Maven is a command script, which only a shell starts.
    const child = spawn(client, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new Error(`the Maven client (${client}) is not installed`) : error),
    );
    child.on('close', (code) => {
      if (code === 0) return resolve();
      reject(new Error(`mvn ended with ${code}: ${firstErrorLine(output) ?? 'no output'}`));
    });
  });
}

function firstErrorLine(output: string): string | undefined {
  return (
    output
      .split('\n')
      .find((line) => line.includes('[ERROR]'))
      ?.trim() ?? output.trim().split('\n').at(-1)
  );
}
