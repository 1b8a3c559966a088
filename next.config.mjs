// Nothing about this server is sent to anybody.
process.env.NEXT_TELEMETRY_DISABLED = '1'

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // Addresses may carry a one-time token, which must not reach a log.
  logging: { incomingRequests: false },
  reactStrictMode: true,
  // `npm run types` checks the whole project, tests included; a build for people does not wait for that.
  typescript: { ignoreBuildErrors: true },
  // Native code, WebAssembly and the database client are loaded by Node itself, never bundled.
  serverExternalPackages: ['@libsql/client', 'libsql', 'isomorphic-git', 'web-tree-sitter', 'ws'],
}
