/** Keeps the `capacity` values used last. */
export class Lru<K, V> {
  private readonly values = new Map<K, V>();
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  has(key: K): boolean {
    return this.values.has(key);
  }

  /** The value, which then counts as used last. */
  get(key: K): V | undefined {
    const value = this.values.get(key);
    if (value !== undefined) this.put(key, value);
    return value;
  }

  /** Puts a value in and forgets the one that was not used for longest. */
  put(key: K, value: V): void {
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size <= this.capacity) return;
    const oldest = this.values.keys().next();
    if (!oldest.done) this.values.delete(oldest.value);
  }

  get size(): number {
    return this.values.size;
  }
}
