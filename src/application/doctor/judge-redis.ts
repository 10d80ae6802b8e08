/** Whether a Redis keeps what it is told, and takes what it is told. */
import type { Finding, RedisSetting } from '../../domain/doctor/findings.ts';
import type { RedisExaminer, RedisReport } from './ports.ts';

/** Older ones lack commands that the queue makes use of. */
const WANTED = '6.2';

export function judgeRedis(answer: Awaited<ReturnType<RedisExaminer>>): readonly Finding[] {
  switch (answer.kind) {
    case 'unreachable':
      return [{ id: 'redis-unreachable', error: answer.error }];
    case 'data-folder-unusable':
      return [{ id: 'data-folder-unusable', dir: answer.dir, error: answer.error }];
    case 'reached':
      return [
        { id: 'redis-ready', version: answer.version },
        ...(isOlder(answer.version, WANTED)
          ? [{ id: 'redis-old', version: answer.version, wanted: WANTED } as const]
          : []),
        ...(answer.replica ? [{ id: 'redis-replica' } as const] : []),
        ...judgeReplicas(answer),
        ...judgeSettings(answer),
      ];
  }
}

function judgeReplicas({ replicas, replicasNeeded }: RedisReport): readonly Finding[] {
  if (replicas === 1) return [{ id: 'redis-one-replica' }];
  return replicas === 0 && replicasNeeded ? [{ id: 'redis-no-replica' }] : [];
}

function judgeSettings({ settings, snapshots }: RedisReport): readonly Finding[] {
  const { appendonly, appendfsync } = settings;
  const policy = settings['maxmemory-policy'];
  const findings: Finding[] = [];
  const unknown = (setting: RedisSetting) => findings.push({ id: 'redis-setting-unknown', setting });

  if (policy === undefined) unknown('maxmemory-policy');
  else if (policy !== 'noeviction') findings.push({ id: 'redis-evicts', policy });

  if (appendonly === undefined) unknown('appendonly');
  else if (appendonly !== 'yes') findings.push({ id: 'redis-forgets', snapshots });
  else if (appendfsync === undefined) unknown('appendfsync');
  else if (appendfsync !== 'always') findings.push({ id: 'redis-syncs-late', appendfsync });
  return findings;
}

function isOlder(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
