const KEY = Symbol.for('docsfy.remembered')
type Store = Map<string, unknown>

/** One value per process under `name`, shared by both copies of a module that the server and Next load. Made on first use. */
export function remember<Value>(name: string, make: () => Value): Value {
  const holder = globalThis as { [KEY]?: Store }
  holder[KEY] ??= new Map()
  if (!holder[KEY].has(name)) holder[KEY].set(name, make())
  return holder[KEY].get(name) as Value
}
