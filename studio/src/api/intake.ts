import { read } from './access.ts';
import { ApiProblem } from './client.ts';

interface Receipt {
  status: 'pending' | 'done' | 'failed';
  problems: { code: string; message: string; details?: object }[];
}

/** How often a busy writer is asked. Real milliseconds. */
const everyMs = 500;

/** Waits until what was accepted is applied. @throws ApiProblem with the problem that it met */
export async function applied(id: string): Promise<void> {
  for (;;) {
    const { status, problems } = await read<Receipt>(`/intake/${id}`);
    const [problem] = problems;
    if (problem !== undefined) {
      throw new ApiProblem(409, { code: problem.code, detail: problem.message, details: problem.details });
    }
    if (status !== 'pending') return;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
