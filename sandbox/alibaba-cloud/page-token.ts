/** `NextToken` of PrivateLink's lists: opaque to the client, and good for the list that it came from. */

export function writeToken(list: string, offset: number): string {
  return Buffer.from(`${list}:${offset}`).toString('base64');
}

/** Undefined for anything that is not a token of this list. */
export function readToken(list: string, token: string): number | undefined {
  const [name, offset = ''] = Buffer.from(token, 'base64').toString().split(':');
  return name === list && /^\d{1,6}$/.test(offset) ? Number(offset) : undefined;
}
