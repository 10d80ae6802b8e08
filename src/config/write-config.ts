/** Writes a new config file: what was answered, in the words of the schema, with a comment where one helps. */
import { Document, isMap, isScalar, Scalar } from 'yaml';

export interface NewAccount {
  readonly region: string;
  readonly elasticsearch_endpoint?: string;
  readonly privatelink_endpoint?: string;
  readonly credentials: Readonly<Record<string, string>>;
}

export interface NewConfig {
  readonly accounts: Readonly<Record<string, NewAccount>>;
  readonly channels: { readonly approvals: string; readonly audit?: string };
  readonly locale: string;
  readonly rules: readonly {
    readonly name: string;
    readonly steps: readonly {
      readonly users: readonly string[];
      readonly groups: readonly string[];
      readonly required: number;
    }[];
    /** Whom the card mentions. */
    readonly notify: string;
    readonly expires_after: string;
  }[];
}

const HEAD = ` Written by "vpc-endpoint-bot init". vpc-endpoint.example.yml has every key; "vpc-endpoint-bot doctor" checks it.
 It holds no secrets: tokens and AccessKey pairs stay in the environment.`;

const SECTIONS: Readonly<Record<keyof NewConfig, string>> = {
  accounts: ' The Alibaba Cloud accounts, by the names that people see in Slack.',
  channels: ' Where requests wait for approval, and where each outcome gets a line. The bot must be a member.',
  locale: ' The language of messages in channels: en or zh-CN.',
  rules: ' Whose yes it takes. The first rule that matches decides; a request that none matches is refused.',
};

/** @param named what people call the ids, such as `@ben`, to stand beside them. */
export function configText(config: NewConfig, named: ReadonlyMap<string, string>): string {
  const document = new Document(config, { aliasDuplicateObjects: false });
  document.commentBefore = HEAD;
  if (isMap(document.contents)) {
    for (const [index, { key }] of document.contents.items.entries()) {
      if (!isScalar(key)) continue;
      key.spaceBefore = index > 0;
      const section = Object.entries(SECTIONS).find(([name]) => name === key.value);
      if (section !== undefined) key.commentBefore = section[1];
    }
  }
  for (const path of paths(config)) {
    const node = document.getIn(path, true);
    const name = node instanceof Scalar && typeof node.value === 'string' ? named.get(node.value) : undefined;
    if (node instanceof Scalar && name !== undefined) node.comment = ` ${name.replace(/\s+/g, ' ')}`;
  }
  return document.toString({ lineWidth: 0 });
}

/** Every value, by its path. */
function paths(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, inner]) => paths(inner, [...path, key]));
}
