import { writesSoFar } from '#db/client.ts'

/** A number that is another one after every write. What was read after asking for it is good until it changes. */
export function databaseVersion(): number {
  return writesSoFar()
}
