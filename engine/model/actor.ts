/** Who did something: a person of the company, a process instance, another program by the API, or Voronka itself. */
export type Actor = 'api' | `user:${string}` | `instance:${string}` | 'system';
