/** Which calls are meant to make an endpoint. */

/** A dry run makes none. */
export function isCreate({ action, dryRun }: { readonly action: string; readonly dryRun: boolean }): boolean {
  return action === 'CreateVpcEndpoint' && !dryRun;
}
