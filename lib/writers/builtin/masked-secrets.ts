/** Values that grant access by themselves, as the services that give them out shape them. */
const SECRETS =
  /\b(?:(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,}|xox[abprs]-[A-Za-z0-9-]{20,}|AIza[0-9A-Za-z_-]{35}|sk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}|[rs]k_live_[A-Za-z0-9]{20,})(?![A-Za-z0-9_-])/g
const PRIVATE_KEY = /(-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----)\s+[A-Za-z0-9+/=\s]{40,}/g
/** What is given to a name that says it is secret, in quotes or for the environment. */
const ASSIGNED =
  /((?:secret|token|passw(?:or)?d|api_?key|private_?key|credential|salt)\w*["'`]?\s*[:=]\s*(["'`]?))([A-Za-z0-9+/_=-]{20,})(?![\w(.])/gi
const LEAST_BITS = 3.8
const PLACEHOLDER = /example|placeholder|xxxx|your|changeme|change-?this|dummy|test|sample|0000|1234|abcd/i
const SHOWN = 4

/** A page without the secrets that its repository shows by mistake: the first characters tell which one it was. */
export function maskedSecrets(markdown: string): string {
  return markdown
    .replace(SECRETS, (secret) => `${secret.slice(0, SHOWN)}…`)
    .replace(PRIVATE_KEY, '$1 … ')
    .replace(ASSIGNED, (...[whole = '', before = '', quote, value = '']: string[]) => {
      const isGiven = quote !== '' || /^[A-Z_]+\s*[:=]/.test(before)
      return isGiven && isRandom(value) ? `${before}${value.slice(0, SHOWN)}…` : whole
    })
}

function isRandom(value: string): boolean {
  if (PLACEHOLDER.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false
  const counts = Map.groupBy(value, (char) => char)
  let bits = 0
  for (const { length } of counts.values()) bits -= (length / value.length) * Math.log2(length / value.length)
  return bits >= LEAST_BITS && !/^(?:[A-Za-z]+|\d{1,4})(?:[-_](?:[A-Za-z]+|\d{1,4})){3,}$/.test(value)
}
