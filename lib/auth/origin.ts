import { config } from '#lib/config.ts'

/** Whether a browser at `origin` may use this server at `host`: the same host, or one of ALLOWED_ORIGINS. */
export function originAllowed(origin: string, host: string | null | undefined): boolean {
  if (config().allowedOrigins.includes(origin)) return true
  try {
    return !!host && new URL(origin).host === host.toLowerCase()
  } catch {
    return false
  }
}
