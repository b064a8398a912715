/**
 * The expressions of column filters, such as `$ > 10 && $ <= 20`: `$` is the value of the cell; numbers, texts in quotes,
 * `true` and `false`; `+ - * / %`, comparisons, `&& || !` and parentheses, with JavaScript's precedence. Nothing of it is
 * ever run as a program.
 */
export type CellCondition = (value: CellValue) => boolean;
export type CellValue = string | number | boolean;
export type ParsedCondition = { readonly kind: 'condition'; readonly test: CellCondition } | { readonly kind: 'refused'; readonly message: string };

type Node = (cell: CellValue) => CellValue;

const MAX_CHARS = 1000;
const TOKEN = /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\$)|(true|false)\b|(===|!==|==|!=|>=|<=|&&|\|\||[-+*/%<>!()]))/y;

export function parseCondition(text: string): ParsedCondition {
  if (text.length > MAX_CHARS) {
    return { kind: 'refused', message: `An expression has at most ${MAX_CHARS} characters.` };
  }
  try {
    const node = new Parser(tokenize(text)).whole();
    return { kind: 'condition', test: (value) => Boolean(node(value)) };
  } catch (error) {
    return { kind: 'refused', message: error instanceof Error ? error.message : 'The expression cannot be read.' };
  }
}

interface Token {
  readonly kind: 'value' | 'cell' | 'sign';
  readonly text: string;
  readonly value: CellValue;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.trimEnd().length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) {
      throw new Error(`“${text.slice(at).trim().slice(0, 20)}” cannot be read. Write the cell as $, for example $ > 10 && $ <= 20.`);
    }
    const [whole, number, quoted, cell, truth, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'value', text: whole, value: Number(number) });
    else if (quoted !== undefined) tokens.push({ kind: 'value', text: whole, value: quoted.slice(1, -1).replace(/\\(.)/g, '$1') });
    else if (cell !== undefined) tokens.push({ kind: 'cell', text: '$', value: 0 });
    else if (truth !== undefined) tokens.push({ kind: 'value', text: whole, value: truth === 'true' });
    else tokens.push({ kind: 'sign', text: sign ?? '', value: 0 });
  }
  return tokens;
}

const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['===', '!==', '==', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']];
const MAX_DEPTH = 50;

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Node {
    const node = this.binary(0);
    const rest = this.tokens[this.at];
    if (rest) {
      throw new Error(`“${rest.text.trim()}” is not expected here.`);
    }
    return node;
  }

  private binary(level: number): Node {
    const signs = LEVELS[level];
    if (!signs) {
      return this.unary();
    }
    let left = this.binary(level + 1);
    for (let sign = this.take(signs); sign !== undefined; sign = this.take(signs)) {
      left = combine(sign, left, this.binary(level + 1));
    }
    return left;
  }

  private unary(): Node {
    if (++this.depth > MAX_DEPTH) {
      throw new Error('The expression is nested too deeply.');
    }
    try {
      const sign = this.take(['!', '-', '+']);
      if (sign !== undefined) {
        const inner = this.unary();
        return sign === '!' ? (cell) => !inner(cell) : sign === '-' ? (cell) => -Number(inner(cell)) : (cell) => Number(inner(cell));
      }
      if (this.take(['(']) !== undefined) {
        const inner = this.binary(0);
        if (this.take([')']) === undefined) {
          throw new Error('A closing parenthesis is missing.');
        }
        return inner;
      }
      const token = this.tokens[this.at++];
      if (!token || token.kind === 'sign') {
        throw new Error(token ? `“${token.text}” is not expected here.` : 'The expression ends too early.');
      }
      return token.kind === 'cell' ? (cell) => cell : () => token.value;
    } finally {
      this.depth--;
    }
  }

  private take(signs: readonly string[]): string | undefined {
    const token = this.tokens[this.at];
    if (token?.kind === 'sign' && signs.includes(token.text)) {
      this.at++;
      return token.text;
    }
    return undefined;
  }
}

function combine(sign: string, left: Node, right: Node): Node {
  switch (sign) {
    case '||':
      return (cell) => left(cell) || right(cell);
    case '&&':
      return (cell) => left(cell) && right(cell);
    case '==':
    case '===':
      return (cell) => left(cell) === right(cell);
    case '!=':
    case '!==':
      return (cell) => left(cell) !== right(cell);
    case '<':
      return (cell) => left(cell) < right(cell);
    case '<=':
      return (cell) => left(cell) <= right(cell);
    case '>':
      return (cell) => left(cell) > right(cell);
    case '>=':
      return (cell) => left(cell) >= right(cell);
    case '+':
      return (cell) => plus(left(cell), right(cell));
    case '-':
      return (cell) => Number(left(cell)) - Number(right(cell));
    case '*':
      return (cell) => Number(left(cell)) * Number(right(cell));
    case '/':
      return (cell) => Number(left(cell)) / Number(right(cell));
    default:
      return (cell) => Number(left(cell)) % Number(right(cell));
  }
}

function plus(left: CellValue, right: CellValue): CellValue {
  return typeof left === 'string' || typeof right === 'string' ? `${left}${right}` : Number(left) + Number(right);
}
