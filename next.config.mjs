/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native code, WebAssembly and the database client are loaded by Node itself, never bundled.
  serverExternalPackages: ['@libsql/client', 'libsql', 'isomorphic-git', 'web-tree-sitter', 'ws'],
}
