/** The floor: a bare Bolt app that acknowledges and does nothing else. */
import { openBolt, startBolt } from '../bolt.ts';

const app = openBolt();

app.command('/vpc-endpoint', async ({ ack }) => {
  await ack();
});

app.action('approve', async ({ ack }) => {
  await ack();
});

await startBolt(app);
