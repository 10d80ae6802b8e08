/** Sends the same request unsigned, through undici and nothing else: the ceiling. */
import { Pool } from 'undici';
import { CALLS_AT_ONCE, CALLS_INSTANCE, CALLS_URL, callAndPrint } from './print.ts';

const importMs = performance.now();
const pool = new Pool(CALLS_URL, { connections: Number(CALLS_AT_ONCE) });
const path = `/openapi/instances/${CALLS_INSTANCE}/vpc-endpoints?page=1&size=20`;
await callAndPrint(importMs, async () => {
  const { body } = await pool.request({ path, method: 'GET' });
  await body.text();
});
await pool.close();
