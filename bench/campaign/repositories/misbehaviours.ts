import { createHash } from 'node:crypto'
import { deflateSync, gzipSync } from 'node:zlib'
import { CLAIMED, type Misbehaviour } from './hostile-server.ts'

const MB = 1024 * 1024
const [COMMIT, BLOB, OFS_DELTA, REF_DELTA] = [1, 3, 6, 7]

interface PackEntry {
  kind: number
  /** As the header claims; default: the true one. */
  claimed?: number
  content: Buffer
  /** What stands between header and content: a delta's base. */
  base?: Buffer
  /** Bytes instead of the deflated content. */
  raw?: Buffer
}

/** Servers whose packs, refs or answers are made to break whoever reads them. */
export const MISBEHAVIOURS: Misbehaviour[] = [
  { name: 'a pack that breaks off', fast: true, pack: () => pack([blob('x'.repeat(5000))]).subarray(0, 40) },
  {
    name: 'a pack whose checksum is wrong',
    pack: () => Buffer.concat([pack([blob('x')]).subarray(0, -20), Buffer.alloc(20)]),
  },
  { name: 'a pack that claims four billion objects', pack: () => pack([blob('x')], 0xffffffff) },
  { name: 'a pack without objects', pack: () => pack([]) },
  { name: 'a pack of an unknown version', pack: () => Buffer.from('PACK\0\0\0\x63\0\0\0\x01junk', 'latin1') },
  { name: 'no pack but text', pack: () => Buffer.from('<html>not a pack</html>'.repeat(1000)) },
  { name: 'an empty answer', pack: () => Buffer.alloc(0) },
  { name: 'objects that are not deflated', pack: () => pack([{ ...blob('x'), raw: Buffer.alloc(1000, 0xff) }]) },
  { name: 'an object that is larger than it claims', pack: () => pack([{ ...blob('x'.repeat(1e6)), claimed: 3 }]) },
  { name: 'an object that claims 2^60 bytes', pack: () => pack([{ ...blob('x'), claimed: 2 ** 60 }]) },
  {
    name: '1 GB of zeros in a pack of 1 MB',
    pack: () => pack([{ kind: BLOB, content: Buffer.alloc(1024 * MB) }]),
  },
  { name: 'a commit of 512 MB', pack: () => pack([{ kind: COMMIT, content: Buffer.alloc(512 * MB, 0x20) }]) },
  { name: 'a delta whose base is absent', pack: () => pack([delta(Buffer.alloc(20, 7))]) },
  { name: 'a delta that is its own base', pack: () => pack([{ ...delta(Buffer.from([0])), kind: OFS_DELTA }]) },
  {
    name: 'a delta whose base lies before the pack',
    pack: () => pack([{ ...delta(Buffer.from([0xff, 0xff, 0x7f])), kind: OFS_DELTA }]),
  },
  { name: 'a delta that grows to 8 GB', fast: true, pack: deltaBomb },
  { name: 'deltas 5,000 deep', pack: deltaChain },
  { name: '30,000 tiny objects', pack: () => pack(Array.from({ length: 30_000 }, (_, n) => blob(String(n)))) },
  {
    name: 'another commit than the one claimed',
    pack: () => pack([{ kind: COMMIT, content: Buffer.from('tree x\n') }]),
  },
  {
    name: 'refs that climb',
    fast: true,
    refs: () => refLines(['refs/heads/../../../../pwned', 'refs/heads/-x', 'refs/heads/a\u0000b', 'HEAD']),
  },
  {
    name: 'a HEAD that leads elsewhere',
    refs: () => [`${CLAIMED} HEAD symref-target:refs/heads/../../x\n`, `${CLAIMED} refs/heads/main\n`],
  },
  { name: '200,000 refs', refs: () => refLines(Array.from({ length: 200_000 }, (_, n) => `refs/heads/b${n}`)) },
  {
    name: 'refs that are no refs',
    refs: () => ['zzzz refs/heads/main\n', '\n', 'unborn HEAD\n', '<script>alert(1)</script>\n'],
  },
  { name: 'packets with lengths that lie', answer: (_, response) => end(response, '0001ffff0003zzzz-001\0\0\0\0') },
  { name: 'an endless answer', fast: true, answer: (_, response) => endless(response, Buffer.alloc(MB, '0')) },
  { name: 'endless packets', answer: (_, response) => endless(response, Buffer.from('0009ERRa\n'.repeat(10_000))) },
  { name: 'a deflated answer that grows a thousandfold', answer: gzipBomb },
  {
    name: 'a redirect to itself',
    answer: (request, response) => headers(response, 302, { location: request.url ?? '' }),
  },
  {
    name: 'headers of 64 kB',
    answer: (_, response) => headers(response, 200, { 'x-a': 'a'.repeat(65_536) }),
  },
  {
    name: 'an error with markup and control characters',
    answer: (_, response) => end(response, '0042ERR \u001b[2J<script>alert(1)</script> /etc/passwd \u202e\n'),
  },
  { name: 'alternates of the dumb protocol', answer: dumb },
  { name: 'a server that says nothing', answer: () => true },
]

