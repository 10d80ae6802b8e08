/** The nouns of the local Slack: what a workspace is made of. */

export type Json = Record<string, unknown>;

export type Team = { id: string; name: string; domain: string };

export type User = {
  id: string;
  name: string;
  real_name: string;
  team_id: string;
  tz: string;
  locale: string;
  deleted: boolean;
  is_bot: boolean;
  is_restricted: boolean;
  is_ultra_restricted: boolean;
  is_stranger: boolean;
  is_admin: boolean;
  is_owner: boolean;
};

export type Channel = {
  id: string;
  name: string;
  is_private: boolean;
  is_im: boolean;
  is_archived: boolean;
  /** The bot is a member when its user id is in here. */
  members: Set<string>;
};

export type UserGroup = { id: string; handle: string; name: string; users: string[]; disabled: boolean };

export type Metadata = { event_type: string; event_payload: Json };

export type Message = {
  ts: string;
  channel: string;
  /** Who wrote it: the bot, a person, or Slackbot. */
  user: string;
  text: string;
  blocks: Json[];
  metadata?: Metadata;
  thread_ts?: string;
  /** A reply that was also sent to the channel. */
  broadcast?: boolean;
  edited?: boolean;
  /** A deleted parent whose replies are still there. */
  tombstone?: boolean;
  /** Set on messages that only one person sees, and only until the client is reloaded. */
  ephemeralTo?: string;
};

export type View = {
  id: string;
  type: 'modal' | 'home';
  user: string;
  callback_id: string;
  external_id: string;
  private_metadata: string;
  title?: Json;
  submit?: Json;
  close?: Json;
  blocks: Json[];
  clear_on_close: boolean;
  notify_on_close: boolean;
  hash: string;
  root_view_id: string;
  previous_view_id: string | null;
  /** What the person has filled in by now. */
  values: Values;
  /** What was filled in when the view was opened or last updated: all that a block_suggestion brings. */
  valuesAtOpen: Values;
  /** Errors shown beside inputs, by block_id. */
  errors: Record<string, string>;
  /** Where the person was when it opened. */
  openedFrom?: string;
  open: boolean;
};

/** block_id → action_id → the element's state. */
export type Values = Record<string, Record<string, ElementState>>;

export type ElementState = { type: string } & Json;

export type Option = { text: { type: string; text: string }; value: string } & Json;

export const asJson = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

export const asList = (value: unknown): Json[] => (Array.isArray(value) ? value.map(asJson) : []);

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A text object's text, as it was sent. */
export const textOf = (value: unknown): string => asText(asJson(value).text);
