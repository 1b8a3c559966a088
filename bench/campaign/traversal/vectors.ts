/** Ways to write "one folder up, and on". */
export const UPS = [
  ...[
    '../',
    '..%2f',
    '..%2F',
    '%2e%2e/',
    '%2e%2e%2f',
    '%2E%2E%2F',
    '.%2e/',
    '%2e./',
    '..\\',
    '..%5c',
    '..%5C',
    '%2e%2e%5c',
  ],
  ...['....//', '..././', '.././', './../', '..//', '..;/', '..%3b/', '..%00/', '..%0a/', '..%09/', '.. /', '..%20/'],
  ...[
    '%252e%252e%252f',
    '%252e%252e/',
    '..%252f',
    '%25252e%25252e%25252f',
    '%c0%ae%c0%ae/',
    '%c0%ae%c0%ae%c0%af',
    '..%c0%af',
  ],
  ...[
    '..%ef%bc%8f',
    '%uff0e%uff0e/',
    '%u002e%u002e/',
    '\u2024\u2024/',
    '..\u2215',
    '..\uff0f',
    '~2F..~2F',
    '..~2F',
    '%7e2F..%7e2F',
  ],
  ...['..?/../', '..#/../', '/../', '//../', '.../', '.%00./', '..%01/', '..%7f/'],
]

/** What a climb is for. */
export const TARGETS = [
  'secret.md',
  'plan.json',
  'docsfy.db',
  'admin.key',
  'etc/passwd',
  'package.json',
  'projects/olga/secret.md',
]

const HEIGHTS = [1, 2, 4, 12]

/** Every climb at several heights with some targets, and paths that are absolute from the start. */
export function vectorsFrom(dataDir: string): string[] {
  const climbs = UPS.flatMap((up, n) =>
    HEIGHTS.flatMap((height) => [
      up.repeat(height) + (TARGETS[n % TARGETS.length] ?? ''),
      `${up.repeat(height)}secret.md`,
      ...(height === 12 ? [`${up.repeat(height)}etc/passwd`, up.repeat(height) + dataDir.slice(1)] : []),
    ]),
  )
  const absolute = ['/etc/passwd', '%2fetc%2fpasswd', '//etc/passwd', 'file:///etc/passwd', `${dataDir}/docsfy.db`]
  const odd = [
    '%',
    '%zz',
    '%c0',
    '%ff%fe',
    'a'.repeat(7000),
    '.git/config',
    '.env',
    'x%00.html',
    'index.html%00.md',
    'con',
    'nul.md',
  ]
  return [...climbs, ...absolute, ...odd]
}
