/** A map of what was heard of lately: beyond so many, what was set longest ago is forgotten. */
export class Recent<K, V> {
  private readonly most: number;
  private readonly values = new Map<K, V>();

  constructor(most: number) {
    this.most = most;
  }

  get(key: K): V | undefined {
    return this.values.get(key);
  }

  set(key: K, value: V): void {
    this.values.delete(key);
    this.values.set(key, value);
    const [oldest] = this.values.keys();
    if (this.values.size > this.most && oldest !== undefined) this.values.delete(oldest);
  }

  delete(key: K): void {
    this.values.delete(key);
  }
}
