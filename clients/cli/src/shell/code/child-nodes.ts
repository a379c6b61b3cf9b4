import type { Node } from 'acorn';

/** The nodes directly below one, in the order of the text. Of `{a}`, whose name and value are one text, the value alone. */
export function childNodes(node: Node): Node[] {
  const found = Object.entries(node).flatMap(([name, value]: [string, unknown]) => {
    if (name === 'key' && isShorthand(node)) return [];
    return Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [];
  });
  return found.sort((a, b) => a.start - b.start);
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value;
}

function isShorthand(node: Node): boolean {
  return node.type === 'Property' && 'shorthand' in node && node.shorthand === true;
}

/** A function or class: what is written in it runs as its author wrote it. */
export function hasCodeOfItsOwn(node: Node): boolean {
  return /^(Function|ArrowFunction|Class|MethodDefinition|StaticBlock)/.test(node.type);
}
