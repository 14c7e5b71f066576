/** What a column of the public data sets holds: JSON, or the literal that Python prints for the same data. */
export type Literal = null | boolean | number | string | Literal[] | { [key: string]: Literal };

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '' };
const WORDS: Readonly<Record<string, null | boolean>> = {
  None: null,
  null: null,
  True: true,
  true: true,
  False: false,
  false: false,
};

/** Parses JSON or a Python literal of lists, dicts, strings, numbers, None, True and False. Throws with the column. */
export function parseLiteral(text: string): Literal {
  const parser = new LiteralParser(text);
  const value = parser.value();
  parser.end();
  return value;
}

class LiteralParser {
  private at = 0;

  constructor(private readonly text: string) {}

  value(): Literal {
    this.space();
    const start = this.text[this.at];
    if (start === '[') return this.list();
    if (start === '{') return this.dictionary();
    if (start === '"' || start === "'") return this.string(start);
    return this.wordOrNumber();
  }

  end(): void {
    this.space();
    if (this.at < this.text.length) this.fail('the end');
  }

  private list(): Literal[] {
    const values: Literal[] = [];
    this.at++;
    while (!this.takes(']')) {
      values.push(this.value());
      if (!this.takes(',') && this.peek() !== ']') this.fail('"," or "]"');
    }
    return values;
  }

  private dictionary(): { [key: string]: Literal } {
    const entries: [string, Literal][] = [];
    this.at++;
    while (!this.takes('}')) {
      const key = this.value();
      if (!this.takes(':')) this.fail('":"');
      entries.push([String(key), this.value()]);
      if (!this.takes(',') && this.peek() !== '}') this.fail('"," or "}"');
    }
    return Object.fromEntries(entries);
  }

  private string(quote: string): string {
    let value = '';
    let from = ++this.at;
    for (;;) {
      const c = this.text[this.at];
      if (c === undefined) this.fail(`a closing ${quote}`);
      if (c === quote) break;
      if (c === '\\') {
        value += this.text.slice(from, this.at) + this.escape();
        from = this.at;
      } else this.at++;
    }
    value += this.text.slice(from, this.at);
    this.at++;
    return value;
  }

  /** Reads an escape, from its backslash to behind it. */
  private escape(): string {
    const c = this.text[this.at + 1] ?? '';
    const digits = { x: 2, u: 4, U: 8 }[c];
    if (digits === undefined) {
      this.at += 2;
      return ESCAPES[c] ?? c;
    }
    const hex = this.text.slice(this.at + 2, this.at + 2 + digits);
    const code = Number.parseInt(hex, 16);
    if (!/^[0-9a-fA-F]+$/.test(hex) || hex.length !== digits || code > 0x10ffff)
      this.fail(`${digits} digits of \\${c}`);
    this.at += 2 + digits;
    return digits === 8 ? String.fromCodePoint(code) : String.fromCharCode(code);
  }

  private wordOrNumber(): Literal {
    const token = /^[-+.\w]+/.exec(this.text.slice(this.at, this.at + 32))?.[0] ?? '';
    const word = Object.hasOwn(WORDS, token) ? WORDS[token] : undefined;
    const value = word !== undefined ? word : Number(token);
    if (token === '' || Number.isNaN(value)) this.fail('a value');
    this.at += token.length;
    return value;
  }

  private takes(c: string): boolean {
    if (this.peek() !== c) return false;
    this.at++;
    return true;
  }

  private peek(): string | undefined {
    this.space();
    return this.text[this.at];
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  private fail(expected: string): never {
    throw new Error(`expected ${expected} at character ${this.at + 1}`);
  }
}
