/** Metrics for Prometheus: a registry of the bot's own, and one function for each thing that is counted. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** Something a person did arrived: `submit`, `approve`, …. */
  inboxReceived(kind: string): void;
  /** How a command was decided: `accepted`, `refused`, …. */
  decided(outcome: string): void;
  /** @param action the API's own name, such as CreateVpcEndpoint. */
  cloudCalled(action: string, outcome: string): void;
  /** From a request's arrival to its ack. */
  acked(seconds: number): void;
  reconciled(result: string): void;
  contentType: string;
  render(): Promise<string>;
}

/** Labels are words of this code or of an API, never ids: each new value is a time series for ever. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({ name: `vpce_${name}`, help, labelNames, registers });

  const inbox = counter('inbox_received_total', 'Commands received into a request’s inbox.', ['kind']);
  const decisions = counter('decisions_total', 'Commands decided.', ['outcome']);
  const cloud = counter('cloud_calls_total', 'Calls of Alibaba Cloud’s APIs.', ['action', 'outcome']);
  const runs = counter('reconcile_runs_total', 'Runs of the reconciler.', ['result']);
  const ack = new Histogram({
    name: 'vpce_ack_seconds',
    help: 'From the arrival of what Slack sent to its ack; Slack waits 3 s.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
    registers,
  });

  return {
    inboxReceived: (kind) => inbox.inc({ kind }),
    decided: (outcome) => decisions.inc({ outcome }),
    cloudCalled: (action, outcome) => cloud.inc({ action, outcome }),
    acked: (seconds) => ack.observe(seconds),
    reconciled: (result) => runs.inc({ result }),
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}
