import { describe, expect, it } from 'vitest';
import { mermaid } from '../../engine/graph.ts';
import { processSchema } from '../../engine/schema/index.ts';

const process = processSchema.parse({
  kind: 'process',
  key: 'graph',
  name: 'Graph',
  triggers: [
    { on: 'event', event: 'lead.created' },
    { on: 'segment', segment: 'silent' },
  ],
  goals: [{ event: 'order.placed', outcome: 'bought' }],
  exits: [{ when: 'contact.score.total < 0', outcome: 'gone' }],
  steps: [
    {
      id: 'both',
      name: { en: 'Say "hi"', ru: 'Привет' },
      type: 'parallel',
      branches: {
        one: [
          { id: 'end', type: 'wait', for: 'PT1H' },
          { id: 'after', type: 'wait', for: 'PT2H' },
        ],
        two: [{ id: 'other', type: 'wait', for: 'PT1H' }],
      },
    },
    { id: 'opened', type: 'wait-for-event', event: 'message.opened', within: 'P1D', next: { received: 'call' } },
    { id: 'call', type: 'http-request', url: 'https://example.com', into: 'answer', onError: 'opened' },
  ],
});

describe('mermaid', () => {
  it('draws steps, exits, containers, errors, goals and the end', () => {
    expect(mermaid(process)).toBe(`flowchart TD
  start(["lead.created<br>entered silent"]) --> s_both
  subgraph s_both["Say &quot;hi&quot;<br>parallel"]
    subgraph s_both_one["one"]
      s_end["end<br>wait"]
      s_after["after<br>wait"]
    end
    subgraph s_both_two["two"]
      s_other["other<br>wait"]
    end
  end
  s_opened["opened<br>wait-for-event"]
  s_call["call<br>http-request"]
  s_both --> s_opened
  s_end --> s_after
  s_opened --> s_call
  s_call --> completed
  s_call -.->|error| s_opened
  completed([completed])
  goal0[/"goal: order.placed"/] -.-> goal0_end(["bought"])
  exit0[/"exit: contact.score.total &lt; 0"/] -.-> exit0_end(["gone"])
`);
  });

  it('speaks the language of the steps', () => {
    expect(mermaid(process, 'ru')).toContain('Привет');
  });
});
