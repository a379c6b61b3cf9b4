import type {
  AnyNode,
  CallExpression,
  ClassDeclaration,
  ExpressionStatement,
  FunctionDeclaration,
  Node,
  Program,
  Statement,
  VariableDeclaration,
} from 'acorn';
import { childNodes, hasCodeOfItsOwn } from './child-nodes.ts';
import { parseCode } from './parse.ts';
import { patternNames } from './pattern-names.ts';

/** Code that is ready to run, and the names that must be there before it does. */
export type Rewritten = { readonly code: string; readonly declared: readonly string[]; readonly assigned: readonly string[] };

/** Name, in the code, of the object of type `Hooks`. */
export const HOOKS = '$aerolith';

/**
 * Makes of what a user typed the text of an async function body.
 *
 * 1. Outside of functions and classes the result of every call is awaited, so that no `await` need be typed. A call whose result is
 *    asked for `then`, `catch` or `finally` is left alone.
 * 2. `for (const x of y)` outside of functions becomes `for await`, so that it goes through cursors too.
 * 3. Names declared at the top become properties of the scope, so that they live on in the next input; `const` is one that may be
 *    declared again.
 * 4. The value of a last statement that is an expression is returned, in an object.
 * 5. Each loop outside of functions gives way to Ctrl-C at each turn. Lines stay where they are.
 *
 * Throws a `CodeError`.
 */
export function rewrite(text: string): Rewritten {
  const source = text.startsWith('#!') ? `//${text.slice(2)}` : text;
  const { code, program } = parsed(source);
  return new Rewriting(code).program(program);
}

