import Handlebars from 'handlebars';

/** What a Handlebars text reads and calls. */
export interface TemplateReading {
  /** Paths that must be there: all outside of `{{#if}}` and `{{#unless}}`. */
  required: ReadonlySet<string>;
  /** Paths that are read only where a condition held. */
  optional: ReadonlySet<string>;
  helpers: ReadonlySet<string>;
}

const conditional = new Set(['if', 'unless']);
/** Inside of these, plain names belong to an item and not to the template's data. */
const scoping = new Set(['each']);

/**
 * Reads the variables out of a template's syntax tree, those of the partials that it includes as well.
 * @param partials texts by name; a partial that is not among them counts as a helper `> name`.
 * @throws Error with line and column when the text is no Handlebars.
 */
export function readTemplate(text: string, partials: Readonly<Record<string, string>> = {}): TemplateReading {
  const reader = new Reader(partials);
  reader.accept(Handlebars.parse(text));
  for (const path of reader.required) reader.optional.delete(path);
  return reader;
}

class Reader extends Handlebars.Visitor implements TemplateReading {
  readonly required = new Set<string>();
  readonly optional = new Set<string>();
  readonly helpers = new Set<string>();
  private readonly partials: Readonly<Record<string, string>>;
  private conditions = 0;
  private scopes = 0;
  private readonly including: string[] = [];

  constructor(partials: Readonly<Record<string, string>>) {
    super();
    this.partials = partials;
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const name = block.path.original;
    this.helpers.add(name);
    const optional = conditional.has(name);
    const scoped = scoping.has(name);
    if (optional) this.conditions++;
    this.arguments(block);
    if (scoped) this.scopes++;
    this.accept(block.program);
    if (scoped) this.scopes--;
    if (block.inverse) this.accept(block.inverse);
    if (optional) this.conditions--;
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    this.call(mustache);
  }

  override SubExpression(expression: hbs.AST.SubExpression): void {
    this.call(expression);
  }

  override PartialStatement(partial: hbs.AST.PartialStatement): void {
    this.arguments(partial);
    const name = 'original' in partial.name ? partial.name.original : '';
    const text = this.partials[name];
    if (text === undefined) this.helpers.add(`> ${name}`);
    if (text === undefined || this.including.includes(name)) return;
    this.including.push(name);
    this.accept(Handlebars.parse(text));
    this.including.pop();
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    const inItem = this.scopes > 0 && path.depth === 0;
    if (path.data || inItem || path.parts.length === 0) return;
    (this.conditions > 0 ? this.optional : this.required).add(path.parts.join('.'));
  }

  private call(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression): void {
    const isCall = node.params.length > 0 || (node.hash !== undefined && node.hash.pairs.length > 0);
    if (isCall && 'original' in node.path) this.helpers.add(String(node.path.original));
    else this.accept(node.path);
    this.arguments(node);
  }

  private arguments(node: { params: hbs.AST.Expression[]; hash?: hbs.AST.Hash }): void {
    this.acceptArray(node.params);
    if (node.hash) this.accept(node.hash);
  }
}
