import type { Json, JsonObject } from '../../../engine/json.ts';
import type { Actor } from '../../../engine/model/actor.ts';
import { type TaskEventName, taskJson } from '../../../engine/model/task.ts';
import type { TaskDoc } from '../../../store/models/task.ts';
import { taskView } from '../../../store/tasks.ts';
import { aboutIn } from '../about.ts';
import type { Filed } from '../filing.ts';
import { main } from '../happening.ts';
import type { Applied, Desk } from '../kinds.ts';
import type { Person } from '../person.ts';

/** Whose task it is and who does something to it. */
export interface TaskScene {
  file: Filed<TaskDoc>;
  person: Person;
  by: Actor;
}

/** The one thing that an item did to a task, as the task is now. What is `undefined` is not told. */
export function told(
  name: TaskEventName,
  { file: { doc }, person, by }: TaskScene,
  more: Record<string, Json | undefined>,
  desk: Desk,
): Applied {
  const said: JsonObject = JSON.parse(JSON.stringify(more));
  return {
    person,
    happenings: [main(name, { ...said, by, task: taskJson(taskView(doc)), ...aboutIn(doc.subject, desk) })],
  };
}
