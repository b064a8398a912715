export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '**' | '==' | '!=' | '>' | '>=' | '<' | '<=' | '&&' | '||';

export type MathNode =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'unary'; readonly operator: '!' | '-'; readonly operand: MathNode }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: MathNode; readonly right: MathNode }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly MathNode[] };

interface Token {
  readonly kind: 'number' | 'variable' | 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

const MAX_CHARS = 10_000;
const MAX_DEPTH = 200;

const TOKEN = /\s*(?:(0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|\$\{([^}]*)\}|\$([A-Za-z_]\w*)|([A-Za-z_]\w*)|(\*\*|==|!=|>=|<=|&&|\|\||[-+*/%!<>(),]))/y;

/** From loosest to tightest; `**` binds tighter than all, and like the others from left to right. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [['||'], ['&&'], ['==', '!=', '>=', '<=', '>', '<'], ['+', '-'], ['*', '/', '%'], ['**']];

/** Parses the language of Grafana's math expressions: `$A / (1 - ${B}) > 0.5 && !is_nan($C)`. */
export function parseMath(text: string): MathNode {
  if (text.length > MAX_CHARS) {
    throw new Error(`A math expression may have ${MAX_CHARS} characters, this one has ${text.length}.`);
  }
  return new Parser(tokens(text)).parse();
}

/** The queries that an expression needs. */
export function variablesOf(node: MathNode): string[] {
  switch (node.kind) {
    case 'number':
      return [];
    case 'variable':
      return [node.name];
    case 'unary':
      return variablesOf(node.operand);
    case 'binary':
      return [...variablesOf(node.left), ...variablesOf(node.right)];
    case 'call':
      return node.args.flatMap(variablesOf);
  }
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) {
      throw new Error(`Unexpected “${text.slice(at).trim()[0] ?? ''}” at character ${at + 1} of the math expression.`);
    }
    const [all, number, braced, variable, name, symbol] = match;
    const start = at + all.length - (number ?? symbol ?? name ?? '').length;
    if (number !== undefined) found.push({ kind: 'number', text: number, at: start });
    else if (braced !== undefined) found.push({ kind: 'variable', text: braced, at: start });
    else if (variable !== undefined) found.push({ kind: 'variable', text: variable, at: start });
    else if (name !== undefined) found.push({ kind: 'name', text: name, at: start });
    else found.push({ kind: 'symbol', text: symbol ?? '', at: start });
    at = TOKEN.lastIndex;
  }
  return [...found, { kind: 'end', text: '', at: text.length }];
}

class Parser {
  private position = 0;
  private depth = 0;

  constructor(private readonly list: readonly Token[]) {}

  parse(): MathNode {
    const node = this.level(0);
    if (this.peek().kind !== 'end') {
      throw this.unexpected();
    }
    return node;
  }

  private level(index: number): MathNode {
    const operators = LEVELS[index];
    if (operators === undefined) {
      return this.factor();
    }
    let left = this.level(index + 1);
    for (;;) {
      const operator = operators.find((candidate) => this.peek().kind === 'symbol' && candidate === this.peek().text);
      if (operator === undefined) {
        return left;
      }
      this.position++;
      left = { kind: 'binary', operator, left, right: this.level(index + 1) };
    }
  }

  private factor(): MathNode {
    if (++this.depth > MAX_DEPTH) {
      throw new Error(`A math expression may be nested ${MAX_DEPTH} deep.`);
    }
    try {
      return this.bareFactor();
    } finally {
      this.depth--;
    }
  }

  private bareFactor(): MathNode {
    const token = this.peek();
    this.position++;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'variable':
        return { kind: 'variable', name: token.text };
      case 'name':
        return this.call(token);
      case 'symbol':
        if (token.text === '(') {
          const inner = this.level(0);
          this.expect(')');
          return inner;
        }
        if (token.text === '!' || token.text === '-') {
          return { kind: 'unary', operator: token.text, operand: this.factor() };
        }
        break;
      case 'end':
    }
    this.position--;
    throw this.unexpected();
  }

  private call(name: Token): MathNode {
    this.expect('(');
    const args: MathNode[] = [];
    while (this.peek().text !== ')' || this.peek().kind !== 'symbol') {
      if (args.length > 0) this.expect(',');
      args.push(this.level(0));
    }
    this.expect(')');
    return { kind: 'call', name: name.text, args };
  }

  private peek(): Token {
    return this.list[this.position] ?? { kind: 'end', text: '', at: 0 };
  }

  private expect(symbol: string): void {
    const token = this.peek();
    if (token.kind !== 'symbol' || token.text !== symbol) {
      throw this.unexpected(symbol);
    }
    this.position++;
  }

  private unexpected(expected?: string): Error {
    const token = this.peek();
    const what = token.kind === 'end' ? 'The math expression ends too early' : `Unexpected “${token.text}” at character ${token.at + 1} of the math expression`;
    return new Error(expected === undefined ? `${what}.` : `${what}: “${expected}” is expected.`);
  }
}
