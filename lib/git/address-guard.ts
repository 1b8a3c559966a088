import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { NetworkRules } from '#lib/domain/job.ts'
import { DocsfyError } from '#lib/errors.ts'

export type ResolveHost = (host: string) => Promise<LookupAddress[]>

/**
 * The addresses that may be dialled for `url`: resolved once and all checked, so that no second resolution can answer
 * differently. Throws `refused_address`; the sentence never tells what a name resolved to.
 */
export async function checkedAddresses(
  url: URL,
  network: NetworkRules,
  resolveHost: ResolveHost = resolveAll,
): Promise<LookupAddress[]> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refused(`Addresses of the kind "${url.protocol}" are not contacted: use https or http`)
  if (url.username || url.password) throw refused('An address with a user name or password is not contacted')
  return checkedHost(url, network, resolveHost)
}

/** The same for the host alone, whatever is spoken with it. */
export async function checkedHost(
  url: URL,
  network: NetworkRules,
  resolveHost: ResolveHost = resolveAll,
): Promise<LookupAddress[]> {
  const host = plainHost(url)
  if (!isAllowedHost(host, network.allowedHosts))
    throw refused(`The host "${host}" is not among the allowed hosts: ask an administrator (ALLOWED_REPO_HOSTS)`)
  const addresses = await addressesOf(host, resolveHost)
  if (!network.allowPrivateHosts && !addresses.every(({ address }) => isPublicAddress(address)))
    throw refused(
      `The host "${host}" is not public, and only public hosts are contacted: ask an administrator (ALLOW_PRIVATE_HOSTS)`,
    )
  return addresses
}

/** True for a globally routable unicast address. IPv6 counts only inside 2000::/3, minus its special ranges. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast'
  if (parsed instanceof ipaddr.IPv6)
    return parsed.zoneId === undefined && ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000 && parsed.range() === 'unicast'
  return false
}

function plainHost(url: URL): string {
  return url.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
}

function isAllowedHost(host: string, allowed: string[]): boolean {
  return allowed.length === 0 || allowed.some((name) => name.toLowerCase().replace(/\.$/, '') === host)
}

async function addressesOf(host: string, resolveHost: ResolveHost): Promise<LookupAddress[]> {
  const family = isIP(host)
  if (family !== 0) return [{ address: host, family }]
  const addresses = await resolveHost(host).catch(() => [])
  if (addresses.length === 0) throw refused(`The host "${host}" could not be found: check the repository address`)
  return addresses
}

function resolveAll(host: string): Promise<LookupAddress[]> {
  return lookup(host, { all: true })
}

function refused(message: string): DocsfyError {
  return new DocsfyError('refused_address', message)
}
