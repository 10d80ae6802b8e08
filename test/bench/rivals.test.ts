/** The rivals are honest ones: on a good day each does what it says that it does. */
import { expect, it } from 'vitest';
import { CONTESTANTS } from '../../bench/contestants.ts';
import { openGround } from '../../bench/ground.ts';
import { APPROVER, approve, askForCard, typeCommand } from '../../bench/people.ts';
import { buttonsOf, textOf } from '../../sandbox/journey.ts';
import { nothingAmiss } from '../support/stage-of-file.ts';

const whole = CONTESTANTS.filter(({ plays }) => plays === 'whole');
const acking = CONTESTANTS.filter(({ plays }) => plays === 'acks');

it.each(whole)('$name makes one endpoint after an approval, and posts its domain', async (contestant) => {
  const ground = await openGround(contestant);
  try {
    const { books, stage } = ground;
    await typeCommand(ground, 0);
    const target = ground.newTarget();
    const card = await askForCard(ground, 0, target);
    expect(stage.cloud.state.endpoints).toEqual([]);
    await approve(ground, card, target.service);
    const [endpoint, ...more] = stage.cloud.state.endpoints;
    expect(more).toEqual([]);
    expect(endpoint).toMatchObject({ instanceId: target.instance, serviceId: target.service, zoneId: target.zone });
    expect(textOf(books.result(target.service) ?? card)).toContain(endpoint?.domain);
    await stage.slack.waitFor(() => textOf(card).includes(endpoint?.endpointId ?? '?'), { what: 'the final card' });
    expect(buttonsOf(card)).not.toContain('approve');
    nothingAmiss(stage.slack);
  } finally {
    await ground.stop();
  }
});

it.each(whole)('$name refuses somebody who may not approve, and says so', async (contestant) => {
  const ground = await openGround(contestant);
  try {
    const { slack, cloud } = ground.stage;
    const card = await askForCard(ground, 0, ground.newTarget());
    await slack.as('U0DAN').click(card, 'approve');
    await slack.waitFor(() => slack.as('U0DAN').ephemerals().length === 1, { what: 'a refusal' });
    expect(cloud.state.endpoints).toEqual([]);
    expect(buttonsOf(card)).toContain('approve');
  } finally {
    await ground.stop();
  }
});

it.each(acking)('$name acknowledges the command and the click', async (contestant) => {
  const ground = await openGround(contestant);
  try {
    const { slack, cloud } = ground.stage;
    const target = ground.newTarget();
    await typeCommand(ground, 0);
    const card = await askForCard(ground, 0, target);
    await approve(ground, card, target.service);
    expect(slack.log.deliveries.map(({ status }) => status)).toEqual([200, 200]);
    expect(slack.as(APPROVER).ephemerals()).toHaveLength(contestant.answers ? 1 : 0);
    expect(cloud.calls).toEqual([]);
    nothingAmiss(slack);
  } finally {
    await ground.stop();
  }
});
