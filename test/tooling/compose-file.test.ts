/** docker-compose.yml and the Dockerfile: what the guarantees rest on is in them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseRedisUrl } from '../../src/config/redis-url.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

interface Service {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: unknown;
  readonly stop_grace_period?: string;
}

describe('docker-compose.yml', () => {
  const compose = parse(read('docker-compose.yml')) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  };
  const { bot, redis } = compose.services;

  test('has a Redis that keeps what it acknowledged', () => {
    const setting = (name: string) => redis?.command?.[redis.command.indexOf(name) + 1];
    expect(setting('--appendonly')).toBe('yes');
    expect(setting('--appendfsync')).toBe('always');
    expect(setting('--maxmemory-policy')).toBe('noeviction');
    expect(redis?.volumes).toEqual(['redis-data:/data']);
    expect(compose.volumes).toHaveProperty('redis-data');
    expect(redis?.healthcheck?.test).toEqual(['CMD', 'redis-cli', 'ping']);
  });

  test('starts the bot when Redis answers, with its address, and gives it time to finish', () => {
    expect(bot?.depends_on).toEqual({ redis: { condition: 'service_healthy' } });
    expect(parseRedisUrl(bot?.environment?.REDIS_URL ?? '')).toMatchObject({
      kind: 'single',
      host: 'redis',
      port: 6379,
    });
    expect(Number.parseInt(bot?.stop_grace_period ?? '', 10)).toBeGreaterThan(15);
  });
});

describe('the Dockerfile', () => {
  const docker = read('Dockerfile');

  test('runs without root and asks /readyz', () => {
    expect(docker).toMatch(/^USER node$/m);
    expect(docker).toMatch(/^HEALTHCHECK[\s\S]*\/readyz/m);
    expect(docker.indexOf('USER node')).toBeLessThan(docker.indexOf('CMD ["node", "dist/main.js"]'));
  });

  test('copies what is there, and the context has it', () => {
    const sources = [...docker.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, what = '']) =>
      what.split(' ').slice(0, -1),
    );
    const context = read('.dockerignore').split('\n');
    expect(sources.length).toBeGreaterThan(5);
    for (const source of sources) {
      expect(existsSync(path.join(ROOT, source)), source).toBe(true);
      expect(context, source).toContain(`!${source}`);
    }
  });
});
