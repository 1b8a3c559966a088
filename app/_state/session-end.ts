import { addressHere } from '#app/_state/address.ts'
import { loginAddress } from '#lib/domain/deep-link.ts'

let held = false

/** Asks for login, then for the page that is open now. Does nothing while something must be read first. */
export function goToLogin(): void {
  if (held) return
  window.location.assign(loginAddress(addressHere()))
}

/** Keeps the page open although its session ends: a new key is shown once and must be copied. */
export function holdLogin(hold: boolean): void {
  held = hold
}

/** As fetch; an answer that says that the session is over leads to login. */
export async function fetchOrLogin(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init)
  if (response.status === 401) goToLogin()
  return response
}
