/** What Linux says of a process: its memory, and the processor's time that it has had. */
import { readFile } from 'node:fs/promises';

/** Linux tells it to user programs in hundredths of a second. */
const TICK_MS = 10;

export async function residentMiB(pid: number): Promise<number> {
  const kiB = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kiB) / 1_024;
}

/** User and system together, since the process began. */
export async function processorMs(pid: number): Promise<number> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The second field is the name in brackets, and may have spaces in it.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
