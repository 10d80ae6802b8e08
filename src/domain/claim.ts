/** The right to do what can't be repeated: written in a commit before it is done. */

/** A person's or a run's exclusive right to do what can't be repeated, in wall time. */
export interface Claim {
  /** The run that holds it. */
  readonly holder: string;
  readonly since: number;
  /** Nobody else sends before this and a margin. */
  readonly until: number;
}
