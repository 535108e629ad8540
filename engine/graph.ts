import type { Language } from './model/contact.ts';
import type { LocalizedText } from './model/effects.ts';
import { type CompiledProcess, type CompiledStep, compile, target } from './process/compile.ts';
import type { Process } from './schema/index.ts';

/**
 * A process as a Mermaid flowchart: a node for each step, an edge for each exit (named where there are several), containers
 * as subgraphs, triggers at the top, goals and exits at the side.
 * @param language of the steps' names; a step without a name shows its id.
 */
export function mermaid(process: Process, language: Language = 'en'): string {
  const compiled = compile(process);
  const lines = ['flowchart TD', `  start([${quoted(triggerLabel(process))}]) --> ${node(compiled.first)}`];
  const outermost = [...compiled.steps.values()].filter(({ container }) => container === null);
  lines.push(...outermost.flatMap((step) => declare(step, compiled, language, '  ')));
  for (const step of compiled.steps.values()) lines.push(...edges(step).map((line) => `  ${line}`));
  if ([...compiled.steps.values()].some((step) => step.container === null && runsOff(step))) {
    lines.push('  completed([completed])');
  }
  for (const [kind, watches] of [['goal', process.goals] as const, ['exit', process.exits] as const]) {
    for (const [index, watch] of watches.entries()) {
      const cause = watch.event ?? watch.when ?? '';
      lines.push(
        `  ${kind}${index}[/${quoted(`${kind}: ${cause}`)}/] -.-> ${kind}${index}_end([${quoted(watch.outcome)}])`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

function declare(compiled: CompiledStep, all: CompiledProcess, language: Language, indent: string): string[] {
  const { step, branches } = compiled;
  const label = quoted(`${text(step.name, language) ?? step.id}\n${step.type}`);
  if (branches.size === 0) return [`${indent}${node(step.id)}[${label}]`];
  const lists = [...branches].flatMap(([name, first]) => {
    const inside = members(first, all).flatMap((inner) => declare(inner, all, language, `${indent}    `));
    return [`${indent}  subgraph ${node(step.id)}_${safe(name)}[${quoted(name)}]`, ...inside, `${indent}  end`];
  });
  return [`${indent}subgraph ${node(step.id)}[${label}]`, ...lists, `${indent}end`];
}

/** The steps of the list that begins with this one. */
function members(first: string, { steps }: CompiledProcess): CompiledStep[] {
  const list: CompiledStep[] = [];
  for (let id: string | null = first; id !== null; ) {
    const step = steps.get(id);
    if (step === undefined) break;
    list.push(step);
    id = step.following;
  }
  return list;
}

/** One edge for each target, with the names of all exits that lead there. */
function edges(compiled: CompiledStep): string[] {
  const { step, type, container } = compiled;
  const exits = type.exits(step);
  const names = new Map<string, string[]>();
  for (const exit of exits) {
    const id = target(compiled, exit);
    if (id === null && container !== null) continue;
    const to = id === null ? 'completed' : node(id);
    names.set(to, [...(names.get(to) ?? []), exit]);
  }
  const lines = [...names].map(([to, from]) =>
    from.length === exits.length
      ? `${node(step.id)} --> ${to}`
      : `${node(step.id)} -->|${quoted(from.join(', '))}| ${to}`,
  );
  if (step.onError !== undefined) lines.push(`${node(step.id)} -.->|error| ${node(step.onError)}`);
  return lines;
}

function runsOff(compiled: CompiledStep): boolean {
  return compiled.type.exits(compiled.step).some((exit) => target(compiled, exit) === null);
}

function triggerLabel(process: Process): string {
  return process.triggers
    .map((trigger) => {
      if (trigger.on === 'event') return trigger.event;
      if (trigger.on === 'change') return `${trigger.field} changes`;
      if (trigger.on === 'segment') return `${trigger.change} ${trigger.segment}`;
      if (trigger.on === 'schedule') return `${trigger.cron} for ${trigger.segment}`;
      return trigger.on;
    })
    .join('\n');
}

function text(name: LocalizedText | undefined, language: Language): string | undefined {
  return typeof name === 'object' ? name[language] : name;
}

/** Mermaid takes some words, such as `end`, for its own. */
function node(id: string): string {
  return `s_${safe(id)}`;
}

function safe(id: string): string {
  return id.replace(/-/g, '_');
}

function quoted(label: string): string {
  return `"${label.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n/g, '<br>')}"`;
}