/** `{a: 1}` is an object, as at Node's prompt, where that can be. */
function parsed(text: string): { readonly code: string; readonly program: Program } {
  if (/^\s*\{/.test(text) && !/;\s*$/.test(text)) {
    const code = `(${text.trimEnd()}\n)`;
    try {
      return { code, program: parseCode(code) };
    } catch {
      // Then it is a block, or what is wrong with it is said below.
      return { code: text, program: parseCode(text) };
    }
  }
  return { code: text, program: parseCode(text) };
}

class Rewriting {
  readonly #source: string;
  readonly #declared = new Set<string>();
  readonly #assigned = new Set<string>();

  constructor(source: string) {
    this.#source = source;
  }

  program({ body, end }: Program): Rewritten {
    let code = '';
    let at = 0;
    for (const [index, statement] of body.entries()) {
      const isLast = index === body.length - 1;
      code += this.#source.slice(at, statement.start) + this.#topStatement(statement as Statement, isLast);
      at = statement.end;
    }
    code += this.#source.slice(at, end);
    return { code: `${this.#hoisted(body as Statement[])}${code}`, declared: [...this.#declared], assigned: [...this.#assigned] };
  }

  /** Functions can be called above the line they stand on. */
  #hoisted(body: readonly Statement[]): string {
    const names = body.flatMap((statement) => (statement.type === 'FunctionDeclaration' ? [statement.id.name] : []));
    return names.map((name) => `${HOOKS}.scope.${name} = ${name};`).join('');
  }

  #topStatement(node: Statement, isLast: boolean): string {
    switch (node.type) {
      case 'ExpressionStatement':
        return isLast ? `return { value: ${this.#settled(node.expression)} };` : this.#text(node);
      case 'VariableDeclaration':
        return node.kind === 'using' || node.kind === 'await using' ? this.#text(node) : this.#declaration(node);
      case 'FunctionDeclaration':
        return this.#function(node);
      case 'ClassDeclaration':
        return this.#class(node);
      default:
        return this.#text(node);
    }
  }

  #function(node: FunctionDeclaration): string {
    this.#declared.add(node.id.name);
    return this.#raw(node);
  }

  #class(node: ClassDeclaration): string {
    this.#declared.add(node.id.name);
    return `void (${node.id.name} = ${this.#raw(node)});`;
  }

  /** Begins with a word that cannot go on with the line above, since that may have no semicolon. */
  #declaration(node: VariableDeclaration): string {
    return `${this.#assignments(node)};`;
  }

  #assignments({ kind, declarations }: VariableDeclaration): string {
    const parts = declarations.map(({ id, init }) => {
      for (const name of patternNames(id)) this.#declared.add(name);
      if (init == null) return kind === 'var' ? 'void 0' : `void (${this.#raw(id)} = undefined)`;
      return `void (${this.#text(id)} = ${this.#settled(init)})`;
    });
    return parts.join(', ');
  }

  /** The text of a node, rewritten. */
  #text(given: Node): string {
    const node = given as AnyNode;
    if (hasCodeOfItsOwn(node)) return this.#raw(node);
    switch (node.type) {
      case 'ExpressionStatement':
        return this.#statement(node);
      case 'AwaitExpression':
        return this.#awaited(this.#text(node.argument));
      case 'CallExpression':
        return this.#awaited(this.#parts(node));
      case 'ChainExpression':
        return this.#awaited(this.#chain(node.expression));
      case 'MemberExpression':
        return this.#member(node);
      case 'VariableDeclaration':
        return node.kind === 'var' ? this.#assignments(node) + (this.#endsWithSemicolon(node) ? ';' : '') : this.#parts(node);
      case 'ForStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.#loop(node);
      case 'AssignmentExpression':
        if (node.left.type !== 'MemberExpression') for (const name of patternNames(node.left)) this.#assigned.add(name);
        return this.#parts(node);
      default:
        return this.#parts(node);
    }
  }

  /** `await` first: a parenthesis would make a call of a line above that has no semicolon. */
  #statement(node: ExpressionStatement): string {
    if ('directive' in node && node.directive !== undefined) return this.#raw(node);
    return `${this.#settled(node.expression)};`;
  }

  #settled(node: Node): string {
    return `await ${HOOKS}.settle(${this.#text(node)})`;
  }

  #awaited(text: string): string {
    return `(await ${HOOKS}.settle(${text}))`;
  }

  #member(node: Node & { readonly object: Node; readonly property: Node; readonly computed: boolean }): string {
    const isPromiseMethod = !node.computed && /^(then|catch|finally)$/.test(this.#raw(node.property));
    if (isPromiseMethod && node.object.type === 'CallExpression')
      return this.#parts(node.object) + this.#source.slice(node.object.end, node.end);
    return this.#parts(node);
  }

  /** `a?.b(c).d`: its calls may be left out together, so they are awaited as one. */
  #chain(node: Node): string {
    const call = node as CallExpression & { readonly object?: Node };
    const head = call.type === 'CallExpression' ? call.callee : call.object;
    if (head === undefined || !/^(Call|Member)Expression$/.test(node.type)) return this.#text(node);
    return this.#pieces(node, (child) => (child === head ? this.#chain(child) : this.#text(child)));
  }

  #loop(node: AnyNode & { readonly body: Statement }): string {
    const text = this.#pieces(node, (child) => (child === node.body ? this.#turn(node.body) : this.#loopHead(node, child)));
    return node.type === 'ForOfStatement' && !node.await ? text.replace(/^for/, 'for await') : text;
  }

  #loopHead(loop: AnyNode, child: Node): string {
    const isLeft = (loop.type === 'ForInStatement' || loop.type === 'ForOfStatement') && child === loop.left;
    const declaration = child as AnyNode;
    if (!isLeft || declaration.type !== 'VariableDeclaration' || declaration.kind !== 'var') return this.#text(child);
    const [first] = declaration.declarations;
    if (first === undefined) return this.#text(child);
    for (const name of patternNames(first.id)) this.#declared.add(name);
    return this.#raw(first.id);
  }

  #turn(body: Statement): string {
    const text = this.#text(body);
    const inner = body.type === 'BlockStatement' ? text.slice(1, -1) : text;
    return `{ await ${HOOKS}.settle();${inner}}`;
  }

  /** The text of a node whose parts are rewritten, and which is not itself. */
  #parts(node: Node): string {
    return this.#pieces(node, (child) => this.#text(child));
  }

  #pieces(node: Node, textOf: (child: Node) => string): string {
    let text = '';
    let at = node.start;
    for (const child of childNodes(node)) {
      text += this.#source.slice(at, child.start) + textOf(child);
      at = child.end;
    }
    return text + this.#source.slice(at, node.end);
  }

  #raw(node: Node): string {
    return this.#source.slice(node.start, node.end);
  }

  #endsWithSemicolon(node: Node): boolean {
    return this.#source[node.end - 1] === ';';
  }
}
