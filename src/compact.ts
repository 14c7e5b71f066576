/** `T` whose optional properties are absent rather than `undefined`, at every depth. */
export type Compact<T> = T extends readonly (infer Item)[]
  ? Compact<Item>[]
  : T extends object
    ? { [K in keyof T as undefined extends T[K] ? never : K]: Compact<T[K]> } & {
        [K in keyof T as undefined extends T[K] ? K : never]?: Compact<Exclude<T[K], undefined>>;
      }
    : T;

/** A copy of plain data without the properties that are `undefined`. */
export function compact<T>(value: T): Compact<T> {
  if (Array.isArray(value)) return value.map(compact) as Compact<T>;
  if (value === null || typeof value !== 'object') return value as Compact<T>;
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(present.map(([key, item]) => [key, compact(item)])) as Compact<T>;
}
