import { eq } from 'drizzle-orm'
import { reader, write } from '#db/client.ts'
import { settings } from '#db/schema.ts'

export async function getSetting(key: string): Promise<string | null> {
  const [row] = await reader().select().from(settings).where(eq(settings.key, key))
  return row?.value ?? null
}

export function putSetting(key: string, value: string): Promise<unknown> {
  return write((tx) =>
    tx.insert(settings).values({ key, value }).onConflictDoUpdate({ target: settings.key, set: { value } }),
  )
}
