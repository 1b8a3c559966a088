import type { Access } from './base-urls.ts'

/** Shorter ones ("true", a port) are no secrets, and a text would fall apart without them. */
const MIN_LENGTH = 6

/** The variables whose values let somebody in: a model's answer may name an address, never these. */
export function keysOf(access: Access): Access {
  return Object.fromEntries(Object.entries(access).filter(([name]) => /_(KEY|TOKEN)$/.test(name)))
}

/** Takes every value of the variables out of a text, the names of hosts in addresses too, and one the end of the text cuts. */
export function without(access: Access): (text: string) => string {
  const values = Object.entries(access)
    .flatMap(([name, value]) => [value, value.trim(), ...(/_(BASE_URL|HOST)$/.test(name) ? hostsOf(value) : [])])
    .filter((value) => value.length >= MIN_LENGTH)
    .sort((a, b) => b.length - a.length)
  return (text) => values.reduce((rest, value) => withoutCut(rest.replaceAll(value, '…'), value), text)
}

function hostsOf(value: string): string[] {
  const address = /^https?:\/\//i.test(value) ? value : `http://${value}`
  if (!URL.canParse(address)) return []
  const { host, hostname } = new URL(address)
  return [host, hostname]
}

function withoutCut(text: string, value: string): string {
  for (let length = value.length - 1; length >= MIN_LENGTH; length -= 1)
    if (text.endsWith(value.slice(0, length))) return `${text.slice(0, -length)}…`
  return text
}
