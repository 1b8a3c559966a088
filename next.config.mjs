// Nothing about this server is sent to anybody.
process.env.NEXT_TELEMETRY_DISABLED = '1'

/** For pages of the dashboard; finished sites and the API set their own. The framework's inline scripts rule out more. */
const PAGE_HEADERS = [
  {
    key: 'Content-Security-Policy',
    value: "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'",
  },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
]

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // Addresses may carry a one-time token, which must not reach a log.
  logging: { incomingRequests: false },
  reactStrictMode: true,
  // `npm run types` checks the whole project, tests included; a build for people does not wait for that.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: '/((?!docs/|api/).*)', headers: PAGE_HEADERS }],
  // Native code, WebAssembly and the database client are loaded by Node itself, never bundled.
  serverExternalPackages: ['@libsql/client', 'libsql', 'isomorphic-git', 'web-tree-sitter', 'ws'],
}
