/** A field that can be filled in where a guard asks for it. */
export interface Field {
  of: 'deal' | 'contact';
  /** Path within it: `amount`, `attributes.plan`. */
  name: string;
}

/** What a guard asks for: fields, and the text of its condition. */
interface Asking {
  missing: readonly string[];
  when?: string | undefined;
}

const simple = {
  deal: ['title', 'amount', 'owner', 'source', 'campaign'],
  contact: ['email', 'phone', 'firstName', 'lastName', 'company'],
};
const path = /\b(deal|contact)\.((?:attributes\.)?[a-zA-Z_]\w*)/g;

/** Fields that guards miss or speak of in their conditions, each once, as far as a form can ask for them. */
export function fieldsOf(refusals: readonly Asking[]): Field[] {
  const texts = refusals.flatMap(({ missing, when }) => [...missing, when ?? '']);
  const found = texts
    .flatMap((text) => [...text.matchAll(path)])
    .flatMap(([, of, name = '']): Field[] => {
      const whose = of === 'deal' ? 'deal' : 'contact';
      return name.startsWith('attributes.') || simple[whose].includes(name) ? [{ of: whose, name }] : [];
    });
  const known = new Map(found.map((field) => [pathOf(field), field]));
  return [...known.values()];
}

export function pathOf({ of, name }: Field): string {
  return `${of}.${name}`;
}

/** What is typed for an attribute: a text that reads as a number is one, because conditions compare numbers with numbers. */
export function attributeValue(text: string): string | number {
  return String(Number(text)) === text ? Number(text) : text;
}

/** The filled-in fields of one record as its API takes them. */
export function changeOf(of: Field['of'], values: ReadonlyMap<string, string>): Record<string, unknown> {
  const own = [...values].flatMap(([path, text]): [string, string][] =>
    path.startsWith(`${of}.`) ? [[path.slice(of.length + 1), text]] : [],
  );
  const attributes = own.filter(([name]) => name.startsWith('attributes.'));
  return {
    ...Object.fromEntries(
      own
        .filter(([name]) => !name.startsWith('attributes.'))
        .map(([name, text]) => [name, name === 'amount' ? Number(text) : text]),
    ),
    ...(attributes.length > 0 && {
      attributes: Object.fromEntries(
        attributes.map(([name, text]) => [name.slice('attributes.'.length), attributeValue(text)]),
      ),
    }),
  };
}
