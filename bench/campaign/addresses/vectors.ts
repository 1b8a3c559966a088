import { FORBIDDEN_NAMES, REBINDING_NAMES, SPELLINGS } from './places.ts'

export interface Vector {
  kind: 'spelling' | 'name' | 'rebinding' | 'redirect' | 'form'
  url: string
}

export interface Ports {
  /** The canary on forbidden addresses, an honest Git server on one public address, a redirecting one on the other. */
  shared: number
  redirecting: number
}

const SCHEMES = ['http', 'https', 'ssh://git@'].map((scheme) => (scheme.includes('@') ? scheme : `${scheme}://`))

/** Every address that must lead to no connection with a forbidden place. */
export function vectorsFor(ports: Ports): Vector[] {
  const { shared } = ports
  const on = (host: string) => `${host}:${shared}/r`
  return [
    ...SPELLINGS.flatMap((host) => SCHEMES.map((scheme) => ({ kind: 'spelling' as const, url: scheme + on(host) }))),
    ...FORBIDDEN_NAMES.flatMap((host) => SCHEMES.map((scheme) => ({ kind: 'name' as const, url: scheme + on(host) }))),
    ...REBINDING_NAMES.map((host) => ({ kind: 'rebinding' as const, url: `http://${host}:${shared}/sample` })),
    ...redirects(ports),
    ...forms(shared).map((url) => ({ kind: 'form' as const, url })),
  ]
}

/** `redirect` is answered with that status and address; what a fetch asks next is answered in the same way. */
export function redirecting({ redirecting }: Ports, status: number, target: string): string {
  return `http://forge.test:${redirecting}/${status}/${Buffer.from(target).toString('base64url')}`
}

function redirects(ports: Ports): Vector[] {
  const bad = `${ports.shared}/r`
  const targets = [...SPELLINGS.slice(0, 24), ...FORBIDDEN_NAMES, ...REBINDING_NAMES].map(
    (host) => `http://${host}:${bad}`,
  )
  const schemes = [`https://127.0.0.1:${bad}`, `ssh://git@127.0.0.1:${bad}`, `git://127.0.0.1:${bad}`]
  const odd = [`//127.0.0.1:${bad}`, `http:\\\\127.0.0.1:${bad}`, `http://a:b@127.0.0.1:${bad}`, 'file:///etc/passwd']
  const chain = redirecting(ports, 302, redirecting(ports, 307, `http://127.0.0.1:${bad}`))
  return [...targets, ...schemes, ...odd, chain].flatMap((target, n) =>
    (n < 3 ? [301, 302, 307, 308] : [[301, 302, 307, 308][n % 4] ?? 301]).map((status) => ({
      kind: 'redirect' as const,
      url: redirecting(ports, status, target),
    })),
  )
}

function forms(port: number): string[] {
  const place = `127.0.0.1:${port}`
  return [
    ...[`ext::sh -c "exec 3<>/dev/tcp/127.0.0.1/${port}"`, `ext::nc 127.0.0.1 ${port}`, `fd::17`, `git://${place}/r`],
    ...[
      `ftp://${place}/r`,
      `gopher://${place}/r`,
      `http::http://${place}/r`,
      `-u http://${place}/r`,
      `file://${place}/r`,
    ],
    ...[`http://user:secret@${place}/r`, `http://forge.test@${place}/r`, `http://${place}/r#@forge.test/`],
    ...[`http://forge.test:80#@${place}/r`, `http://${place}\\@forge.test/r`, `http://forge.test\n@${place}/r`],
    ...[`--upload-pack=nc 127.0.0.1 ${port}`, `ssh://-oProxyCommand=nc%20127.0.0.1%20${port}/r`, `git@127.0.0.1:r`],
    ...[`ws://${place}/r`, `svn+ssh://${place}/r`, `dict://${place}/r`, `http:/${place}/r`, `//${place}/r`],
  ]
}
