import { createProgress, durationText } from '../../../src/cli/progress';

function lines(unit = 'films') {
  let time = 0;
  const written: string[] = [];
  const output = { write: (text: string) => written.push(text) };
  const progress = createProgress(output, { label: 'Importing', unit }, () => time);
  return {
    written,
    progress,
    at: (ms: number) => {
      time = ms;
    },
  };
}

test('without a terminal there is a line every five seconds, with rate and time left, and the last state', () => {
  const { written, progress, at } = lines();
  progress.update(0, 12_800);
  at(2_000);
  progress.update(600, 12_800);
  expect(written).toEqual(['Importing: 0 of 12,800 films\n']);
  at(5_000);
  progress.update(1_500, 12_800, '3 failed');
  expect(written[1]).toBe('Importing: 1,500 of 12,800 films, 300/s, 38 s left, 3 failed\n');
  at(6_000);
  progress.update(12_800, 12_800);
  progress.stop();
  progress.stop();
  expect(written.slice(2)).toEqual(['Importing: 12,800 of 12,800 films, 2,133/s\n']);
});

test('a speed that the work knows is shown in place of the measured one', () => {
  const { written, progress, at } = lines();
  progress.update(0, 300, '', { rate: 0, left: undefined });
  at(5_000);
  progress.update(250, 300, '', { rate: 12.5, left: 4 });
  expect(written).toEqual(['Importing: 0 of 300 films\n', 'Importing: 250 of 300 films, 13/s, 4 s left\n']);
});

test('what cannot be counted is said', () => {
  const { written, progress, at } = lines();
  progress.say('looking for films');
  at(5_000);
  progress.update(1, 2);
  expect(written).toEqual(['Importing: looking for films\n', 'Importing: 1 of 2 films\n']);
});

test('bytes are megabytes', () => {
  const { written, progress, at } = lines('bytes');
  progress.update(0, 23e6);
  at(5_000);
  progress.update(11.5e6, 23e6);
  expect(written[1]).toBe('Importing: 11.5 of 23.0 MB, 2.3 MB/s, 5 s left\n');
});

function bar(columns = 120) {
  let time = 0;
  const written: string[] = [];
  const terminal = { write: (text: string) => written.push(text), isTTY: true, columns };
  const progress = createProgress(terminal, { label: 'Importing', unit: 'films' }, () => time);
  return {
    written,
    progress,
    at: (ms: number) => {
      time = ms;
    },
  };
}

test('on a terminal there is a bar, which is written over at most ten times a second and stays at the end', () => {
  const { written, progress, at } = bar();
  progress.update(0, 4);
  at(99);
  progress.update(1, 4);
  at(100);
  progress.update(2, 4);
  progress.update(4, 4);
  progress.stop();
  progress.stop();
  expect(written).toEqual([
    `\r\x1b[KImporting ${'░'.repeat(24)} 0 of 4 films`,
    `\r\x1b[KImporting ${'█'.repeat(12)}${'░'.repeat(12)} 2 of 4 films, 20/s, 0 s left`,
    `\r\x1b[KImporting ${'█'.repeat(24)} 4 of 4 films, 40/s`,
    '\n',
  ]);
});

test('on a terminal what cannot be counted is said beside an empty bar', () => {
  const { written, progress } = bar();
  progress.say('looking for films');
  expect(written).toEqual([`\r\x1b[KImporting ${'░'.repeat(24)} looking for films`]);
});

test('a bar does not wrap', () => {
  const { written, progress } = bar(20);
  progress.say('looking for films');
  expect(written[0]?.replace('\r\x1b[K', '')).toHaveLength(20);
});

test('a bar of nothing writes nothing', () => {
  const { written, progress } = bar();
  progress.stop();
  expect(written).toEqual([]);
});

test('silent is silent', () => {
  const written: string[] = [];
  const progress = createProgress({ write: (text) => written.push(text) }, { label: 'x', unit: 'films', silent: true });
  progress.update(1, 2);
  progress.stop();
  expect(written).toEqual([]);
});

test('durations as people say them', () => {
  expect([0.4, 42, 200, 7_500].map(durationText)).toEqual(['0 s', '42 s', '3 min 20 s', '2 h 5 min']);
});