function blob(text: string): PackEntry {
  return { kind: BLOB, content: Buffer.from(text) }
}

function pack(entries: PackEntry[], claimed = entries.length): Buffer {
  const head = Buffer.alloc(12)
  head.write('PACK')
  head.writeUInt32BE(2, 4)
  head.writeUInt32BE(claimed, 8)
  const body = Buffer.concat([head, ...entries.map(entryBytes)])
  return Buffer.concat([body, createHash('sha1').update(body).digest()])
}

function entryBytes({ kind, content, claimed = content.length, base, raw }: PackEntry): Buffer {
  const bytes = [(kind << 4) | (claimed % 16)]
  for (let rest = Math.floor(claimed / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push((bytes.pop() ?? 0) | 0x80, rest % 128)
  }
  return Buffer.concat([Buffer.from(bytes), base ?? Buffer.alloc(0), raw ?? deflateSync(content, { level: 1 })])
}

function delta(base: Buffer): PackEntry {
  return { kind: REF_DELTA, base, content: Buffer.concat([varint(1), varint(1), Buffer.from([0x90, 1])]) }
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest % 128) | 0x80)
  }
}

function idOf(content: Buffer): Buffer {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest()
}

/** A base of 16 MB that is copied 512 times. */
function deltaBomb(): Buffer {
  const base = Buffer.alloc(0xffffff)
  const copy = Buffer.from([0xf0, 0xff, 0xff, 0xff])
  const content = Buffer.concat([varint(base.length), varint(base.length * 512), Buffer.concat(Array(512).fill(copy))])
  return pack([
    { kind: BLOB, content: base },
    { kind: REF_DELTA, base: idOf(base), content },
  ])
}

function deltaChain(): Buffer {
  const entries = [blob('0')]
  let text = Buffer.from('0')
  for (let n = 0; n < 5000; n += 1) {
    const next = Buffer.concat([text, Buffer.from('0')])
    const copy = Buffer.from([0xb0, text.length & 0xff, text.length >> 8, 1, 0x30])
    const content = Buffer.concat([varint(text.length), varint(next.length), copy])
    entries.push({ kind: REF_DELTA, base: idOf(text), content })
    text = next
  }
  return pack(entries)
}

function refLines(names: string[]): string[] {
  return names.map((name) => `${CLAIMED} ${name}\n`)
}

type Response = Parameters<NonNullable<Misbehaviour['answer']>>[1]

function end(response: Response, text: string): boolean {
  response.setHeader('content-type', 'application/x-git-upload-pack-advertisement')
  response.end(text)
  return true
}

function headers(response: Response, status: number, fields: Record<string, string>): boolean {
  response.writeHead(status, fields).end()
  return true
}

function endless(response: Response, chunk: Buffer): boolean {
  response.setHeader('content-type', 'application/x-git-upload-pack-advertisement')
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  }
  response.on('drain', more)
  more()
  return true
}

function gzipBomb(_: unknown, response: Response): boolean {
  response.setHeader('content-type', 'application/x-git-upload-pack-advertisement')
  response.setHeader('content-encoding', 'gzip')
  response.end(gzipSync(Buffer.alloc(512 * MB)))
  return true
}

/** What a server answers that is only a folder of files. */
function dumb(request: Parameters<NonNullable<Misbehaviour['answer']>>[0], response: Response): boolean {
  response.setHeader('content-type', 'text/plain')
  const isRefs = request.url?.includes('info/refs')
  response.end(isRefs ? `${CLAIMED}\trefs/heads/main\n` : 'http://127.0.0.1/other.git\n')
  return true
}
