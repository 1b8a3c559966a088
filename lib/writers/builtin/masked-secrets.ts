/** Values that grant access by themselves, as the services that give them out shape them. */
const SECRETS =
  /\b(?:(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,}|xox[abprs]-[A-Za-z0-9-]{20,}|AIza[0-9A-Za-z_-]{35}|sk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}|[rs]k_live_[A-Za-z0-9]{20,})(?![A-Za-z0-9_-])/g
const PRIVATE_KEY = /(-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----)\s+[A-Za-z0-9+/=\s]{40,}/g
const SHOWN = 4

/** A page without the secrets that its repository shows by mistake: the first characters tell which one it was. */
export function maskedSecrets(markdown: string): string {
  return markdown.replace(SECRETS, (secret) => `${secret.slice(0, SHOWN)}…`).replace(PRIVATE_KEY, '$1 … ')
}
