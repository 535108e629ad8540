import type { ASTNode } from '@marcbachmann/cel-js';

/** Methods that loop over a list with a variable of their own. */
export const comprehensions: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/** Direct operands of a node, in the order of the text. A comprehension's variable is one of them. */
export function children(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}

/** The comprehension that a node is: what it loops over, its variable, and what it does with each element. */
export function comprehension(
  node: ASTNode,
): { range: ASTNode; variable: string; body: readonly ASTNode[]; name: string } | null {
  if (node.op !== 'rcall' || !comprehensions.has(node.args[0])) return null;
  const [name, range, [variable, ...body]] = node.args;
  return variable?.op === 'id' ? { range, variable: variable.args, body, name } : null;
}

/** A chain of fields from a name, such as `contact.attributes.city`: its name and the fields after it. */
export interface Path {
  root: string;
  fields: readonly string[];
  /** The chain as text: the key under which its value is reported. */
  text: string;
  node: ASTNode;
}

/** The longest field chains of an expression that begin at a name which no comprehension binds. */
export function paths(node: ASTNode, bound: ReadonlySet<string> = new Set()): Path[] {
  const chain = pathOf(node);
  if (chain) return bound.has(chain.root) ? [] : [chain];
  const loop = comprehension(node);
  if (loop) {
    const inner = new Set([...bound, loop.variable]);
    return [...paths(loop.range, bound), ...loop.body.flatMap((part) => paths(part, inner))];
  }
  return children(node).flatMap((child) => paths(child, bound));
}

function pathOf(node: ASTNode): Path | null {
  if (node.op === 'id') return { root: node.args, fields: [], text: node.args, node };
  const field = fieldOf(node);
  if (field === null) return null;
  const parent = pathOf(field.of);
  if (!parent) return null;
  const text = /^[A-Za-z_]\w*$/.test(field.name)
    ? `${parent.text}.${field.name}`
    : `${parent.text}[${JSON.stringify(field.name)}]`;
  return { root: parent.root, fields: [...parent.fields, field.name], text, node };
}

function fieldOf(node: ASTNode): { of: ASTNode; name: string } | null {
  if (node.op === '.' || node.op === '.?') return { of: node.args[0], name: node.args[1] };
  if (node.op !== '[]' && node.op !== '[?]') return null;
  const [of, index] = node.args;
  return index.op === 'value' && typeof index.args === 'string' ? { of, name: index.args } : null;
}
