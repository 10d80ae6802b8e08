/** What a button carries: which request, in which revision, and nothing else. */
import { isRequestId, type RequestId } from '../../../domain/ids.ts';
import type { Request } from '../../../domain/request.ts';

export interface ButtonValue {
  readonly id: RequestId;
  readonly revision: number;
}

export function buttonValue({ id, revision }: Pick<Request, 'id' | 'revision'>): string {
  return `${id}:${revision}`;
}

export function parseButtonValue(value: string): ButtonValue | undefined {
  const [id, digits, ...rest] = value.split(':');
  if (id === undefined || digits === undefined || rest.length > 0) return undefined;
  if (!isRequestId(id) || !/^[1-9]\d{0,8}$/.test(digits)) return undefined;
  return { id, revision: Number(digits) };
}
