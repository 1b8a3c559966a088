import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { serverSecret } from '#lib/auth/secrets.ts'

/** `docsfy_` and 43 URL-safe characters: 256 random bits. */
export function newUserKey(): string {
  return `docsfy_${newToken()}`
}

/** 43 URL-safe characters: 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** HMAC-SHA-256 hex under the server's secret: the only form in which keys and tokens are stored or looked up. */
export function hashSecret(secret: string): string {
  return createHmac('sha256', serverSecret()).update(secret).digest('hex')
}

/** Compares two hashes of equal length in constant time. */
export function sameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
